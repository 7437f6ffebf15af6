"""Turning dials: what the network then gives is what NumPy gives, and all of it can be undone and put back.

The arithmetic here is written out once more, on the weights as they are shipped.
"""

from itertools import pairwise, product

import digits
import numpy as np
import oracle
import pytest
from access import CUT_OFF, violations
from faults import MISSING
from oracle import RELU, SIGMOID, sigmoid
from panel import choose
from pen import KINDS, Pen
from pointing import middle
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from visits import PHONE, WIDE

BAD = ["", "   ", "abc", "1e999", "-0", "−0.0", "1,500", "nan", "inf", "0x10", "1_0", "1001", "--1"]
FIELDS = {
    "bias-value": None,
    "weight-value": None,
    "hold-value": "hold",
    "noise-value": "noise",
    "prune-value": "prune",
    "brush-strength": None,
}


@pytest.fixture
def network():
    """Weights and biases as they are shipped, to be edited the way the page's are."""
    return oracle.shipped(SIGMOID)


@pytest.fixture(scope="session")
def tested():
    """The first test digits, in the order of the page: inputs and labels."""
    return oracle.tested_digits()


@pytest.fixture
def turning(page):
    """A page with a 3 on the pad and every part open."""
    page.draw(digits.strokes(3)).settle()
    page.js(
        "for (const part of document.querySelectorAll('#inside details, #dials')) part.open = true"
    )
    return page


def put_all_back(page):
    page.settle()
    page.click('#changed [data-history="put back"]')
    page.until("return document.querySelector('#changed [data-history=\"put back\"]').disabled")
    page.settle()


def look_into(page, layer, index):
    """Point at a neuron, so that the panel is about it."""
    Pen(page).at(*middle(page, f"[data-neuron='{layer}:{index}']"))
    page.until(f"return document.documentElement.dataset.looked === '{layer}:{index}'")
    page.frame()


def activations(page):
    """Give the activations as they are written, as soon as they are those of the dials as they are now."""
    page.settle()
    found = page.js(
        "return [...document.querySelectorAll('[data-neuron]')]"
        ".map((e) => [e.dataset.neuron, e.dataset.activation])"
    )
    return dict(found)


def becomes(page, condition, what):
    """Wait until the activations, as they are written, fulfil a condition, and give them."""
    page.wait(lambda: condition(activations(page)), what)
    return activations(page)


def fits(network, written):
    """Whether each layer that is shown in full follows from the one before."""
    layers = [[float(written[f"{layer}:{n}"]) for n in range(size)] for layer, size in SIZES]
    for at, (before, after) in enumerate(pairwise(layers), 1):
        a = sigmoid(network[f"W{at}"] @ before + network[f"b{at}"][:, 0])
        if np.abs(a - after).max() > 2e-5:
            return False
    return True


SIZES = [(1, 16), (2, 16), (3, 10)]


def type_into(page, name, text):
    """Type a number in the place of the one that stands in a field, and press Enter."""
    page.focus(f"#{name}")
    field = page.driver.find_element(By.ID, name)
    page.js("arguments[0].select()", field)
    field.send_keys(text + Keys.ENTER)
    page.frame()


def press(page, selector):
    page.click(selector).frame()


def accuracy(network, tested):
    """Give the share of the test digits that a network chooses right."""
    inputs, labels = tested
    activations, _ = oracle.feedforward(network, inputs)
    return np.mean(activations[-1].argmax(axis=0) == labels)


def score(page):
    """Give the settled score, now and before."""
    page.settle()
    return [
        float(share)
        for share in page.until(
            "const { now, before } = document.getElementById('score').dataset; return now && [now, before]",
            60,
            "the score is there",
        )
    ]


def canvas_of_weights(page):
    """Give the colours of the picture of weights: (n, 3)."""
    page.settle()
    image = page.js(
        "const c = document.querySelector('#weights canvas');"
        "return [...c.getContext('2d').getImageData(0, 0, c.width, c.height).data]"
    )
    return np.array(image).reshape(-1, 4)[:, :3].astype(float)


