"""The inspector: what it says of a neuron is what NumPy says, from the weights as they are shipped."""

import json
import re

import digits
import numpy as np
import pytest
from oracle import RELU, SIGMOID, WRITTEN, feedforward, shipped
from panel import choose, open_all
from pen import Pen
from pointing import middle

NEURONS = [(1, i) for i in (0, 3, 5, 9, 12, 15)] + [(2, i) for i in (1, 2, 6, 8, 11, 14)]
NEURONS += [(3, i) for i in (0, 1, 3, 4, 5, 7, 8, 9)]

READ = """
const number = (text) => Number(text.replace('−', '-').replace('+', ''));
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const one = (selector) => document.querySelector(selector).textContent.replaceAll('−', '-');
const numbers = (text) => text.replaceAll('−', '-').match(/[-+]?\\d+\\.\\d\\d/g).map(Number);
const parts = all('#sum .formula math');
const read = () => ({
  name: document.querySelector('#pointed b').innerText,
  title: numbers(one('#pointed span')),
  summands: parts.slice(1, -1).map((math) => {
    const sign = math.querySelector('mo').textContent === '−' ? -1 : 1;
    const label = math.querySelector('mtext').textContent.replace('−', '-');
    const isProduct = !/more|bias/.test(label);
    return isProduct ? Number(label) : sign * Number(math.querySelector('mn').textContent);
  }),
  bias: number(parts.at(-2).textContent.replace('bias', '')),
  z: number(parts.at(-1).querySelector('mn').textContent),
  a: number(all('#sum .squish mn').at(-1).textContent),
  scales: all('.pictures .cells + figcaption').map((e) => numbers(e.textContent)[0]),
  bars: all('#parts .term').filter((bar) => !bar.hidden).map((bar) =>
    [Number(bar.dataset.source.split(':')[1]), number(bar.querySelector('.value').textContent)]),
  needed: numbers(one('#bias .threshold-words')),
  sides: document.getElementById('sides').hidden ? [] : all('#sides .side').map((side) => ({
    index: Number(side.querySelector('h3').firstChild.textContent.match(/\\d+/)[0]),
    terms: all('li b', side).map((e) => number(e.textContent)),
    total: numbers(side.querySelector('.total').textContent),
  })),
});
"""

# Points at a neuron with a mouse that a script makes up, and reads what is said when it is said.
LOOK = """
const [neuron, done] = arguments;
const box = document.querySelector(`[data-neuron='${neuron}'] .light`).getBoundingClientRect();
const board = document.getElementById('board');
board.dispatchEvent(new PointerEvent('pointermove', {
  pointerType: 'mouse', bubbles: true,
  clientX: box.left + box.width / 2, clientY: box.top + box.height / 2,
}));
const look = () => {
  const { looked, pointed } = document.documentElement.dataset;
  if (looked !== neuron || pointed !== neuron) return requestAnimationFrame(look);
  READ
  const label = document.querySelector(`[data-neuron='${neuron}']`).getAttribute('aria-label');
  const said = { ...read(), label };
  board.dispatchEvent(new PointerEvent('pointerleave', { pointerType: 'mouse' }));
  done(said);
};
look();
""".replace("READ", READ)


def pixels(page):
    """The 784 numbers as the engine holds them: those that are painted are rounded."""
    text = page.driver.execute_async_script(
        "const sync = document.querySelector('script[type=py]').xworker.sync;"
        "sync.run('print(pixels.ravel().tolist())').then((reply) => arguments[0](reply.text))"
    )
    return np.array(json.loads(text))


def look_into(page, layer, index):
    """Point at a neuron and give what the panel says of it."""
    return page.driver.execute_async_script(LOOK, f"{layer}:{index}")


