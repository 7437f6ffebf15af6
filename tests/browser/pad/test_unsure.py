"""What the strokes say counts beside the outputs: two digits at once, and more strokes than a digit has."""

import digits
import numpy as np
import pytest
from selenium.webdriver.common.by import By

LINES = [[(0.2, y), (0.8, y)] for y in (0.2, 0.5, 0.8)]


def narrow(strokes, left):
    """Make strokes narrower, from this place on."""
    return [[(left + 0.4 * x, y) for x, y in stroke] for stroke in strokes]


@pytest.mark.only("chromium")
def test_two_digits_at_once_are_asked_about(page):
    """A 10 is no 0, whatever the outputs say. Without its 1 it is one."""
    page.draw(narrow(digits.strokes(0), 0.55))
    assert page.answer() == "0"
    page.draw(narrow(digits.strokes(1), 0.0))
    assert page.answer() == "unsure"
    assert "more than one digit" in page.words()
    page.press("undo")
    assert page.answer() == "0"


@pytest.mark.only("chromium")
def test_many_strokes_need_a_brighter_output(visit, tmp_path):
    """The network has 0.73 for every drawing: enough for two strokes, not for three."""
    b = np.where(np.arange(10) == 3, 1, -9)[:, None].astype(np.float32)
    W = np.zeros((10, 784), np.float32)
    np.savez(tmp_path / "three.npz", W0=W, b0=b, activation=np.array("sigmoid"))
    visit.open(until="engine")
    visit.js("document.getElementById('own-networks').open = true")
    visit.until("return !document.getElementById('keep-network').disabled")
    visit.driver.find_element(By.ID, "open-network").send_keys(str(tmp_path / "three.npz"))
    visit.until("return document.documentElement.dataset.network.startsWith('file')")
    visit.draw(LINES[:2])
    assert visit.answer() == "3"
    visit.draw(LINES[2:])
    assert visit.answer() == "unsure"
    assert "many strokes" in visit.words()
    visit.press("undo")
    assert visit.answer() == "3"