def coloured(weights, largest):
    """Paint weights blue where positive, red where negative."""
    blue = np.array([0x58, 0xC4, 0xDD]) * np.clip(weights / largest, 0, 1)[:, None]
    return blue + np.array([0xFC, 0x62, 0x55]) * np.clip(-weights / largest, 0, 1)[:, None]


def box_of(page, selector):
    """Give left, top, width and height of an element, in view."""
    return page.js(
        "const e = document.querySelector(arguments[0]);"
        "e.scrollIntoView({ block: 'center', behavior: 'instant' });"
        "const b = e.getBoundingClientRect(); return [b.left, b.top, b.width, b.height]",
        selector,
    )


def test_a_bias_is_turned_by_slider_and_by_number(turning, network):
    """A drag is one step of undo, and what it undoes is what was there, to the last digit."""
    page = turning
    look_into(page, 2, 3)
    trained = activations(page)
    assert fits(network, trained)
    left, top, width, height = box_of(page, "#bias-slider")
    places = [(left + share * width, top + height / 2) for share in np.linspace(0.5, 0.3, 12)]
    Pen(page).through(places)
    dragged = becomes(page, lambda now: now["2:3"] != trained["2:3"], "the bias has an effect")
    bias = float(page.js("return document.getElementById('bias-slider').value"))
    assert -14 < bias < -3
    network["b1"][3] = bias
    page.wait(lambda: fits(network, activations(page)), "the network has the bias of the slider")
    assert page.js("return document.getElementById('bias-value').value") == f"{bias:.2f}".replace(
        "-", "−"
    )
    type_into(page, "bias-value", "2,5")
    network["b1"][3] = 2.5
    page.wait(lambda: fits(network, activations(page)), "the network has the bias that was typed")
    press(page, "#changed [data-history=undo]")
    dragged = becomes(page, lambda now: float(now["2:3"]) < 0.5, "the number is undone")
    press(page, "#changed [data-history=undo]")
    becomes(page, lambda now: now == trained, "all of the drag is undone at once")
    press(page, "#changed [data-history=redo]")
    becomes(page, lambda now: now == dragged, "the drag is done again")
    put_all_back(page)
    assert activations(page) == trained


def test_weights_are_painted_where_the_brush_goes(turning, network):
    """What is well inside the stroke has the brush's strength, what is well outside is as it was."""
    page = turning
    look_into(page, 1, 5)
    trained = activations(page)
    press(page, "#brush-on")
    press(page, "#brush-tools [value='-1']")
    type_into(page, "brush-strength", "5")
    for name, value in (("brush-size", 2), ("brush-softness", 0)):
        page.js(
            "const e = document.getElementById(arguments[0]); e.value = arguments[1];"
            "e.dispatchEvent(new Event('input', { bubbles: true }))",
            name,
            value,
        )
    left, top, width, height = box_of(page, "#weights canvas")
    line = [(6.5 + 2 * step, 8.5 + step) for step in range(7)]
    Pen(page).through(
        [(left + 1 + x * (width - 2) / 28, top + 1 + y * (height - 2) / 28) for x, y in line]
    )
    becomes(page, lambda now: now["1:5"] != trained["1:5"], "painting has an effect")
    rows, columns = np.mgrid[:28, :28] + 0.5
    start, end = np.array(line[0]), np.array(line[-1])
    share = ((columns - start[0]) * (end - start)[0] + (rows - start[1]) * (end - start)[1]) / 180
    share = np.clip(share, 0, 1)
    apart = np.hypot(columns - start[0] - share * 12, rows - start[1] - share * 6).ravel()
    inside, outside = apart < 1, apart > 3.2
    network["W0"][5][inside] = -5
    expected = coloured(network["W0"][5], 5)
    page.wait(
        lambda: np.abs(canvas_of_weights(page) - expected)[inside | outside].max() <= 1,
        "the stroke, and nothing beside it, is red",
    )
    assert inside.sum() > 20
    press(page, "#changed [data-history=undo]")
    becomes(page, lambda now: now == trained, "the whole drag is undone at once")
    if "touch" in KINDS[page.driver.family]:
        page.js("document.activeElement.blur()")
        left, top, width, height = box_of(page, "#weights canvas")
        Pen(page, "touch").through(
            [(left + x * width, top + 0.5 * height) for x in (0.3, 0.4, 0.5, 0.6)]
        )
        becomes(page, lambda now: now["1:5"] != trained["1:5"], "a finger paints, too")
        assert box_of(page, "#weights canvas")[1] == top
        assert page.js("return document.activeElement.id") != "weight-value"