def check_sum(said, products, bias, z, a):
    assert said["z"] == pytest.approx(z, abs=WRITTEN)
    assert said["a"] == pytest.approx(a, abs=WRITTEN)
    assert said["bias"] == pytest.approx(bias, abs=WRITTEN)
    assert said["title"] == pytest.approx([bias, z, z, a], abs=WRITTEN)
    assert round(sum(said["summands"]), 2) == said["z"]
    largest = np.sort(np.abs(products))[::-1]
    assert np.abs(said["summands"][:3]) == pytest.approx(largest[:3], abs=WRITTEN)
    assert said["needed"] == pytest.approx([-bias, bias], abs=WRITTEN)


def check_bars(said, products):
    """Each bar has the product of the source that it names, and no other is larger."""
    sources = [source for source, _ in said["bars"]]
    values = [value for _, value in said["bars"]]
    largest = np.sort(np.abs(products))[::-1][: min(8, np.count_nonzero(products))]
    assert values == pytest.approx(products[sources], abs=WRITTEN)
    assert np.abs(products[sources]) == pytest.approx(largest, abs=1e-4)


def check_sides(said, W, b, a, z, output):
    """What speaks for and against this digit, and the brightest of the others."""
    others = [index for index in np.argsort(-z) if index != output]
    assert [side["index"] for side in said["sides"]] == [output, others[0]]
    for side in said["sides"]:
        index = side["index"]
        products = W[index] * a
        positive, negative, bias, total = side["total"]
        assert round(positive + negative + bias, 2) == total
        # "For" is what the others leave of the sum, as they are written.
        assert positive == pytest.approx(products[products > 0].sum(), abs=3 * WRITTEN)
        assert negative == pytest.approx(products[products < 0].sum(), abs=WRITTEN)
        assert [bias, total] == pytest.approx([b[index], z[index]], abs=WRITTEN)
        best = np.sort(products)
        expected = [value for value in best[:-4:-1] if value > 0]
        expected += [value for value in best[:3] if value < 0]
        assert side["terms"] == pytest.approx(expected, abs=WRITTEN)


@pytest.mark.only("chromium")
@pytest.mark.parametrize("name", [SIGMOID, RELU])
def test_what_is_said_of_a_neuron_is_numpys(page, name):
    """Twenty neurons on three drawings: sums, terms, bars, bias, both sides of an output, and the label."""
    network = shipped(name)
    W, b = ([network[f"{kind}{at}"] for at in range(3)] for kind in "Wb")
    b = [biases.ravel() for biases in b]
    choose(page, name)
    open_all(page)
    for digit in (0, 3, 7):
        page.draw(digits.strokes(digit)).settle()
        found = feedforward(network, pixels(page)[:, None], name == RELU)
        a, z = ([each if each is None else each.ravel() for each in layers] for layers in found)
        for layer, index in NEURONS:
            said = look_into(page, layer, index)
            products = W[layer - 1][index] * a[layer - 1]
            bias = b[layer - 1][index]
            check_sum(said, products, bias, z[layer][index], a[layer][index])
            check_bars(said, products)
            scales = [np.abs(W[layer - 1][index]).max(), np.abs(products).max()]
            assert said["scales"] == pytest.approx(scales, abs=WRITTEN)
            if layer == 3:
                check_sides(said, W[2], b[2], a[2], z[3], index)
            else:
                assert said["sides"] == []
            check_label(said["label"], layer, index, a[layer][index], bias, products)
        page.press("clear")
    choose(page, SIGMOID)


def check_label(label, layer, index, a, bias, products):
    """Name, activation, bias, and the input whose product is largest."""
    name, *rest = label.replace("−", "-").split(", ", 2 if layer == 3 else 3)
    if layer < 3:
        assert name == f"Hidden layer {layer}"
        assert rest.pop(0) == f"neuron {index + 1} of 16"
    else:
        assert name == f"Output {index}"
    text = ", ".join(rest)
    found = re.fullmatch(
        r"activation (\S+), bias (\S+), strongest input: (?:row (\d+), column|neuron) (\d+)", text
    )
    assert found, label
    assert [float(found[1]), float(found[2])] == pytest.approx([a, bias], abs=WRITTEN)
    source = int(found[3]) * 28 + int(found[4]) if found[3] else int(found[4]) - 1
    assert abs(products[source]) == pytest.approx(np.abs(products).max(), abs=1e-4)


