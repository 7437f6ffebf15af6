"""What Chromium really paints: how dark and how light it is where an element is.

``media`` emulates a medium for the length of a ``with`` block, ``Shot`` takes a picture of the window.
``look_into`` has a neuron explained.
"""

from contextlib import contextmanager
from dataclasses import dataclass

# The picture comes as base64, and the page's policy allows no image that is not the site's: a bitmap is none.
KEEP = """
const [base64, done] = arguments;
const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
createImageBitmap(new Blob([bytes], { type: 'image/png' })).then((bitmap) => {
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  globalThis.shot = canvas.getContext('2d', { willReadFrequently: true });
  shot.drawImage(bitmap, 0, 0);
  done();
});
"""

LOOK = """
const [selector, inner] = arguments;
const { left, top, width, height } = document.querySelector(selector).getBoundingClientRect();
const [x, y] = [left + width * (1 - inner) / 2, top + height * (1 - inner) / 2].map(Math.round);
const [w, h] = [width, height].map((size) => Math.max(1, Math.round(size * inner)));
const { data } = shot.getImageData(x, y, w, h);
const greys = Array.from({ length: w * h }, (_, i) =>
  0.2126 * data[4 * i] + 0.7152 * data[4 * i + 1] + 0.0722 * data[4 * i + 2]);
const sum = greys.reduce((sum, grey) => sum + grey, 0);
return [Math.min(...greys), Math.max(...greys), sum / greys.length];
"""

BOX = """
const { left, top, width, height } = document.querySelector(arguments[0]).getBoundingClientRect();
return [left, top, width, height];
"""


@contextmanager
def media(page, medium="", **features):
    """Emulate a medium such as "print", and features such as ``forced_colors="active"``."""
    given = [{"name": name.replace("_", "-"), "value": value} for name, value in features.items()]
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": medium, "features": given})
    try:
        yield
    finally:
        page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})


def look_into(page, neuron):
    """Have a neuron explained, by the keyboard's focus."""
    page.focus(f'[data-neuron="{neuron}"]')
    page.until(f"return document.documentElement.dataset.looked === '{neuron}'")
    page.frame()


def box(page, selector):
    """Give an element's left, top, width and height in the window."""
    return page.js(BOX, selector)


@dataclass(frozen=True)
class Seen:
    """How something is painted, from 0 for black to 255 for white."""

    darkest: float
    lightest: float
    mean: float

    @property
    def contrast(self):
        """The range from the darkest to the lightest."""
        return self.lightest - self.darkest


class Shot:
    """A picture of the window as it is now."""

    def __init__(self, page):
        self._page = page
        shot = page.frame().driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})
        page.driver.execute_async_script(KEEP, shot["data"])

    def at(self, selector, inner=1.0):
        """Tell how an element is painted; inner: only so much of it, around its middle."""
        return Seen(*self._page.js(LOOK, selector, inner))
