"""Long use of the page in one browser: a monkey at it, reloads in a row, many tabs at once.

``monkey``, ``reloads`` and ``tabs`` each give figures, and raise AssertionError for what must not be.
"""

import contextlib
import time

import digits
import drivers
import memory
from monkey import Monkey
from selenium.common.exceptions import WebDriverException
from visits import START, WIDE, Page

# Memory after the first minute may grow by so much until the end.
GROWTH = 1.10

MINUTE = 60


def monkey(driver, site, seed, seconds=0, steps=0, say=None):
    """Let a monkey play for so long, or for so many steps; gives its steps, and memory in MB.

    Memory is measured after the first minute, or third of the steps, and at the end.

    What may not grow is, together, what scripts and both Pythons hold; where the browser does not tell of its
    scripts, what its processes do.
    """
    site.first = memory.NOTE_WASM
    page = Page(driver, site).resize(*WIDE).open(until="engine")
    one = Monkey(page, seed).tour()
    start = time.monotonic()
    one.play(min(MINUTE, seconds), steps // 3)
    measured = [memory.measure(page)]
    while (left := seconds - (time.monotonic() - start)) > 0 or one.steps < steps:
        one.play(min(MINUTE, left), steps)
        measured.append(memory.measure(page))
        if say:
            minutes = (time.monotonic() - start) / 60
            say(f"{minutes:.1f} min, {one.steps} steps, {measured[-1]}", flush=True)
    one.finish()
    found = {name: (measured[0][name], measured[-1][name]) for name in measured[0]}
    # A process keeps what it has freed for a while: the least of the last minutes says what it needs.
    least = min(each["processes"] for each in measured[-5:])
    if "scripts" in found:
        judged = [found[name] for name in ("scripts", "page's Python", "engine's Python")]
        judged = [tuple(map(sum, zip(*judged, strict=True)))]
    else:
        judged = [(measured[0]["processes"], least)]
    grown = [f"{before} to {after} MB" for before, after in judged if after > GROWTH * before]
    assert not grown, f"memory has grown: {grown}, {found}"
    return {"steps": one.steps, "MB after the first while and at the end": found}


def reloads(driver, site, times, say=None):
    """Load the page again and again, each time as soon as one can draw; then it must still answer."""
    page = Page(driver, site).resize(*WIDE).open(until="engine")
    first = memory.measure(page)["processes"]
    died = 0
    for count in range(1, times + 1):
        try:
            driver.refresh()
            page.until("return document.documentElement.dataset.page === 'ready'", START)
            if count % 10 == 0:
                page.until_engine("ready")
                page.draw(digits.strokes(count // 10 % 10))
                assert page.answer() == str(count // 10 % 10)
            assert page.errors() == []
            assert page.failure() == ""
        except WebDriverException:
            if driver.family != "webkit" or drivers.alive(driver):
                raise
            # WebKitGTK 2.50 dies of about one in sixty loads (see visits.Page.starting).
            died += 1
            drivers.revive(driver)
            page.resize(*WIDE).open(until="engine")
        if say and count % 20 == 0:
            say(f"{count} reloads", flush=True)
    page.until_engine("ready")
    return {
        "reloads": times,
        "browser died": died,
        "first": first,
        "last": memory.measure(page)["processes"],
    }


def tabs(driver, site, count):
    """Open the page in many tabs at once and draw another digit in each: each has its own answer."""
    first = driver.current_window_handle
    page = Page(driver, site)
    others = []
    try:
        for _ in range(count - 1):
            driver.switch_to.new_window("tab")
            others.append(driver.current_window_handle)
            driver.get("about:blank")
        handles = [first, *others]
        start = time.monotonic()
        for handle in handles:
            driver.switch_to.window(handle)
            page.open(until="nothing")
        for number, handle in enumerate(handles):
            driver.switch_to.window(handle)
            page.until("return document.documentElement.dataset.page === 'ready'", 2 * START)
            page.draw(digits.strokes(number % 10))
        for number, handle in enumerate(handles):
            driver.switch_to.window(handle)
            page.until_engine("ready", 2 * START)
            page.settle(START)
            assert page.answer() == str(number % 10)
            assert page.errors() == []
            assert page.failure() == ""
        return {"tabs": count, "seconds until all had answered": round(time.monotonic() - start, 1)}
    finally:
        for handle in others:
            with contextlib.suppress(WebDriverException):
                driver.switch_to.window(handle)
                driver.close()
        driver.switch_to.window(first)
