"""Measurements of a training run on the page: how soon it reads, and what the page is like meanwhile.

Each function returns a dictionary of figures, and ``ALL`` lists them.
"""

from pathlib import Path

import numpy as np
from selenium.webdriver.support.ui import WebDriverWait

from measures import settled, stroke
from rig import SECONDS, Bench, moment, percentiles

HERE = Path(__file__).parent

# The share of the test images that has to be read, and the networks that are trained, with default settings.
SHARE = 0.95
NETWORKS = {"relu": "784-16-16-10-relu", "sigmoid": "784-16-16-10-sigmoid"}

# The page asks how far the run is eight times a second, or once while nobody sees it.
SEEN = "delete document.hidden"
HIDDEN = "Object.defineProperty(document, 'hidden', { configurable: true, get: () => true })"

# Milliseconds for which the pace of learning is measured.
PACE_MS = 3000

# How many strokes are drawn without training, and as many with.
STROKES = 3


def training(bench: Bench) -> dict:
    """Train from random weights until SHARE, from the click; and draw while the network learns.

    Chromium alone reports long tasks. 0 means that there was none of 50 ms.
    """
    results = {}
    with bench.engine() as driver:
        moment(driver, "data-panels=ready")
        driver.execute_script("document.getElementById('learn').open = true")
        driver.execute_script((HERE / "pen.js").read_text("utf-8"))
        quiet = drawn(driver, bench)
        fetch_images(driver)
        for name, network in NETWORKS.items():
            choose = f"document.querySelector('#networks [value=\"{network}\"]').click()"
            ms = []
            for _ in range(bench.rounds):
                driver.execute_script(choose)
                until(driver, f"return document.documentElement.dataset.network === '{network}'")
                script = (HERE / "training.js").read_text("utf-8")
                ms.append(driver.execute_async_script(script, SHARE))
            results[name] = {"to_95_s": float(np.median(ms)) / 1000}
        press(driver, "forget")
        press(driver, "start")
        until(driver, "return document.getElementById('learn').dataset.accuracy > 0.5")
        began = driver.execute_script("return performance.now()")
        learning = drawn(driver, bench)
        tasks = driver.execute_script("return window.longTasks")
        results["views"] = {"slow_down": slow_down(driver, bench)}
        known = driver.execute_script(
            "return PerformanceObserver.supportedEntryTypes.includes('longtask')"
        )
    results["pen"] = {
        "quiet": percentiles(quiet),
        "learning": percentiles(learning),
        "times_p95": float(np.percentile(learning, 95) / np.percentile(quiet, 95)),
    }
    late = [task["ms"] for task in tasks if task["start"] >= began]
    results["longest_task_ms"] = max(late, default=0) if known else None
    return results


def drawn(driver, bench: Bench) -> list[float]:
    """Draw strokes. Returns the time that each move took to be painted, in ms."""
    latencies = []
    for _ in range(STROKES):
        latencies += stroke(driver, bench.stroke)["latencies"]
        driver.find_element("id", "clear").click()
        settled(driver)
    return latencies


def slow_down(driver, bench: Bench) -> float:
    """Measure what showing the run costs it, with a drawing on the pad: the share by which it is slower."""
    stroke(driver, bench.stroke)
    pace = (HERE / "pace.js").read_text("utf-8")
    paces = {SEEN: [], HIDDEN: []}
    for _ in range(bench.rounds):
        for how, measured in paces.items():
            driver.execute_script(how)
            measured.append(driver.execute_async_script(pace, PACE_MS))
    driver.execute_script(SEEN)
    return 1 - float(np.median(paces[SEEN]) / np.median(paces[HIDDEN]))


def fetch_images(driver) -> None:
    """Learn until all training images have arrived."""
    press(driver, "start")
    until(
        driver,
        "return document.documentElement.dataset.learning === 'running'"
        " && document.getElementById('learn-fetch').hidden",
    )
    press(driver, "pause")
    until(driver, "return document.documentElement.dataset.learning === 'paused'")


def press(driver, name: str) -> None:
    """Press a button of the Learn panel."""
    driver.execute_script(f"document.getElementById('learn-{name}').click()")


def until(driver, script: str) -> None:
    """Wait until a script returns something true."""
    WebDriverWait(driver, SECONDS, poll_frequency=0.02).until(
        lambda driver: driver.execute_script(script), script
    )


ALL = {"training": training}
