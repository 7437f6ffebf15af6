"""One layer as a matrix product, and the edges: all of it is what NumPy makes of the weights as shipped."""

from pathlib import Path

import digits
import numpy as np
import pytest
from access import violations
from oracle import RELU, SIGMOID, shipped, sigmoid
from panel import choose
from pen import Pen
from pointing import middle
from selenium.webdriver.common.keys import Keys
from visits import PHONE, WIDE

ROOT = Path(__file__).resolve().parents[3]

READ = """
const read = (text) => text.trim().split(/\\s+/).filter(Boolean)
  .map((word) => Number(word.replace('−', '-')));
const vector = (part) => read(document.querySelector(`#matrix [data-part=${part}] pre`).textContent);
const say = (selector) => document.querySelector('#matrix ' + selector).textContent;
return {
  W: [...document.querySelectorAll('#matrix .numbers span')].flatMap((cell) => read(cell.textContent)),
  a: vector('a'), b: vector('b'), z: vector('z'), after: vector('s'),
  says: say('.adds'), reads: say('.reads'), folded: say('.folded'), counted: say('.counted'),
  last: Number(document.querySelector('#matrix [type=range]').max),
};
"""

# Each edge that is drawn in a gap, as the names of the neurons at its ends.
DRAWN = """
const at = new Map([...document.querySelectorAll('#diagram .neuron')].map((neuron) =>
  [neuron.getAttribute('transform').slice(10, -1), neuron.dataset.neuron]));
return [...document.querySelectorAll(`#diagram [data-gap="${arguments[0]}"] path`)].flatMap((path) =>
  path.getAttribute('d').split('M').slice(1).map((line) =>
    [...line.split('L').map((place) => at.get(place)), path.getAttribute('class')[0]]));
"""


@pytest.fixture
def room(page):
    """A page with a 3 on the pad and the room open."""
    page.draw(digits.strokes(3)).settle()
    page.js("document.getElementById('matrix').open = true")
    page.until("return document.querySelector('#matrix [name=matrix-layer]')")
    return page


def show(page, layer):
    page.click(f'#matrix [name=matrix-layer][value="{layer}"]')
    return current(page)


def current(page):
    """Wait until the product is that of the newest answer, and read it."""
    page.settle()
    page.until(
        "return document.getElementById('matrix').dataset.answered === document.documentElement.dataset.ink",
        what="the product is up to date",
    )
    return page.frame().js(READ)


def walk(page, step):
    """Move the slider to a step."""
    page.js(
        "const slider = document.querySelector('#matrix [type=range]'); slider.value = arguments[0];"
        "slider.dispatchEvent(new Event('input', { bubbles: true }))",
        step,
    )
    return page.frame().js(READ)


def activations(page, layer):
    """Give a layer's activations as the diagram has them; the pixels as they are painted."""
    if layer == 0:
        return np.array(page.pixels())
    found = page.activations()
    return np.array([found[f"{layer}:{i}"] for i in range(10 if layer == 3 else 16)])


