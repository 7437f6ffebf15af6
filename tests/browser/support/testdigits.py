"""Test digits: putting one on the pad, and reading it from there."""

import numpy as np
from visits import START

# Each cell of 28 by 28 in three places: the same in all of them, or it is no square.
CELLS = """
const pad = document.getElementById('pad'), side = pad.width;
const { data } = pad.getContext('2d').getImageData(0, 0, side, side);
return [0.5, 0.25, 0.75].map((within) => Array.from({ length: 784 }, (_, i) => {
  const x = Math.floor(((i % 28) + within) * side / 28), y = Math.floor(((i / 28 | 0) + within) * side / 28);
  return data[4 * (y * side + x) + 3];
}));
"""


def put(page, label=None):
    """Choose a digit, or press for the one that is chosen; wait until it is answered."""
    page.until("return document.documentElement.dataset.panels === 'ready'")
    page.until("return !document.getElementById('test-digit').disabled")
    before = page.ink()
    if label is None:
        page.press("test-digit")
    else:
        page.js(
            "const which = document.getElementById('which-digit'); which.value = arguments[0];"
            "which.dispatchEvent(new Event('change', { bubbles: true }))",
            str(label),
        )
    page.wait(lambda: page.ink() > before, "a test digit is on the pad", START)
    page.settle()


def on_pad(page):
    """Give the 784 pixels that the pad shows, 0 to 255; each is a square."""
    first, *others = page.js(CELLS)
    assert all(cells == first for cells in others)
    return np.array(first)