def test_the_picture_of_weights_is_the_weights(page):
    """Blue where positive, red where negative, black where nothing; the strongest in full colour."""
    page.draw(digits.strokes(3)).settle()
    open_all(page)
    look_into(page, 1, 5)
    image = page.js(
        "const c = document.querySelector('#weights canvas');"
        "return [...c.getContext('2d').getImageData(0, 0, c.width, c.height).data]"
    )
    colours = np.array(image).reshape(784, 4)[:, :3].astype(float)
    weights = shipped(SIGMOID)["W0"][5]
    blue = np.array([0x58, 0xC4, 0xDD]) * np.clip(weights / np.abs(weights).max(), 0, 1)[:, None]
    red = np.array([0xFC, 0x62, 0x55]) * np.clip(-weights / np.abs(weights).max(), 0, 1)[:, None]
    assert np.abs(colours - blue - red).max() <= 1


def test_the_inspector_follows_the_pen(page):
    """What is said of a neuron is said of the ink of now, and stays when the pointer has left."""
    page.draw(digits.strokes(1)).settle()
    open_all(page)
    before = look_into(page, 3, 7)
    page.draw(digits.strokes(7)).settle()
    page.frame()
    after = page.js(READ + "return read()")
    assert after["name"] == before["name"] == "Output 7"
    assert after["z"] != before["z"]
    assert after["a"] == pytest.approx(page.activations()["3:7"], abs=0.0051)


@pytest.mark.only("chromium")
def test_what_is_opened_stays_open(page):
    """And what is closed stays closed, from one neuron to the next."""
    open_all(page, False)
    page.draw(digits.strokes(3)).settle()
    Pen(page).at(*middle(page, "[data-neuron='1:5']"))
    page.until("return document.documentElement.dataset.looked === '1:5'")
    assert not page.js("return document.getElementById('bias').open")
    page.click("#bias summary")
    Pen(page).at(*middle(page, "[data-neuron='2:2']"))
    page.until("return document.documentElement.dataset.looked === '2:2'")
    assert page.js("return document.getElementById('bias').open")
    assert not page.js("return document.getElementById('sum').open")


@pytest.mark.only("chromium")
def test_a_neuron_tells_what_input_it_wants(page):
    page.draw(digits.strokes(3)).settle()
    open_all(page)
    look_into(page, 3, 3)
    assert page.js("return document.getElementById('favourite').hidden")
    page.click("#ask-favourite")
    page.until("return !document.getElementById('favourite').hidden")
    image = page.js(
        "const c = document.querySelector('#favourite canvas');"
        "return [...c.getContext('2d').getImageData(0, 0, 28, 28).data].filter((_, i) => i % 4 === 0)"
    )
    assert max(image) > 200
    assert min(image) < 50


@pytest.mark.only("chromium")
def test_the_networks_change_on_the_same_drawing(page):
    """Both read the 7, each with its own activations: a ReLU's may be above 1."""
    page.draw(digits.strokes(7)).settle()
    ink, sigmoids = page.data("ink"), page.activations()
    choose(page, "784-16-16-10-relu")
    relus = page.activations()
    assert page.data("ink") == ink
    assert page.js("return document.getElementById('answer').dataset.digit") == "7"
    hidden = [f"{layer}:{index}" for layer in (1, 2) for index in range(16)]
    assert max(relus[name] for name in hidden) > 1
    assert max(sigmoids[name] for name in hidden) <= 1
    choose(page, "784-16-16-10-sigmoid")
    assert page.activations() == sigmoids
