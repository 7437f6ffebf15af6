"""Pointing at neurons, by mouse, touch and keyboard, and playing the signal layer by layer."""

import digits
import pytest
from pen import Pen
from pointing import middle, tab_into_the_diagram
from selenium.webdriver.common.keys import Keys
from visits import PHONE

LIT = "return document.querySelectorAll('#diagram .lit path').length"


@pytest.fixture
def answered(page):
    """A page with a 3 on it."""
    page.draw(digits.strokes(3)).settle()
    return page


def shows_its_number(page, neuron):
    value = page.activations()[neuron]
    return f"{value:.2f}" in page.js("return document.getElementById('pointed').innerText")


@pytest.mark.parametrize("neuron", ["1:0", "2:15", "3:3"])
def test_pointing_at_a_neuron_shows_its_number_and_its_edges(answered, neuron):
    """And when the pointer leaves, both are gone."""
    pen = Pen(answered)
    assert answered.js(LIT) == 0
    pen.at(*middle(answered, f"[data-neuron='{neuron}']"))
    answered.until(f"return document.documentElement.dataset.pointed === '{neuron}'")
    answered.frame()
    assert answered.js(LIT) > 0
    assert shows_its_number(answered, neuron)
    pen.at(2, 2)
    answered.until("return !('pointed' in document.documentElement.dataset)")
    answered.frame()
    assert answered.js(LIT) == 0


def test_a_page_that_scrolls_does_not_point(answered):
    """The pointer stands still, and another neuron comes to be below it. Then it moves a little."""
    x, y = middle(answered, "[data-neuron='1:5']")
    Pen(answered).at(x, y)
    answered.until("return document.documentElement.dataset.looked === '1:5'")
    answered.js(
        "globalThis.moves = [];"
        "addEventListener('pointermove', (event) => moves.push(event.clientX), true)"
    )
    under = answered.js(
        "const top = (name) => document.querySelector(`[data-neuron='${name}']`).getBoundingClientRect().top;"
        "scrollBy({ top: top('1:8') - top('1:5'), behavior: 'instant' });"
        "return document.elementFromPoint(...arguments).closest('[data-neuron]').dataset.neuron",
        x,
        y,
    )
    assert under == "1:8"
    if answered.driver.family == "webkit":
        answered.until("return moves.length", what="the browser reports a move that nobody made")
    answered.frame()
    assert answered.data("looked") == "1:5"
    Pen(answered).at(x + 1, y)
    answered.until("return document.documentElement.dataset.looked === '1:8'")


def test_pointing_at_a_pixel_means_its_input_neuron(answered):
    """Row 14, column 20 of the picture is input neuron 412, and the column unrolls that row."""
    left, top, right, bottom = answered.js(
        "const b = document.getElementById('picture').getBoundingClientRect();"
        "return [b.left, b.top, b.right, b.bottom]"
    )
    Pen(answered).at(left + 20.5 / 28 * (right - left), top + 14.5 / 28 * (bottom - top))
    answered.until("return document.documentElement.dataset.pointed === '0:412'")
    answered.frame()
    assert "0:412" in answered.activations()
    assert shows_its_number(answered, "0:412")


def test_a_tap_pins_and_a_tap_elsewhere_lets_go(answered):
    """A finger cannot hover, so what it taps stays."""
    kind = "mouse" if answered.driver.family == "webkit" else "touch"
    Pen(answered, kind).at(*middle(answered, "[data-neuron='2:4']"), press=True)
    answered.until("return document.documentElement.dataset.pointed === '2:4'")
    Pen(answered, kind).at(3, 3, press=True)
    answered.until("return !('pointed' in document.documentElement.dataset)")


def test_escape_lets_go(answered):
    """By keyboard, too."""
    Pen(answered).at(*middle(answered, "[data-neuron='1:7']"), press=True)
    answered.until("return document.documentElement.dataset.pointed === '1:7'")
    answered.key(Keys.ESCAPE)
    answered.until("return !('pointed' in document.documentElement.dataset)")


def focused(page):
    return page.js("return document.activeElement.dataset.neuron ?? null")


def test_tab_reaches_every_control_and_then_the_neurons(answered):
    """One stop for the whole diagram, every control before it, and all of them visibly in focus."""
    stops = tab_into_the_diagram(answered)
    reached = {stop["id"] for stop in stops}
    assert {"pad", "undo", "clear", "play"} <= reached
    assert all(stop["seen"] for stop in stops)
    first = stops[-1]["neuron"]
    answered.key(Keys.TAB)
    assert focused(answered) is None, f"Tab goes on to another neuron after {first}"


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_arrow_keys_walk_through_the_network(answered, size):
    """Along the signal from layer to layer, across it within one; on a phone the signal runs down."""
    onward, back = Keys.ARROW_RIGHT, Keys.ARROW_LEFT
    within = Keys.ARROW_DOWN
    if size == "phone":
        answered.resize(*PHONE)
        onward, back, within = Keys.ARROW_DOWN, Keys.ARROW_UP, Keys.ARROW_RIGHT
    tab_into_the_diagram(answered)
    layer, index = map(int, focused(answered).split(":"))
    answered.key(within)
    assert focused(answered) == f"{layer}:{index + 1}"
    assert answered.data("pointed") == f"{layer}:{index + 1}"
    assert shows_its_number(answered, f"{layer}:{index + 1}")
    assert answered.js(LIT) > 0
    walked = []
    for _ in range(5):
        answered.key(onward)
        walked.append(int(focused(answered).split(":")[0]))
    assert walked[-1] == 3, "the outputs are at the end"
    assert walked == sorted(walked)
    for _ in range(5):
        answered.key(back)
    assert int(focused(answered).split(":")[0]) <= 1
    answered.key(Keys.ESCAPE)
    answered.until("return !('pointed' in document.documentElement.dataset)")


def test_the_neuron_in_focus_looks_different(answered):
    """Focus that cannot be seen is no focus."""
    tab_into_the_diagram(answered)
    answered.frame()
    looks = (
        "const e = document.querySelector('[data-neuron=\"%s\"]'), c = e.querySelector('circle');"
        "const look = (n) => { const s = getComputedStyle(n);"
        " return [s.outlineStyle, s.outlineColor, s.outlineWidth, s.stroke, s.strokeWidth].join(); };"
        "return look(e) + look(c)"
    )
    other = answered.js(
        "return document.activeElement.parentElement.querySelector('[tabindex=\"-1\"]').dataset.neuron"
    )
    assert answered.js(looks % focused(answered)) != answered.js(looks % other)


def test_the_signal_plays_layer_by_layer(answered):
    """From the input to the outputs, one after the other, and then it is over."""
    answered.press("play")
    answered.until("return document.documentElement.dataset.playing === '3'")
    answered.until("return !('playing' in document.documentElement.dataset)")
    played = [step["playing"] for step in answered.js("return noted.seen") if "playing" in step]
    order = list(dict.fromkeys(value for value in played if value is not None))
    assert order == ["0", "1", "2", "3"]


def test_playing_can_be_stopped(answered):
    """The same button stops it."""
    answered.press("play")
    assert answered.data("playing") is not None
    answered.press("play")
    assert answered.data("playing") is None


def test_an_empty_pad_has_nothing_to_play(page):
    """The button says so before it is pressed."""
    assert not page.enabled("play")