def test_a_weight_is_painted_by_keyboard(turning, network):
    """The arrows go from weight to weight, Space paints, and both are told."""
    page = turning
    look_into(page, 2, 7)
    page.focus("#weights canvas")
    page.key(Keys.ARROW_RIGHT).key(Keys.ARROW_RIGHT).key(" ")
    assert "Painting is off" in page.js("return document.getElementById('brush-said').textContent")
    press(page, "#brush-on")
    press(page, "#brush-tools [value='0']")
    page.focus("#weights canvas")
    page.key(Keys.ARROW_LEFT)
    said = page.js("return document.getElementById('brush-said').textContent")
    source = int(said.split("neuron ")[1].split(",")[0]) - 1
    assert f"{network['W1'][7, source]:.2f}".replace("-", "−") in said
    page.key(" ")
    network["W1"][7, source] = 0
    page.until("return document.getElementById('brush-said').textContent.startsWith('Painted')")
    page.wait(lambda: fits(network, activations(page)), "one weight of the neuron is 0")
    assert page.js("return document.getElementById('weight-value').value") == "0.00"


def test_a_click_on_an_edge_means_its_weight(turning, network):
    """The number that is typed then is that weight's, and no other's."""
    page = turning
    page.js("scrollTo(0, 0)")
    layer, to, source, place = lonely_edge(page)
    Pen(page).at(*place, press=True)
    page.until("return document.activeElement.id === 'weight-value'")
    page.until(f"return document.documentElement.dataset.looked === '{layer}:{to}'")
    weights = network[f"W{layer - 1}"]
    shown = page.js("return document.getElementById('weight-value').value")
    assert shown == f"{weights[to, source]:.2f}".replace("-", "−")
    page.driver.switch_to.active_element.send_keys(Keys.CONTROL + "a")
    page.driver.switch_to.active_element.send_keys("−2.5e0" + Keys.ENTER)
    weights[to, source] = -2.5
    page.wait(lambda: fits(network, activations(page)), "that weight, and no other, is −2.5")


def lonely_edge(page):
    """Find a place on an edge that is far from all others: layer, neuron, source, (x, y)."""
    places = page.js(
        "return Object.fromEntries([...document.querySelectorAll('#diagram [data-neuron]')].map((e) => {"
        " const b = e.querySelector('.light').getBoundingClientRect();"
        " return [e.dataset.neuron, [b.left + b.width / 2, b.top + b.height / 2]] }))"
    )
    edges = [
        (layer, to, source)
        for layer, size, before in ((2, 16, 16), (3, 10, 16))
        for to, source in product(range(size), range(before))
    ]
    starts = np.array([places[f"{layer - 1}:{source}"] for layer, _, source in edges])
    ends = np.array([places[f"{layer}:{to}"] for layer, to, _ in edges])
    best = (0,)
    for at in range(0, len(edges), 7):
        if edges[at][1] == edges[at][2]:
            continue  # one cannot tell its ends apart
        for share in (0.37, 0.43, 0.58, 0.64):
            point = starts[at] + (ends[at] - starts[at]) * share
            way, off = ends - starts, point - starts
            apart = np.abs(way[:, 0] * off[:, 1] - way[:, 1] * off[:, 0]) / np.hypot(*way.T)
            apart[at] = np.inf
            same = (point[0] - starts[:, 0]) * (point[0] - ends[:, 0]) < 0
            gap = apart[same].min()
            if gap > best[0]:
                best = (gap, *edges[at], tuple(point))
    assert best[0] > 1.5, "no edge is alone"
    return best[1:]


