"""The basis of every measurement: a new browser for each, and the moments that its page recorded."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import drivers
import numpy as np
from selenium.webdriver.support.ui import WebDriverWait

from server import WATCH, Visit

SECONDS = 120
POINTS = 200

# The worker's exported functions, as the page itself calls them.
CALLS = "const engine = document.querySelector('script[type=py]').xworker.sync;"

PAGE, ENGINE, FAILED = "data-page=ready", "data-engine=ready", "data-engine=failed"


class Bench:
    """Starts a browser for each measurement, with an empty profile and therefore a cold cache."""

    def __init__(self, visit: Visit, name: str, rounds: int):
        self.visit = visit
        self.name = name
        self.rounds = rounds
        self.browser = None

    @contextmanager
    def page(self, path: str = "", profile: Path | None = None) -> Iterator:
        """Open a page of the bench's server in a new browser."""
        with self.driver(profile) as driver:
            driver.get(self.visit.address + path)
            yield driver

    @contextmanager
    def driver(self, profile: Path | None = None) -> Iterator:
        """Start a new browser. It gets its own profile unless one is given."""
        driver = drivers.start(self.name, profile=profile)
        try:
            driver.set_script_timeout(SECONDS)
            about = driver.capabilities
            self.browser = f"{about['browserName']} {about.get('browserVersion', '')}".strip()
            # Where the driver can, it injects the script, so that the served files stay as they were built: a
            # service worker may check them.
            self.visit.watched = self.name != "chromium"
            if not self.visit.watched:
                watch = {"source": WATCH.read_text("utf-8")}
                driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", watch)
            self.visit.sent.clear()
            yield driver
        finally:
            drivers.close(driver)

    @contextmanager
    def engine(self) -> Iterator:
        """Open the site and wait until its engine answers."""
        with self.page() as driver:
            moment(driver, ENGINE)
            yield driver

    @cached_property
    def stroke(self) -> list[list[float]]:
        """The points of an 8 in one stroke, as fractions of the pad."""
        turns = [2 * math.pi * i / POINTS for i in range(POINTS)]
        return [[0.5 + 0.2 * math.sin(2 * t), 0.5 - 0.35 * math.cos(t)] for t in turns]


def moment(driver, attribute: str) -> float:
    """Wait for ``name=value`` on <html>. Returns when it was set, in ms from the visit's start."""

    def look(driver) -> float | None:
        seen = driver.execute_script("return window.seen")
        if FAILED in seen:
            raise RuntimeError(driver.find_element("id", "failure").text)
        return seen.get(attribute)

    return WebDriverWait(driver, SECONDS, poll_frequency=0.05).until(
        look, f"the page never had {attribute}"
    )


def percentiles(values: list[float]) -> dict:
    """Return p50, p95 and p99."""
    return {f"p{p}": float(np.percentile(values, p)) for p in (50, 95, 99)}
