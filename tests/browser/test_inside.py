"""The inspector: what it says of a neuron is what NumPy says, from the weights as they are shipped."""

from pathlib import Path

import digits
import numpy as np
import pytest
from pen import Pen
from test_pointing import middle

ROOT = Path(__file__).resolve().parent.parent.parent
WEIGHTS = "weights/784-16-16-10-sigmoid.npz"

READ = """
const minus = (text) => Number(text.replace('−', '-'));
const parts = [...document.querySelectorAll('#sum .formula math')];
return {
  name: document.querySelector('#pointed b').innerText,
  summands: parts.slice(1, -1).map((math) => {
    const sign = math.querySelector('mo').textContent === '−' ? -1 : 1;
    const label = math.querySelector('mtext').textContent.replace('−', '-');
    const isProduct = !/more|bias/.test(label);
    return isProduct ? Number(label) : sign * Number(math.querySelector('mn').textContent);
  }),
  bias: minus(parts.at(-2).textContent.replace('+', '').replace('bias', '')),
  z: minus(parts.at(-1).querySelector('mn').textContent),
  a: minus([...document.querySelectorAll('#sum .squish mn')].at(-1).textContent),
};
"""


@pytest.fixture(scope="module")
def shipped():
    with np.load(ROOT / WEIGHTS) as arrays:
        return {name: arrays[name] for name in arrays.files}


def look_into(page, layer, index):
    """Point at a neuron and give what the inspector says of it."""
    neuron = f"{layer}:{index}"
    page.js("for (const part of document.querySelectorAll('details')) part.open = true")
    Pen(page).at(*middle(page, f"[data-neuron='{neuron}']"))
    page.until(f"return document.documentElement.dataset.looked === '{neuron}'")
    return page.js(READ)


@pytest.mark.parametrize("digit", [0, 2, 3, 5, 7])
def test_the_sum_is_numpys(page, shipped, digit):
    """Four neurons of the layers whose inputs the page shows in full, and the sum adds up to its digits."""
    page.draw(digits.strokes(digit)).settle()
    activations = page.activations()
    for layer, index in [(2, 3), (2, 12), (3, digit), (3, 9 - digit)]:
        said = look_into(page, layer, index)
        before = [activations[f"{layer - 1}:{source}"] for source in range(16)]
        weights, bias = shipped[f"W{layer - 1}"][index], shipped[f"b{layer - 1}"][index, 0]
        z = float(weights @ np.float64(before) + bias)
        assert said["z"] == pytest.approx(z, abs=0.0051)
        assert said["a"] == pytest.approx(1 / (1 + np.exp(-z)), abs=0.0051)
        assert said["bias"] == pytest.approx(bias, abs=0.0051)
        assert round(sum(said["summands"]), 2) == said["z"]
        largest = np.sort(np.abs(weights * before))[::-1][:3]
        assert np.abs(said["summands"][:3]) == pytest.approx(largest, abs=0.0051)


def test_the_first_layers_sum_is_numpys(page, shipped):
    """Of 784 pixels the picture shows 256 greys, which leaves the sum a hundredth or two."""
    page.draw(digits.strokes(3)).settle()
    grey = page.js(
        "const c = document.querySelector('#picture canvas').getContext('2d');"
        "return [...c.getImageData(0, 0, 28, 28).data].filter((_, i) => i % 4 === 0)"
    )
    for index in range(0, 16, 4):
        said = look_into(page, 1, index)
        z = float(shipped["W0"][index] @ (np.float64(grey) / 255) + shipped["b0"][index, 0])
        assert said["z"] == pytest.approx(z, abs=0.05)
        assert round(sum(said["summands"]), 2) == said["z"]


def test_the_picture_of_weights_is_the_weights(page, shipped):
    """Blue where positive, red where negative, black where nothing; the strongest in full colour."""
    page.draw(digits.strokes(3)).settle()
    look_into(page, 1, 5)
    image = page.js(
        "const c = document.querySelector('#weights canvas');"
        "return [...c.getContext('2d').getImageData(0, 0, c.width, c.height).data]"
    )
    colours = np.array(image).reshape(784, 4)[:, :3].astype(float)
    weights = shipped["W0"][5]
    blue = np.array([0x58, 0xC4, 0xDD]) * np.clip(weights / np.abs(weights).max(), 0, 1)[:, None]
    red = np.array([0xFC, 0x62, 0x55]) * np.clip(-weights / np.abs(weights).max(), 0, 1)[:, None]
    assert np.abs(colours - blue - red).max() <= 1


def test_the_inspector_follows_the_pen(page):
    """What is said of a neuron is said of the ink of now, and stays when the pointer has left."""
    page.draw(digits.strokes(1)).settle()
    before = look_into(page, 3, 7)
    page.draw(digits.strokes(7)).settle()
    page.frame()
    after = page.js(READ)
    assert after["name"] == before["name"] == "Output 7"
    assert after["z"] != before["z"]
    assert after["a"] == pytest.approx(page.activations()["3:7"], abs=0.0051)


def test_what_is_opened_stays_open(page):
    """And what is closed stays closed, from one neuron to the next."""
    page.js("for (const part of document.querySelectorAll('details')) part.open = false")
    page.draw(digits.strokes(3)).settle()
    Pen(page).at(*middle(page, "[data-neuron='1:5']"))
    page.until("return document.documentElement.dataset.looked === '1:5'")
    assert not page.js("return document.getElementById('bias').open")
    page.js("document.querySelector('#bias summary').click()")
    Pen(page).at(*middle(page, "[data-neuron='2:2']"))
    page.until("return document.documentElement.dataset.looked === '2:2'")
    assert page.js("return document.getElementById('bias').open")
    assert not page.js("return document.getElementById('sum').open")


def test_a_neuron_tells_what_input_it_wants(page):
    page.draw(digits.strokes(3)).settle()
    look_into(page, 3, 3)
    assert page.js("return document.getElementById('favourite').hidden")
    page.js("document.getElementById('ask-favourite').click()")
    page.until("return !document.getElementById('favourite').hidden")
    image = page.js(
        "const c = document.querySelector('#favourite canvas');"
        "return [...c.getContext('2d').getImageData(0, 0, 28, 28).data].filter((_, i) => i % 4 === 0)"
    )
    assert max(image) > 200
    assert min(image) < 50


def choose(page, name):
    page.js(f"document.querySelector('#networks [value=\"{name}\"]').click()")
    page.until(f"return document.documentElement.dataset.network === '{name}'")
    page.settle()


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