@pytest.mark.only("chromium")
def test_a_neuron_is_muted_held_flipped_and_put_back(turning, network):
    """Each by one button, whatever the network is fed."""
    page = turning
    look_into(page, 1, 4)
    trained = activations(page)
    press(page, "#mute")
    becomes(page, lambda now: now["1:4"] == "0.000000", "the neuron is muted")
    type_into(page, "hold-value", "0.75")
    becomes(page, lambda now: now["1:4"] == "0.750000", "the neuron is held at 0.75")
    page.js("document.getElementById('hold-value').value = '0.25'")
    press(page, "#hold")
    becomes(page, lambda now: now["1:4"] == "0.250000", "the neuron is held at 0.25")
    page.draw(digits.strokes(1)).settle()
    assert activations(page)["1:4"] == "0.250000"
    page.click("#undo")
    press(page, "#neuron-back")
    becomes(page, lambda now: now == trained, "the neuron is put back")
    press(page, "#flip")
    flipped = becomes(page, lambda now: now["1:4"] != trained["1:4"], "the neuron is flipped")
    assert float(flipped["1:4"]) == pytest.approx(1 - float(trained["1:4"]), abs=2e-6)
    assert fits(network, flipped)
    assert "1 neuron changed" in page.js("return document.getElementById('changed').innerText")
    press(page, "#flip")
    becomes(page, lambda now: now == trained, "flipped twice is not flipped")


@pytest.mark.only("chromium")
def test_the_score_is_that_of_the_network(turning, network, tested):
    """Of the same thousand digits, on the weights edited the same way; live, and beside what it was."""
    page = turning
    trained, shares = activations(page), accuracy(network, tested)
    assert score(page) == pytest.approx([shares, shares], abs=5e-5)
    press(page, "#try-swap")
    swapped = becomes(page, lambda now: now["1:0"] == trained["1:1"], "two neurons are swapped")
    assert swapped["1:1"] == trained["1:0"]
    outputs = [f"3:{digit}" for digit in range(10)]
    assert [float(swapped[name]) for name in outputs] == pytest.approx(
        [float(trained[name]) for name in outputs], abs=2e-6
    )
    assert score(page) == pytest.approx([shares, shares], abs=5e-5)
    put_all_back(page)
    press(page, "#dial-layer [value='2']")
    type_into(page, "prune-value", "60")
    press(page, "#prune")
    weights = network["W1"].ravel()
    weights[np.argsort(np.abs(weights))[: round(0.6 * weights.size)]] = 0
    page.wait(lambda: fits(network, activations(page)), "the smallest weights are 0")
    assert score(page) == pytest.approx([accuracy(network, tested), shares], abs=5e-5)
    press(page, "#try-off")
    network["W1"][:], network["b1"][:] = 0, 0
    page.wait(lambda: fits(network, activations(page)), "hidden layer 2 is off")
    assert score(page) == pytest.approx([accuracy(network, tested), shares], abs=5e-5)
    press(page, "#layer-back")
    becomes(page, lambda now: now == trained, "the layer is put back")


@pytest.mark.only("chromium")
def test_what_is_worth_trying_can_be_tried_and_put_back(turning, network):
    """An edge detector, a bias, noise, and all at random."""
    page = turning
    look_into(page, 1, 2)
    trained = activations(page)
    press(page, "#try-edge")
    becomes(page, lambda now: now["1:2"] != trained["1:2"], "the edge detector is there")
    colours = canvas_of_weights(page)
    assert {tuple(colour) for colour in colours} == {
        (0, 0, 0),
        (0x58, 0xC4, 0xDD),
        (0xFC, 0x62, 0x55),
    }
    put_all_back(page)
    look_into(page, 2, 6)
    press(page, "#try-bias")
    network["b1"][6] = -10
    page.wait(lambda: fits(network, activations(page)), "the bias is −10")
    press(page, "#dial-layer [value='3']")
    press(page, "#noise")
    noisy = becomes(page, lambda now: not fits(network, now), "there is noise in the output layer")
    assert noisy["2:9"] == trained["2:9"]
    press(page, "#randomise")
    page.until("return document.getElementById('changed').innerText.startsWith('42 neurons')")
    for _ in range(3):
        press(page, "#changed [data-history=undo]")
    becomes(page, lambda now: now == trained, "three steps are undone")
    press(page, "#changed [data-history=redo]")
    page.wait(lambda: fits(network, activations(page)), "the bias is −10 again")


