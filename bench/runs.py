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