@pytest.mark.only("chromium")
def test_a_layer_is_numpys_product(room):
    """W, a, b, z and what becomes of it; what is folded away; and the sums on the way, term by term.

    Of 784 pixels the page shows 256 greys, which leaves the sum of the first layer a few hundredths.
    """
    arrays = shipped(SIGMOID)
    for layer, near in ((1, 0.06), (2, 0.0051), (3, 0.0051)):
        said = show(room, layer)
        before, W = activations(room, layer - 1), arrays[f"W{layer - 1}"]
        b = arrays[f"b{layer - 1}"].ravel()
        columns = np.flatnonzero(before)
        if layer == 1:
            dark = 784 - len(said["a"])
            assert said["folded"].startswith(f"{dark} of 784 pixels are black: ")
            # A pixel that is nearly black is painted black, but it is there.
            assert 0 <= len(said["a"]) - len(columns) <= 8
            shown = iter(said["a"])
            for value in before[columns]:
                assert any(abs(number - value) < 0.0075 for number in shown), "in the same order"
            canvas = room.js(
                "const c = document.querySelector('#matrix canvas'); return [c.width, c.height]"
            )
            assert canvas == [len(said["a"]), 16]
        else:
            assert said["folded"] == ""
            assert said["W"] == pytest.approx(W.ravel(), abs=0.0051)
            assert said["a"] == pytest.approx(before, abs=0.0051)
        assert said["b"] == pytest.approx(b, abs=0.0051)
        z = W @ before + b
        assert said["z"] == pytest.approx(z, abs=near)
        assert said["after"] == pytest.approx(sigmoid(z), abs=near)
        if layer > 1:
            sums = np.cumsum(W * before, axis=1)
            assert walk(room, 0)["z"] == [0] * len(b)
            for step in (1, 7, 16):
                said = walk(room, step)
                assert said["z"] == pytest.approx(sums[:, step - 1], abs=0.0051)
                assert said["after"] == [None] * len(b), "nothing is squished yet"
                assert f"× {before[step - 1]:.2f} = " in said["says"]
            assert walk(room, 17)["z"] == pytest.approx(z, abs=0.0051)
            assert walk(room, 18)["after"] == pytest.approx(sigmoid(z), abs=0.0051)
    line = room.js("return document.querySelector('#matrix code').textContent")
    assert line in [code.strip() for code in (ROOT / "py/nn/network.py").read_text().splitlines()]
    assert said["counted"] == "784×16 + 16×16 + 16×10 weights + 16 + 16 + 10 biases = 13,002"


@pytest.mark.only("chromium")
def test_the_product_follows_the_pen_and_the_network(room):
    """Another drawing has other numbers, and ReLU another function."""
    show(room, 3)
    room.press("clear")
    room.draw(digits.strokes(7))
    said = current(room)
    assert said["after"] == pytest.approx(activations(room, 3), abs=0.0051)
    choose(room, RELU)
    said = show(room, 2)
    before, arrays = activations(room, 1), shipped(RELU)
    z = arrays["W1"] @ before + arrays["b1"].ravel()
    assert said["z"] == pytest.approx(z, abs=0.0051)
    assert said["after"] == pytest.approx(np.maximum(0, z), abs=0.0051)
    lit = np.flatnonzero(before)
    assert said["a"] == pytest.approx(before[lit], abs=0.0051)
    assert len(lit) < 16, "this network has dark neurons"
    assert said["folded"].startswith(f"{16 - len(lit)} of 16 neurons before are dark")
    choose(room, SIGMOID)


def cell(page, row, column, part="W"):
    """Give the middle of a cell on the screen, once it is in sight."""
    return page.js(
        "const [row, column, part] = arguments;"
        "const sheet = document.querySelector(`#matrix [data-part=${part}] .sheet`);"
        "sheet.scrollIntoView({ block: 'center', behavior: 'instant' });"
        "const box = sheet.getBoundingClientRect();"
        "return [box.left + (column + 0.5) * box.width / (part === 'W' ? 16 : 1),"
        " box.top + (row + 0.5) * box.height / 16]",
        row,
        column,
        part,
    )


def lit(page):
    page.frame()
    return page.js(
        "const d = document.querySelector('#matrix .product').dataset;"
        "return [d.row ?? null, d.column ?? null]"
    )


def test_rows_and_neurons_light_each_other(room):
    """Pointing at a neuron lights its row, at a row its neuron, at a cell the edge; the keyboard walks."""
    show(room, 2)
    Pen(room).at(*middle(room, "[data-neuron='2:5']"))
    room.until("return document.documentElement.dataset.pointed === '2:5'")
    assert lit(room) == ["5", None]
    arrays, before = shipped(SIGMOID), activations(room, 1)
    Pen(room).at(*cell(room, 9, 12))
    room.until("return document.documentElement.dataset.pointed === '2:9'")
    assert lit(room) == ["9", "12"]
    assert room.js("return document.getElementById('board').dataset.linked") == "1:12"
    w, a = arrays["W1"][9, 12], before[12]
    signed = [f"{number:.2f}".replace("-", "−") for number in (w, a, w * a)]
    assert room.js(READ)["reads"] == "w₁₀,₁₃ = {}, times a₁₃ = {}, gives {}".format(*signed)
    Pen(room).at(*cell(room, 3, 0, "z"))
    room.until("return document.documentElement.dataset.pointed === '2:3'")
    assert lit(room) == ["3", None]
    Pen(room).at(*cell(room, 4, 0, "a"))
    room.until("return document.getElementById('board').dataset.linked === '1:4'")
    assert lit(room) == ["3", "4"]
    room.focus("#matrix [data-part=W] .brackets")
    room.key(Keys.ARROW_DOWN)
    room.key(Keys.ARROW_RIGHT)
    assert room.data("pointed") == "2:4"
    assert lit(room) == ["4", "5"]
    room.key(Keys.ESCAPE)
    room.until("return !('pointed' in document.documentElement.dataset)")


