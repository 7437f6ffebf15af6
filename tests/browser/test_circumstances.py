"""What a page cannot choose: no storage, a clock that is set, a tab that sleeps."""

import os
import signal
import time

import digits
import memory
import pytest
from visits import START

# Whatever a page may keep things in is full or forbidden.
NO_STORAGE = """
const full = () => { throw new DOMException('full on purpose', 'QuotaExceededError'); };
const refused = () => Promise.reject(new DOMException('full on purpose', 'QuotaExceededError'));
Storage.prototype.setItem = full;
if (globalThis.Cache) Cache.prototype.put = Cache.prototype.add = Cache.prototype.addAll = refused;
if (globalThis.CacheStorage) CacheStorage.prototype.open = refused;
if (globalThis.IDBFactory) IDBFactory.prototype.open = full;
if (globalThis.ServiceWorkerContainer) ServiceWorkerContainer.prototype.register = refused;
"""

# The wall's clock can be set; the other one runs on, but leaps when a machine has slept.
CLOCKS = """
globalThis.jump = { wall: 0, run: 0 };
const now = Date.now, run = performance.now.bind(performance);
Date.now = () => now() + jump.wall;
performance.now = () => run() + jump.run;
"""

HOUR = 3_600_000

# Longer than the page waits for an answer (py/page/worker.py).
ASLEEP = 9


def still_works(page, digit):
    page.press("clear").draw(digits.strokes(digit))
    assert page.answer() == str(digit)
    # The answer is read out by a timer of the page's.
    page.until(f"return document.getElementById('announce').textContent.startsWith('{digit}')")
    assert page.failure() == ""


def test_without_any_storage_all_works(site, visit):
    """A private window, a full disk: the page keeps nothing that it needs."""
    site.first = NO_STORAGE
    try:
        visit.open(until="engine").draw(digits.strokes(4))
        assert visit.answer() == "4"
        visit.until("return document.documentElement.dataset.rooms === 'ready'", START)
        assert visit.failure() == ""
    finally:
        site.mend()


@pytest.mark.only("chromium")
def test_a_clock_that_is_set_stops_nothing(site, visit):
    """An hour on, two back: timers, the answer and the playing go on."""
    site.first = CLOCKS
    try:
        visit.open(until="engine").draw(digits.strokes(3)).settle()
        for wall, run, digit in ((HOUR, 0, 7), (-HOUR, 0, 2), (0, HOUR, 8)):
            visit.js("jump.wall = arguments[0]; jump.run += arguments[1]", wall, run)
            still_works(visit, digit)
        visit.press("play")
        visit.until("return !('playing' in document.documentElement.dataset)")
        visit.settle()
    finally:
        site.mend()


@pytest.mark.only("chromium")
def test_a_tab_that_slept_goes_on_where_it_was(visit):
    """A frozen tab has not waited: what it asked for before is no silence of the engine's."""
    visit.open(until="engine").draw(digits.strokes(3))
    driver = visit.driver
    if driver.family == "chromium":
        driver.execute_cdp_cmd("Page.setWebLifecycleState", {"state": "frozen"})
        time.sleep(ASLEEP)  # being asleep is what is tested
        driver.execute_cdp_cmd("Page.setWebLifecycleState", {"state": "active"})
        # Chromium 156 shows a tab that it has thawed when the one in front of it is closed.
        tab = driver.current_window_handle
        driver.switch_to.new_window("tab")
        driver.close()
        driver.switch_to.window(tab)
    else:
        pages = [pid for pid in memory.family(driver.service.process.pid) if _shows_pages(pid)]
        assert pages
        for pid in pages:
            os.kill(pid, signal.SIGSTOP)
        try:
            time.sleep(ASLEEP)  # as above
        finally:
            for pid in pages:
                os.kill(pid, signal.SIGCONT)
    assert visit.answer() == "3"
    still_works(visit, 7)


def _shows_pages(pid):
    """Whether a process is one in which Firefox or WebKitGTK runs pages."""
    with open(f"/proc/{pid}/cmdline", "rb") as file:  # noqa: PTH123, not a file of ours
        words = file.read().split(b"\0")
    return words[0].endswith(b"WebKitWebProcess") or (b"-contentproc" in words and b"tab" in words)
