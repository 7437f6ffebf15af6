"""Whether the page works at all, in seconds: `make check` runs this and no other test in a browser."""

import digits
import pytest
from pen import Pen
from pointing import middle


@pytest.mark.only("chromium")
def test_a_digit_is_drawn_and_answered_and_explained(page):
    """A drawing is answered, a neuron tells its sum, and a panel opens."""
    page.draw(digits.strokes(3))
    assert page.answer() == "3"
    Pen(page).at(*middle(page, "[data-neuron='3:3']"))
    page.until("return document.documentElement.dataset.looked === '3:3'")
    assert page.js("return document.querySelector('#pointed b').innerText") == "Output 3"
    page.click("#matrix summary")
    page.until(
        "const { answered } = document.getElementById('matrix').dataset;"
        "return answered === document.documentElement.dataset.ink",
        what="the product is there",
    )
