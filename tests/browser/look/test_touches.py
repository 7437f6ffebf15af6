"""Taps and drags with a finger, as Chromium on a phone takes them."""

import digits
import pytest
from pen import Pen
from pointing import middle
from visits import START

pytestmark = pytest.mark.only("chromium")

# Milliseconds from each finger's touch to the page's first event, and how often a tap was a click.
WATCH = """
globalThis.touched = { late: [], clicks: 0 };
const note = ({ timeStamp }) => touched.late.push(performance.now() - timeStamp);
addEventListener('pointerdown', note, { capture: true });
addEventListener('click', () => touched.clicks++, { capture: true });
"""

# What a finger drags on, and what has to be clicked before.
SURFACES = {
    "#pad": None,
    "#board": None,
    "#weights canvas": "#brush-on",
    "#learn-chart .plot": "#learn-forget",
}


@pytest.fixture
def answered(phone):
    """A page with a 0 on it and every panel there."""
    phone.open(until="engine")
    phone.until("return document.documentElement.dataset.panels === 'ready'", START)
    phone.draw(digits.strokes(0), "touch").settle()
    phone.js(WATCH)
    return phone


def bring(page, selector):
    """Scroll to an element."""
    page.js(
        "document.querySelector(arguments[0]).scrollIntoView({ block: 'center', behavior: 'instant' })",
        selector,
    )
    page.frame()


def drag(page, selector, way):
    """Flick a finger over the middle of an element, by (x, y) in CSS pixels."""
    x, y = middle(page, selector)
    Pen(page, "touch").through([(x + way[0] * at / 8, y + way[1] * at / 8) for at in range(-4, 5)])


def test_a_tap_right_after_a_drag_is_a_click(answered):
    """Whoever has drawn a stroke taps "Undo", and whoever slid over the network a neuron."""
    Pen(answered, "touch").at(*middle(answered, "[data-neuron='1:3']"), press=True)
    answered.until("return document.getElementById('inside').checkVisibility()")
    answered.click("#close")
    answered.js("document.getElementById('learn').open = true")
    lost = []
    for selector, before in SURFACES.items():
        if before:
            answered.click(before)
        answered.until(f"return document.querySelector('{selector}').checkVisibility()")
        for _ in range(3):
            bring(answered, selector)
            drag(answered, selector, (120, 0))
            answered.js("touched.clicks = 0")
            Pen(answered, "touch").at(*middle(answered, "h1"), press=True)
            answered.frame()
            if not answered.js("return touched.clicks"):
                lost.append(selector)
    assert lost == []


def test_a_finger_that_goes_up_the_network_scrolls_the_page(answered):
    """What goes across is taken from the browser, and nothing else."""
    bring(answered, "#board")
    before = answered.js("return scrollY")
    drag(answered, "#board", (10, -200))
    answered.until(f"return scrollY > {before + 100}")


def test_a_tap_on_the_network_is_noticed_at_once(answered):
    """Chromium asked all edges whether they were under the finger, which took a quarter of a second."""
    for index in range(5):
        Pen(answered, "touch").at(*middle(answered, f"[data-neuron='2:{index}']"), press=True)
        answered.frame()
    assert min(answered.js("return touched.late")) < 50