@pytest.mark.only("chromium")
def test_nothing_is_lost_by_a_look_at_the_other_network(turning):
    """Each network keeps what was turned of it."""
    page = turning
    look_into(page, 2, 3)
    trained = activations(page)
    type_into(page, "bias-value", "7")
    turned = becomes(page, lambda now: now["2:3"] != trained["2:3"], "the bias is 7")
    choose(page, RELU)
    assert "neuron changed" not in page.js("return document.getElementById('changed').innerText")
    choose(page, SIGMOID)
    becomes(page, lambda now: now == turned, "the bias is still 7")


@pytest.mark.only("chromium")
def test_what_is_no_number_is_refused_in_words(turning):
    """In every field: what was typed stays, and nothing changes."""
    page = turning
    look_into(page, 1, 3)
    press(page, "#brush-on")
    trained = activations(page)
    keypads = page.js("return [...document.querySelectorAll('[inputmode]')].map((e) => e.id)")
    assert not {"bias-value", "weight-value"} & set(keypads), "an iPhone's keypad has no minus"
    for name, button in FIELDS.items():
        for text in BAD:
            found = page.js(
                "const [name, text, button] = arguments, field = document.getElementById(name);"
                "field.value = text; field.dispatchEvent(new Event('change', { bubbles: true }));"
                "if (button) document.getElementById(button).click();"
                "return [field.value, field.getAttribute('aria-invalid'),"
                " document.getElementById(field.getAttribute('aria-describedby')).innerText]",
                name,
                text,
                button,
            )
            assert found[:2] == [text, "true"], (name, text)
            assert found[2].endswith("."), (name, text)
    page.frame()
    assert activations(page) == trained
    assert page.js("return document.getElementById('neuron-back').disabled")
    type_into(page, "bias-value", "1,500")
    assert page.js("return document.getElementById('bias-value').value") == "1,500"
    page.key(Keys.ESCAPE)
    assert (
        page.js("return document.getElementById('bias-value').getAttribute('aria-invalid')") is None
    )
    for name, value in (
        ("hold-value", "1"),
        ("noise-value", "50"),
        ("prune-value", "50"),
        ("weight-value", "1"),
    ):
        type_into(page, name, value)


def test_control_z_means_the_dials_among_the_dials(turning):
    """And the drawing everywhere else."""
    page = turning
    look_into(page, 2, 3)
    trained, ink = activations(page), page.ink()
    press(page, "#mute")
    becomes(page, lambda now: now["2:3"] == "0.000000", "the neuron is muted")
    page.focus("#mute")
    page.key(Keys.CONTROL, "z")
    becomes(page, lambda now: now == trained, "the muting is undone")
    assert page.ink() == ink
    page.focus("#pad")
    page.key(Keys.CONTROL, "z")
    page.until(f"return document.documentElement.dataset.ink !== '{ink}'")


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
def test_axe_finds_nothing_among_the_dials(turning, size):
    """With everything open, and a refused number."""
    page = turning
    look_into(page, 1, 3)
    page.resize(*size)
    press(page, "#brush-on")
    type_into(page, "bias-value", "abc")
    score(page)
    assert violations(page) == []
    assert page.js(CUT_OFF.replace("'body *'", "'#dials *, .status *'")) == []
    page.key(Keys.ESCAPE)


@pytest.mark.only("chromium")
def test_digits_that_do_not_come_are_said_to_be_missing(broken, site):
    """The dials turn all the same, and one can try again."""
    page = broken
    with site.breaking("digits/*", MISSING):
        page.open(until="engine")
        page.until("return document.documentElement.dataset.panels === 'ready'")
        page.js("document.getElementById('dials').open = true")
        page.until("return document.querySelector('#digits-fetch button').checkVisibility()")
        said = page.js("return document.querySelector('#digits-fetch p').innerText")
        assert said.startswith("Could not fetch the test digits")
        press(page, "#try-random")
        page.until("return document.getElementById('changed').innerText.startsWith('42 neurons')")
    press(page, "#digits-fetch button")
    now, before = score(page)
    assert now < before
