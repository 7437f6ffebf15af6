"""Measure the page's start and what it fetches, compared with a bare page that only starts Pyodide and NumPy.

Each function measures one thing and returns a dictionary of figures, and ``ALL`` lists them.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from selenium.webdriver.support.ui import WebDriverWait

from link import Link
from rig import ENGINE, PAGE, SECONDS, Bench, moment
from server import BARE, SERVICE_WORKER, Sizes

# 10 Mbit/s and 40 ms.
SLOW = (10e6, 0.04)

# A visit is complete when nothing has been requested for this many seconds.
QUIET = 2

# An active service worker has filled its caches. Also true if no service worker is registered.
INSTALLED = """
const [done] = arguments;
(navigator.serviceWorker?.getRegistrations() ?? Promise.resolve([])).then((all) =>
  done(all.every(({ active, waiting, installing }) => active && !waiting && !installing)));
"""


def start(bench: Bench) -> dict:
    """Start the site and the bare page in turn, each from a cold cache."""
    return in_turn(bench)


def slow(bench: Bench) -> dict:
    """Start both pages at 10 Mbit/s and 40 ms."""
    with slowed(bench):
        return in_turn(bench)


def hosted(bench: Bench) -> dict:
    """Start both pages at 10 Mbit/s and 40 ms, from a host that compresses what GitHub Pages does."""
    bench.visit.hosted = True
    try:
        with slowed(bench):
            return in_turn(bench)
    finally:
        bench.visit.hosted = False


@contextmanager
def slowed(bench: Bench) -> Iterator[None]:
    """Simulate a slow connection."""
    bench.visit.link = Link(*SLOW)
    try:
        yield
    finally:
        bench.visit.link = None


def in_turn(bench: Bench) -> dict:
    """Start the bare page and the site in turn. Returns the medians of ready times and their ratios."""
    bare, page, engine, tasks, frames = [], [], [], [], []
    # The first round is discarded, because the server still has to read and perhaps compress its files.
    for turn in range(bench.rounds + 1):
        with bench.page(BARE) as driver:
            bare.append(moment(driver, ENGINE))
        with bench.page() as driver:
            engine.append(moment(driver, ENGINE))
            page.append(moment(driver, PAGE))
            tasks.append(longest(driver, "longTasks", engine[-1]).get("ms"))
            frames.append(longest(driver, "lateFrames", engine[-1]))
        told = f"bare {bare[-1]:.0f}, page {page[-1]:.0f}, engine {engine[-1]:.0f} ms"
        print(f"  {turn}: {told}", file=sys.stderr, flush=True)
    bare, page, engine, tasks, frames = (x[1:] for x in (bare, page, engine, tasks, frames))
    known = [task for task in tasks if task is not None]
    return {
        **compared(bare, page, engine),
        # Browsers report tasks of 50 ms or more.
        "longest_task_ms": median(known) if known else None,
        "latest_frame": max(frames, key=lambda frame: frame.get("ms", 0)),
        "each_ms": {"page": page, "engine": engine, "bare": bare},
    }


def compared(bare: list[float], page: list[float], engine: list[float]) -> dict:
    """Return the medians of ready times, and the site's as shares of the bare page's."""
    return {
        "page_ready_ratio": median(page) / median(bare),
        "engine_ready_ratio": median(engine) / median(bare),
        "page_ready_ms": median(page),
        "engine_ready_ms": median(engine),
        "bare_ready_ms": median(bare),
    }


def longest(driver, name: str, until: float) -> dict:
    """Return the longest entry of a list of ``watch.js`` that began before a moment, or {} if none did."""
    noted = [one for one in driver.execute_script(f"return window.{name}") if one["start"] < until]
    return max(noted, key=lambda one: one["ms"], default={})


def size(bench: Bench) -> dict:
    """Measure what a first visit fetches: requests, and megabytes of bodies without headers."""
    plain = sizes(bench)
    bench.visit.hosted = True
    try:
        compressed = sizes(bench)
    finally:
        bench.visit.hosted = False
    share = plain["in_total"]["mb"] / plain["bare"]["mb"]
    return plain | {"share_of_bare": share, "hosted": compressed}


def sizes(bench: Bench) -> dict:
    """Measure what the bare page fetches, and what a first visit of the site does."""
    with bench.page(BARE) as driver:
        moment(driver, ENGINE)
        bare = Sizes(list(bench.visit.sent)).total()
    return {"bare": bare} | {span: sent.total() for span, sent in spans(bench).items()}


def spans(bench: Bench) -> dict[str, Sizes]:
    """Make a first visit. Returns what was sent until the engine answered, and in total."""
    with bench.engine() as driver:
        ready = moment(driver, ENGINE) + driver.execute_script("return performance.timeOrigin")
        settle(bench, driver)
        sent = list(bench.visit.sent)
    first = [one for one in sent if 1000 * one.asked < ready]
    return {"until_engine": Sizes(first), "in_total": Sizes(sent)}


def settle(bench: Bench, driver) -> None:
    """Wait until a visit is complete, including the service worker's files."""
    visit = bench.visit

    def settled(driver):
        # The page registers it last, and on a busy machine long after everything else.
        registered = any(one.path == SERVICE_WORKER for one in visit.sent) or not visit.offline
        return registered and driver.execute_async_script(INSTALLED) and visit.idle() > QUIET

    wait = WebDriverWait(driver, SECONDS, poll_frequency=0.1)
    wait.until(settled, "the visit never stopped fetching files")


def second(bench: Bench) -> dict:
    """Visit again without a network, in a new browser with the old profile and an empty HTTP cache.

    This works only in Chromium, whose profile and cache a driver can reach. The bare page starts in turn with
    it, from a cold cache.
    """
    if bench.name != "chromium":
        return {"not_measured": f"the HTTP cache of {bench.name} is out of reach"}
    visit = bench.visit
    bare, page, engine, asked = [], [], [], []
    for turn in range(bench.rounds):
        with bench.page(BARE) as driver:
            bare.append(moment(driver, ENGINE))
        with tempfile.TemporaryDirectory() as folder:
            profile = Path(folder)
            with bench.page(profile=profile) as driver:
                moment(driver, ENGINE)
                settle(bench, driver)
            with bench.driver(profile) as driver, refusing(visit):
                driver.execute_cdp_cmd("Network.clearBrowserCache", {})
                driver.get(visit.address)
                engine.append(moment(driver, ENGINE))
                page.append(moment(driver, PAGE))
                asked.append(sorted(set(visit.refused)))
        told = f"bare {bare[-1]:.0f}, page {page[-1]:.0f}, engine {engine[-1]:.0f} ms"
        print(f"  {turn}: {told}, refused {asked[-1]}", file=sys.stderr, flush=True)
    return {
        **compared(bare, page, engine),
        "asked_in_vain": sorted({path for paths in asked for path in paths}),
        "each_ms": {"page": page, "engine": engine, "bare": bare},
    }


@contextmanager
def refusing(visit) -> Iterator[None]:
    """Refuse every request: close each connection without a reply."""
    visit.refused.clear()
    visit.refusing = True
    try:
        yield
    finally:
        visit.refusing = False


ALL = {"start": start, "slow": slow, "hosted": hosted, "size": size, "second": second}
