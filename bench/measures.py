"""Measurements of a running page. Each function returns a dictionary of figures, and ``ALL`` lists them."""

import time
from pathlib import Path

import numpy as np
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from selenium.webdriver.common.actions.pointer_input import PointerInput
from selenium.webdriver.support.ui import WebDriverWait

from rig import CALLS, ENGINE, POINTS, SECONDS, Bench, moment, percentiles

HERE = Path(__file__).parent

# How often the pen moves, as mice and screens report it.
EVERY_MS = 8

# Seconds that somebody takes to put the pen down after the page is ready.
REACH = 3

# How many strokes follow the first one of a visit.
LATER = 3

# Slow down the processor by this factor.
THROTTLED = 4

# How often a bias is changed.
TURNS = 20

# Measurements inside the engine are typed into its console. `answer` there is the function that the page
# calls, so that its values are converted as well: only the messages are left out.
ANSWER_SECONDS = """
import js, __main__
from time import perf_counter
from pyodide.ffi import to_js
points, lengths = js.Float32Array.new(to_js({points})), to_js({lengths})
def answer_seconds():
    start = perf_counter()
    __main__.answer(points, lengths, True)
    return perf_counter() - start

"""

# Begins to wait for a neuron to be pointed at; gives the place where it is.
EXPECT = "return pointing.expect(arguments[0])"


def pen(bench: Bench) -> dict:
    """Draw with the browser's own pointer, and time pointer moves to painted activations.

    The first stroke of a visit is measured separately from later ones. In Chromium, this is repeated with a
    throttled processor, as slow as a school's laptop.
    """
    results = drawn(bench)
    if bench.name == "chromium":
        results["throttled"] = drawn(bench, throttled=THROTTLED)
    return results


def drawn(bench: Bench, throttled: int = 1) -> dict:
    """Draw the first stroke of several visits, and a few more after each."""
    first, later, loading, drawing = [], [], [], []
    for _ in range(bench.rounds):
        with bench.engine() as driver:
            ready = moment(driver, ENGINE)
            moment(driver, "data-panels=ready")
            time.sleep(REACH)
            if throttled > 1:
                driver.execute_cdp_cmd("Emulation.setCPUThrottlingRate", {"rate": throttled})
            driver.execute_script((HERE / "pen.js").read_text("utf-8"))
            strokes = []
            for _ in range(1 + LATER):
                strokes.append(stroke(driver, bench.stroke))
                driver.find_element("id", "clear").click()
                settled(driver)
            first += strokes[0]["latencies"]
            later += [ms for each in strokes[1:] for ms in each["latencies"]]
            tasks = driver.execute_script("return window.longTasks")
            known = driver.execute_script(
                "return PerformanceObserver.supportedEntryTypes.includes('longtask')"
            )
        loading.append(max([task["ms"] for task in tasks if task["start"] < ready], default=0))
        drawing += [
            task["ms"]
            for task in tasks
            for each in strokes
            if each["start"] <= task["start"] + task["ms"] and task["start"] <= each["end"]
        ]
    return {
        "first": percentiles(first),
        "later": percentiles(later),
        "moves": len(first) + len(later),
        # Browsers report tasks of 50 ms or more. 0 means that there was none.
        "longest_task_ms": {
            "load": float(np.median(loading)) if known else None,
            "drawing": max(drawing, default=0) if known else None,
        },
    }


def stroke(driver, points: list[list[float]]) -> dict:
    """Draw one stroke through points of the pad, and wait until all of it is painted."""
    driver.execute_script("scrollTo(0, 0); pen.begin()")
    left, top, side = driver.execute_script(
        "const box = document.getElementById('pad').getBoundingClientRect();"
        "return [box.left, box.top, box.width]"
    )
    places = [(round(left + x * side), round(top + y * side)) for x, y in points]
    mouse = ActionBuilder(driver, mouse=PointerInput("mouse", "mouse"), duration=EVERY_MS)
    mouse.pointer_action.move_to_location(*places[0]).pointer_down()
    for place in places[1:]:
        mouse.pointer_action.move_to_location(*place)
    mouse.pointer_action.pointer_up()
    mouse.perform()
    return WebDriverWait(driver, SECONDS, poll_frequency=0.02).until(
        lambda driver: driver.execute_script("return pen.latencies(arguments[0])", len(points)),
        "the stroke was never painted to its end",
    )