def set_edges(page, what, count):
    """Choose what the edges show, and how many: a place of the slider."""
    page.click(f"#edges [value={what}]").js(
        "const slider = document.querySelector('#edges [type=range]'); slider.value = arguments[0];"
        "slider.dispatchEvent(new Event('input', { bubbles: true }))",
        count,
    )
    page.frame()


FIVE, ALL = 3, 10


def strongest(page, name, flowing):
    """Work out which five edges of each gap are the strongest, with their sign."""
    arrays, found = shipped(name), page.activations()
    column = [int(neuron[2:]) for neuron in found if neuron.startswith("0:")]
    chosen = {}
    for gap, sources in ((1, column), (2, range(16)), (3, range(16))):
        sizes = [
            (
                w * (found[f"{gap - 1}:{source}"] if flowing else 1),
                f"{gap - 1}:{source}",
                f"{gap}:{to}",
            )
            for to, row in enumerate(arrays[f"W{gap - 1}"])
            for source, w in zip(sources, row[list(sources)], strict=True)
        ]
        sizes.sort(key=lambda edge: -abs(edge[0]))
        chosen[gap] = {(start, end, "p" if w > 0 else "n") for w, start, end in sizes[:5]}
    return chosen


def drawn(page):
    page.frame()
    found = {gap: [tuple(edge) for edge in page.js(DRAWN, gap)] for gap in (1, 2, 3)}
    assert all(len(edges) == len(set(edges)) for edges in found.values())
    return {gap: set(edges) for gap, edges in found.items()}


@pytest.mark.only("chromium")
def test_the_strongest_edges_by_weight_or_by_what_flows(page):
    """Five of each gap, drawing or not; they stay chosen when the network changes, and then are its own."""
    page.draw(digits.strokes(3)).settle()
    Pen(page).at(2, 2)
    assert {gap: len(edges) for gap, edges in drawn(page).items()} == {1: 192, 2: 256, 3: 160}
    set_edges(page, "weights", FIVE)
    assert drawn(page) == strongest(page, SIGMOID, flowing=False)
    set_edges(page, "flow", FIVE)
    assert drawn(page) == strongest(page, SIGMOID, flowing=True)
    page.press("clear")
    page.draw(digits.strokes(7)).settle()
    page.frame()
    assert drawn(page) == strongest(page, SIGMOID, flowing=True)
    choose(page, RELU)
    assert drawn(page) == strongest(page, RELU, flowing=True)
    page.resize(*PHONE)
    page.until("return document.getElementById('diagram').dataset.way === 'down'")
    assert drawn(page) == strongest(page, RELU, flowing=True)
    page.resize(*WIDE)
    choose(page, SIGMOID)
    set_edges(page, "weights", ALL)


def test_the_room_is_for_everybody(room):
    """Nothing for axe to find, nothing wider than the window but what scrolls in its own box."""
    for size in (PHONE, WIDE):
        room.resize(*size)
        for layer in (1, 3):
            show(room, layer)
            room.until("return document.documentElement.scrollWidth <= innerWidth")
            outside = (
                "return document.querySelector('#matrix [data-part=W]').getBoundingClientRect()"
            )
            assert room.js(outside)["right"] <= size[0] or room.driver.least_width > size[0]
            assert violations(room) == []
