"""The one page that many tests use after each other: in the same state for each of them.

Public: ``Reset``. It notes the state of a page that was just loaded, and brings it back after each test: the
pad, the network and its dials, every control, every part that opens, the console, focus, scrolling, size. A
test that leaves behind what cannot be brought back is an error, and names it.

This stays: what has been fetched, what can be undone, what the console knows by name and by its arrow keys.
"""

from pathlib import Path

import keeping
import pen
from visits import SOON, START, WIDE

SCRIPT = (Path(__file__).parent / "reset.js").read_text()
STATE = f"{SCRIPT}; return globalThis.pageState()"
RESET = f"{SCRIPT}; globalThis.resetPage(arguments[0])"
EMPTY = f"{SCRIPT}; globalThis.emptyPad()"
CLEAR_CONSOLE = f"{SCRIPT}; globalThis.clearConsole().then(arguments[0], arguments[0])"


class Reset:
    """The first state of a page."""

    def __init__(self, page):
        """Note the state of a page that has just been loaded, as soon as all of it is there."""
        self._page = page
        page.until("return document.documentElement.dataset.panels === 'ready'", START)
        page.until("return document.adoptedStyleSheets.length > 2", what="the sheet for paper")
        self._leave()
        page.settle()
        self._first = self._state()

    def bring_back(self):
        """Bring the first state back, and see that it is there."""
        page = self._page
        pen.lift_all(page.driver)
        page.resize(*WIDE)
        # First of all the pointer goes, or a neuron that scrolls under it is pointed at again.
        page.js("scrollTo(0, 0)")
        self._leave()
        page.js(RESET, self._first)
        page.driver.execute_async_script(CLEAR_CONSOLE)
        network = self._first["data"]["network"]
        page.until(f"return document.documentElement.dataset.network === '{network}'")
        page.settle().js(EMPTY)
        page.frame()
        page.wait(lambda: self._changes() == {}, self._changes, SOON)
        page.js("noted.seen.length = noted.spoken.length = 0")

    def _leave(self):
        """Press where nothing is, so that nothing is pointed at and no demonstration begins."""
        pen.Pen(self._page).at(2, 2, press=True)

    def _state(self):
        return {**self._page.js(STATE), "databases": keeping.databases(self._page)}

    def _changes(self):
        """Give what is different now: {name: (now, at first)}."""
        now = self._state()
        return {name: (now[name], was) for name, was in self._first.items() if now[name] != was}
