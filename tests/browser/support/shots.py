"""Take pictures of the page in every state and size that matter, for people to look at.

    python tests/browser/support/shots.py                  all of them, in Chromium, into _shots/
    python tests/browser/support/shots.py answered --size wide

They are named like `wide-answered.png`.
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
sys.path[:0] = [str(ROOT / "py"), str(ROOT / "tools")]

import digits
import drivers
from faults import HELD, MISSING, Site
from pen import Pen, lift_all
from visits import PHONE, TABLET, WIDE, Page

SIZES = {"phone": PHONE, "tablet": TABLET, "wide": WIDE}
STATES = ("empty", "loading", "mid-stroke", "answered", "focus", "failed")


def bring(page, site, state, digit):
    """Bring a page into a state, and leave it there."""
    faults = {
        "loading": ("runtime/python/snapshot-*.bin", HELD),
        "failed": ("weights/*.npz", MISSING),
    }
    if state in faults:
        site.break_(*faults[state])
        page.open()
        if state == "failed":
            page.until_engine("failed")
        else:
            page.until("const p = document.getElementById('progress'); return p.value > 2e6")
        page.draw(digits.strokes(digit)[:1]).frame()
        return
    page.open(until="engine")
    strokes = digits.strokes(digit)
    if state == "mid-stroke":
        pen = Pen(page)
        pen.down(strokes[0][0])
        pen.move(strokes[0][1 : len(strokes[0]) * 2 // 3])
    elif state != "empty":
        page.draw(strokes)
        Pen(page).at(2, 2)
    page.settle()
    if state == "focus":
        page.focus('[data-neuron="2:5"]')
    page.until("return !document.getAnimations().length", what="all motion has ended")


def main():
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("states", nargs="*", default=STATES, help=", ".join(STATES))
    parser.add_argument("--size", choices=SIZES, action="append", help="a size; all unless told")
    parser.add_argument("--browser", choices=drivers.NAMES, default="chromium")
    parser.add_argument("--digit", type=int, default=7, help="what is drawn (7)")
    parser.add_argument("--to", type=Path, default=ROOT / "_shots", help="the folder (_shots)")
    options = parser.parse_args()
    unknown = set(options.states) - set(STATES)
    if unknown:
        parser.error(f"no such state: {', '.join(sorted(unknown))}")
    options.to.mkdir(exist_ok=True)
    site, driver = Site(), drivers.start(options.browser)
    try:
        for size in options.size or SIZES:
            for state in options.states:
                page = Page(driver, site).resize(*SIZES[size])
                bring(page, site, state, options.digit)
                path = options.to / f"{size}-{state}.png"
                page.frame().driver.save_screenshot(str(path))
                print(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)
                lift_all(driver)
                site.mend()
    finally:
        drivers.close(driver)
        site.close()


if __name__ == "__main__":
    main()
