"""For everybody: axe finds nothing, nothing is cut off, and less motion means less motion."""

from itertools import pairwise

import digits
import pytest
from access import CUT_OFF, violations
from faults import HELD, MISSING
from visits import PHONE, TABLET, WIDE

SIZES = {"phone": PHONE, "tablet": TABLET, "wide": WIDE}


@pytest.mark.parametrize("size", ["phone", "wide"])
def test_axe_finds_nothing_on_an_empty_pad(page, size):
    """As it is opened."""
    page.resize(*SIZES[size])
    assert violations(page) == []


@pytest.mark.parametrize("size", ["phone", "wide"])
def test_axe_finds_nothing_on_an_answer(page, size):
    """With a neuron pointed at, too."""
    page.resize(*SIZES[size]).draw(digits.strokes(7)).settle()
    page.focus('[data-neuron="3:7"]')
    page.frame()
    assert violations(page) == []


@pytest.mark.parametrize("state", ["loading", "failed"])
def test_axe_finds_nothing_before_and_without_the_engine(broken, site, state):
    """On a bar that fills, and on a failure that is told."""
    path, how = {
        "loading": ("runtime/python/wasm-*.bin", HELD),
        "failed": ("runtime/python/wasm-*.bin", MISSING),
    }[state]
    with site.breaking(path, how):
        broken.open()
        if state == "failed":
            broken.until_engine("failed")
        for size in (PHONE, WIDE):
            broken.resize(*size)
            assert violations(broken) == []


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_wider_than_the_window(page, size):
    """No scrolling sideways, and every neuron, button and word is inside."""
    page.resize(*SIZES[size]).draw(digits.strokes(0)).settle()
    page.until("return document.documentElement.scrollWidth <= innerWidth")
    assert page.js(CUT_OFF) == []
    assert len(page.activations()) == 12 + 42


@pytest.mark.parametrize("size", SIZES)
def test_neurons_do_not_overlap(page, size):
    """However small the screen, no circle covers another. Around it is room for a finger."""
    page.resize(*SIZES[size]).draw(digits.strokes(0)).settle()
    circles = page.js(
        "return [...document.querySelectorAll('[data-neuron]')].map((neuron) => {"
        " const boxes = [...neuron.querySelectorAll('circle')].map((c) => c.getBoundingClientRect());"
        " const b = boxes.sort((one, other) => one.width - other.width)[0];"
        " return [b.left + b.width / 2, b.top + b.height / 2, b.width / 2] })"
    )
    for i, (x, y, r) in enumerate(circles):
        for x2, y2, r2 in circles[:i]:
            assert (x - x2) ** 2 + (y - y2) ** 2 >= (0.95 * (r + r2)) ** 2


@pytest.mark.parametrize("size", ["phone", "wide"])
def test_buttons_are_large_enough_for_a_finger(page, size):
    """24 CSS pixels at the least, as WCAG 2.2 asks."""
    page.resize(*SIZES[size])
    boxes = page.js(
        "return [...document.querySelectorAll('button')].filter((b) => b.checkVisibility())"
        ".map((b) => { const { width, height } = b.getBoundingClientRect(); return [b.id, width, height] })"
    )
    assert [box for box in boxes if min(box[1:]) < 24] == []


def test_there_are_landmarks_and_one_way_down_through_the_headings(page):
    """One h1, no level left out, and a main part."""
    levels = page.js(
        "return [...document.querySelectorAll('h1,h2,h3,h4')].map((h) => +h.tagName[1])"
    )
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    for landmark in ("main", "header", "footer"):
        assert page.js(f"return document.querySelectorAll('#page > {landmark}').length") == 1


@pytest.mark.only("chromium")
def test_reduced_motion_is_obeyed(page):
    """Whoever asks their system for less motion sees the end of each movement at once."""

    def longest():
        return page.js(
            "const seconds = (list) => Math.max(...list.split(',').map((t) => parseFloat(t)"
            " / (t.includes('ms') ? 1000 : 1)));"
            "return Math.max(...[...document.querySelectorAll('body, body *')].map((e) => {"
            " const s = getComputedStyle(e);"
            " return Math.max(seconds(s.transitionDuration), seconds(s.animationDuration)) }))"
        )

    page.draw(digits.strokes(3)).settle()
    assert longest() > 0.05, "there is something to reduce"
    feature = {"name": "prefers-reduced-motion", "value": "reduce"}
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
    try:
        page.press("clear").draw(digits.strokes(3)).settle()
        assert longest() <= 0.01
    finally:
        page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
