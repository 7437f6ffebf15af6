"""A phone's sheet: it comes up without hiding what it is about, and closes without losing one's place."""

import digits
import pytest
from pen import Pen
from pointing import middle, tab_into_the_diagram
from selenium.webdriver.common.keys import Keys
from visits import PHONE

# How far the neuron's own light is above the sheet, in CSS pixels; what is written under an output fits in.
ABOVE = """
const box = (selector) => document.querySelector(selector).getBoundingClientRect();
return box('.status').top - box(`[data-neuron='${arguments[0]}'] .light`).bottom;
"""
FOCUS = "const e = document.activeElement; return e.dataset.neuron ?? (e.id || e.localName)"
UP = "return getComputedStyle(document.querySelector('.status')).position === 'fixed'"


@pytest.mark.only("chromium")
def test_the_first_neuron_that_is_tapped_stays_above_the_sheet(phone):
    """The sheet grows when what it says comes from the engine, which is after the tap."""
    phone.open(until="engine")
    phone.until("return document.documentElement.dataset.panels === 'ready'")
    phone.draw(digits.strokes(0), "touch").settle()
    Pen(phone, "touch").at(*middle(phone, "[data-neuron='2:8']"), press=True)
    phone.until(UP)
    phone.until("return document.getElementById('inside').checkVisibility()")
    phone.until("return document.querySelectorAll('#parts .term:not([hidden])').length")
    phone.frame()
    assert phone.js(ABOVE, "2:8") >= 0
    assert phone.errors() == []


@pytest.mark.only("chromium", "firefox")  # WebKitGTK's window is never as narrow as a phone
@pytest.mark.parametrize("how", ["button", "escape"])
def test_closing_the_sheet_by_keyboard_gives_the_focus_back_to_its_neuron(page, how):
    """And does not open it again."""
    page.resize(*PHONE)
    page.draw(digits.strokes(3)).settle()
    tab_into_the_diagram(page)
    neuron = page.js(FOCUS)
    page.until(UP)
    page.focus("#close")
    page.key(Keys.ENTER if how == "button" else Keys.ESCAPE)
    page.until("return !('pinned' in document.documentElement.dataset)")
    page.frame()
    assert not page.js(UP)
    assert page.js(FOCUS) == neuron


def test_escape_in_the_panel_gives_the_focus_back_to_its_neuron(page):
    """On a wide window, where the panel has no button to close it."""
    page.draw(digits.strokes(3)).settle()
    tab_into_the_diagram(page)
    neuron = page.js(FOCUS)
    page.focus("#inside .legend a")
    page.key(Keys.ESCAPE)
    page.until("return !document.getElementById('inside').checkVisibility()")
    assert page.js(FOCUS) == neuron
    assert "pinned" not in page.data()
