"""Whether the words on the page are where they belong, on windows of any size.

Public: ``lay_out``, ``misplaced``.
"""

from pathlib import Path

GEOMETRY = (Path(__file__).parent / "geometry.js").read_text()

# Waits until the network has been laid out for the window's size and stays so. A caption that wraps may have
# it laid out again.
LAID_OUT = """
const [done] = arguments, board = document.getElementById('board');
const picture = document.getElementById('picture');
let last, still = 0;
const look = () => {
  const drawn = document.getElementById('diagram').getAttribute('viewBox');
  const { left, top, width } = picture.getBoundingClientRect();
  const now = [drawn, left, top, width].join();
  const fits = drawn === `0 0 ${board.clientWidth} ${board.clientHeight}`;
  still = fits && now === last ? still + 1 : 0;
  last = now;
  if (still === 3) done();
  else requestAnimationFrame(look);
};
look();
"""


def lay_out(page, size):
    """Resize the window and wait until the network fits it."""
    if page.driver.family == "chromium":
        metrics = {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": False}
        page.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    else:
        page.resize(*size)
    page.driver.execute_async_script(LAID_OUT)


def misplaced(page, sizes):
    """List what is wrong with where the words are, on windows of these sizes."""
    found = {}
    for size in sizes:
        lay_out(page, size)
        faults = page.js(f"{GEOMETRY}; return globalThis.misplaced()")
        if faults:
            found[size] = faults
    return found
