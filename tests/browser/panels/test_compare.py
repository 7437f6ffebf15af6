"""Two activations: what stands side by side is what NumPy makes of each network's own file."""

import digits
import numpy as np
import oracle
import pytest
from access import CUT_OFF, violations
from oracle import RELU, SIGMOID
from pen import Pen
from pointing import middle
from testdigits import on_pad, put
from visits import PHONE, START, WIDE

from preprocess import normalise

NAMES = (SIGMOID, RELU)

READ = """
return Object.fromEntries([...document.querySelectorAll('#compare .half')].map((side) => [side.dataset.side, {
  a: [...side.querySelectorAll('.layers circle')].map((circle) => +circle.dataset.a),
  grey: [...side.querySelectorAll('.layers circle')]
    .map((circle) => parseInt(circle.getAttribute('fill').slice(4))),
  numbers: [...side.querySelectorAll('.layers .value')].map((text) => text.textContent),
  spoken: side.querySelector('.layers').getAttribute('aria-label'),
  digit: side.dataset.digit,
  says: side.querySelector('.says').textContent,
  figures: [...side.querySelectorAll('dd')].map((dd) => dd.textContent),
  used: side.querySelector('.use').getAttribute('aria-pressed') === 'true',
}]))
"""


@pytest.fixture(scope="module")
def networks():
    """Each network's weights and biases, as they are shipped."""
    return {name: oracle.shipped(name) for name in NAMES}


@pytest.fixture(scope="module")
def tests():
    """The thousand test digits as the network sees them, and their labels."""
    return oracle.tested_digits()


@pytest.fixture
def room(page):
    """The page with the room open and its figures known."""
    page.js("document.getElementById('compare').open = true")
    figures = (
        "return [...document.querySelectorAll('#compare dd')].every((dd) => dd.textContent !== '–')"
    )
    page.until(figures, START, "the test digits have been counted")
    return page


def read(page):
    """Give what each side shows of the ink as it is now."""
    page.settle()
    page.until(
        "return document.getElementById('compare').dataset.compared === document.documentElement.dataset.ink",
        what="both sides are of this ink",
    )
    return page.frame().js(READ)


@pytest.mark.only("chromium")
def test_both_sides_are_numpys_on_the_same_picture(room, networks):
    """A test digit's 784 numbers are known to the last bit, and so is all that comes of them."""
    put(room, -1)
    column = normalise.from_image(on_pad(room).reshape(28, 28) / 255).column
    for name, side in read(room).items():
        (_, *layers), _ = oracle.feedforward(networks[name], np.float64(column), name == RELU)
        a = np.concatenate(layers).ravel()
        assert side["a"] == pytest.approx(a.tolist(), abs=2e-4)
        assert side["grey"] == pytest.approx((255 * np.clip(a, 0, 1)).tolist(), abs=0.6)
        assert [float(text) for text in side["numbers"]] == pytest.approx(a.tolist(), abs=0.0052)
        assert all(text in side["spoken"] for text in side["numbers"])
        if side["digit"]:
            assert int(side["digit"]) == layers[-1].argmax()
            assert side["says"] == f"says {side['digit']}: {layers[-1].max():.2f}"


@pytest.mark.only("chromium")
def test_the_sides_follow_the_pen_and_rest_when_closed(room):
    """They answer what is drawn as the network above does; a room that is closed asks nothing."""
    assert {side["says"] for side in read(room).values()} == {"nothing drawn yet"}
    room.draw(digits.strokes(7)).settle()
    sides = read(room)
    assert [side["digit"] for side in sides.values()] == ["7", "7"]
    assert max(sides[RELU]["a"]) > 1 >= max(sides[SIGMOID]["a"])
    shown = room.activations()
    ours = [
        shown[f"{layer}:{i}"] for layer, size in ((1, 16), (2, 16), (3, 10)) for i in range(size)
    ]
    assert sides[SIGMOID]["a"] == pytest.approx(ours, abs=2e-4)
    room.js("document.getElementById('compare').open = false")
    room.press("clear").settle()
    # The engine answers in turn: what it was asked about the empty pad, it has answered by now.
    room.draw(digits.strokes(1)).settle().frame()
    assert room.js(READ) == sides