def settled(driver) -> None:
    """Wait until the engine has answered the current ink."""
    WebDriverWait(driver, SECONDS, poll_frequency=0.02).until(
        lambda driver: driver.execute_script(
            "const { ink, answered } = document.documentElement.dataset; return ink === answered"
        )
    )


def point(bench: Bench) -> dict:
    """Point at neurons, and time the event to their painted highlight and to their painted numbers.

    First with a mouse that only moves, then with taps of a finger.
    """
    moved, tapped = [], []
    with bench.engine() as driver:
        moment(driver, "data-panels=ready")
        driver.execute_script((HERE / "pen.js").read_text("utf-8"))
        stroke(driver, bench.stroke)
        driver.execute_script(
            "for (const part of document.querySelectorAll('#inside details')) part.open = true"
        )
        driver.execute_script((HERE / "point.js").read_text("utf-8"))
        names = driver.execute_script("return pointing.neurons()")
        for kind, times in (("mouse", moved), ("touch", tapped)):
            pointer = ActionBuilder(driver, mouse=PointerInput(kind, kind), duration=0)
            for name in names * bench.rounds:
                pointer.clear_actions()
                pointer.pointer_action.move_to_location(*driver.execute_script(EXPECT, name))
                if kind == "touch":
                    pointer.pointer_action.pointer_down().pointer_up()
                pointer.perform()
                times.append(
                    WebDriverWait(driver, SECONDS, poll_frequency=0.02).until(
                        lambda driver: driver.execute_script("return pointing.times()"),
                        f"the numbers of {name} were never shown",
                    )
                )
    return {
        "to_highlight_ms": percentiles([each["highlight"] for each in moved]),
        "to_numbers_ms": percentiles([each["numbers"] for each in moved]),
        "tap_to_highlight_ms": percentiles([each["highlight"] for each in tapped]),
        "neurons": len(moved),
    }


def engine(bench: Bench) -> dict:
    """Time strokes to activations inside the engine, and as a round trip from the page."""
    points = [100 * number for point in bench.stroke for number in point]
    script = f"""
    {CALLS}
    const [numbers, lengths, repeats, source, done] = arguments;
    const points = new Float32Array(numbers);
    (async () => {{
      await engine.run(source);
      const timed = async () => {{
        const ms = [];
        while (ms.length < repeats) ms.push(1000 * (await engine.run("answer_seconds()")).text);
        return ms;
      }};
      const first = await timed();
      const inside = await timed();
      const trips = [];
      for (let i = 0; i < repeats; i++) {{
        const start = performance.now();
        await engine.answer(points, lengths, true);
        trips.push(performance.now() - start);
      }}
      done({{ first, inside, trips }});
    }})();
    """
    with bench.engine() as driver:
        source = ANSWER_SECONDS.format(points=points, lengths=[POINTS])
        reply = driver.execute_async_script(script, points, [POINTS], POINTS, source)
    return {
        "points": POINTS,
        "strokes_to_activations_ms": percentiles(reply["inside"]),
        # The browser has not optimised all code by then.
        "first_time_ms": percentiles(reply["first"]),
        "round_trip_ms": percentiles(reply["trips"]),
    }


def dials(bench: Bench) -> dict:
    """Change a bias again and again, and time each change to the painted score that follows."""
    script = (HERE / "dial.js").read_text("utf-8")
    with bench.engine() as driver:
        moment(driver, "data-panels=ready")
        ms = driver.execute_async_script(script, TURNS)
    return {"turn_to_score_ms": percentiles(ms), "turns": len(ms)}


ALL = {
    "pen": pen,
    "point": point,
    "engine": engine,
    "dials": dials,
}
