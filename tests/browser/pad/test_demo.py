"""The demonstration: a digit draws itself on a pad that stays empty, and goes at the first touch."""

import pytest
from pen import Pen
from seen import media
from visits import START, WIDE

DEMO = "return document.documentElement.dataset.demo === '{}'"
READY = "return document.documentElement.dataset.panels === 'ready'"
SINCE_ENGINE = (
    "return performance.now() - performance.getEntriesByName('engine-ready')[0].startTime"
)

# A stroke that the network takes for a 1, and that has nothing in common with the demonstration's.
STROKE = [(0.8, 0.1), (0.8, 0.3), (0.78, 0.5), (0.77, 0.7), (0.75, 0.9)]


@pytest.mark.only("firefox", "webkit")
def test_a_digit_draws_itself_and_is_answered_until_a_key_is_pressed(visit):
    """By the network as any drawing, but nothing is announced, and there is nothing to undo or to clear."""
    visit.open(until="engine")
    visit.until(DEMO.format("drawing"), START)
    assert visit.js(SINCE_ENGINE) >= 6000
    visit.until(DEMO.format("drawn"))
    assert visit.answer() == "3"
    assert visit.inked() > 0
    ended = visit.js("return performance.now()")
    visit.until(f"return performance.now() > {ended} + 1500", what="it would be announced by now")
    assert visit.js("return noted.spoken") == []
    assert not any(visit.enabled(name) for name in ("undo", "redo", "clear", "play"))
    visit.key("a")
    assert "demo" not in visit.data()
    assert visit.answer() == "blank"
    assert visit.inked() == 0
    assert not any(visit.enabled(name) for name in ("undo", "redo"))


@pytest.mark.only("chromium")
def test_a_stroke_that_begins_meanwhile_is_on_an_empty_pad_and_whole(visit):
    """The same stroke gives the same picture afterwards; undo knows of it alone. With less motion: none."""
    with media(visit, prefers_reduced_motion="reduce"):
        visit.open(until="engine").until(READY)
        assert "demo" not in visit.data()
    visit.open(until="page")
    Pen(visit).at(WIDE[0] - 5, WIDE[1] - 5, press=True)
    visit.until(READY, START)
    assert "demo" not in visit.data(), "somebody was there before it was"
    visit.open(until="engine")
    visit.until(DEMO.format("waiting"))
    visit.until(DEMO.format("drawing"), START)
    visit.until("return +document.documentElement.dataset.ink > 20")
    visit.draw([STROKE])
    assert "demo" not in visit.data()
    assert visit.answer() == "1"
    first = visit.pixels(), visit.ink_box()
    visit.press("undo").settle()
    assert visit.inked() == 0
    assert not visit.enabled("undo")
    visit.draw([STROKE]).settle()
    assert (visit.pixels(), visit.ink_box()) == first
    assert visit.js("return document.getElementById('hint').textContent") == "draw here"