@pytest.mark.only("chromium")
def test_the_figures_are_numpys(room, networks, tests):
    """Accuracy, and neurons that are dead or saturated: as shipped, then with some made by hand."""
    inputs, labels = tests
    room.draw(digits.strokes(3)).settle()
    shipped = read(room)
    for (layer, index), button in (((1, 3), "mute"), ((1, 7), "mute"), ((2, 5), "hold")):
        Pen(room).at(*middle(room, f"[data-neuron='{layer}:{index}']"), press=True)
        room.until(f"return document.documentElement.dataset.looked === '{layer}:{index}'")
        room.js("document.getElementById('hold-value').value = '0.99'")
        room.click(f"#{button}")
        room.settle()
    turned = oracle.shipped(SIGMOID)
    for layer, index, a in ((0, 3, 0), (0, 7, 0), (1, 5, 0.99)):
        turned[f"W{layer}"][index] = 0
        turned[f"b{layer}"][index] = np.log(a / (1 - a)) if a else -88
    room.until(
        "return document.querySelector('#compare dl div:last-child dd').textContent.includes('hand')"
    )
    by_hand = read(room)
    for name, network, side, dials in (
        (SIGMOID, networks[SIGMOID], shipped[SIGMOID], "as it was trained"),
        (RELU, networks[RELU], by_hand[RELU], "as it was trained"),
        (SIGMOID, turned, by_hand[SIGMOID], "turned by hand"),
    ):
        (_, *hidden, outputs), _ = oracle.feedforward(network, inputs, name == RELU)
        a = np.concatenate(hidden)
        dead = (a <= (0 if name == RELU else 0.05)).all(axis=1)
        ends = ((a < 0.05) | (a > 0.95)).mean(axis=1) >= 0.95
        saturated = 0 if name == RELU else (ends & ~dead).sum()
        right = 100 * (outputs.argmax(axis=0) == labels).mean()
        assert float(side["figures"][0].rstrip("\u202f%")) == pytest.approx(right, abs=0.051)
        assert side["figures"][1:] == [f"{dead.sum()} of 32", f"{saturated} of 32", dials]
    assert by_hand[SIGMOID]["figures"][1:3] != shipped[SIGMOID]["figures"][1:3]
    survives(room, by_hand)


def survives(page, sides):
    """Use the other network and come back: drawing, dials, neuron, room and edges are as they were."""
    state = (
        "const { ink, looked } = document.documentElement.dataset;"
        "return [ink, looked, document.getElementById('compare').open,"
        " document.getElementById('straighten').checked,"
        " document.querySelector('#edges :checked').value]"
    )
    page.click("#edges [value=flow]")
    before, lit, shown = page.js(state), page.inked(), page.activations()
    for name, other in ((RELU, SIGMOID), (SIGMOID, RELU)):
        page.click(f'[data-side="{name}"] .use')
        page.until(f"return document.documentElement.dataset.network === '{name}'")
        now = read(page)
        assert (now[name]["used"], now[other]["used"]) == (True, False)
        assert [now[each]["a"] for each in NAMES] == [sides[each]["a"] for each in NAMES]
        assert [now[each]["figures"] for each in NAMES] == [
            sides[each]["figures"] for each in NAMES
        ]
        assert page.js(state) == before
        assert page.inked() == lit
        checked = "return document.querySelector('#networks :checked').value"
        assert page.js(checked) == name
    assert page.activations() == shown


@pytest.mark.parametrize("size", [PHONE, WIDE])
def test_everybody_can_use_it(room, size):
    """Axe finds nothing in the open room, and nothing is cut off, on a phone and on a wide screen."""
    room.resize(*size)
    put(room, 5)
    assert len(read(room)[RELU]["a"]) == 42
    assert violations(room) == []
    assert room.js(CUT_OFF) == []
