"""What is measured of a page that runs, one function each; ``ALL`` names them.

Each returns a dictionary of figures.
"""

import json
import time
from pathlib import Path

import numpy as np
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from selenium.webdriver.common.actions.pointer_input import PointerInput
from selenium.webdriver.support.ui import WebDriverWait

from rig import ENGINE, POINTS, SECONDS, Bench, moment, percentiles

HERE = Path(__file__).parent

# How often the pen moves, as mice and screens tell it.
EVERY_MS = 8

# Seconds that somebody takes from seeing the page ready to putting the pen down.
REACH = 3

# Strokes after the first one of a visit.
LATER = 3

# A quarter of the processor.
THROTTLED = 4

# How often a bias is turned.
TURNS = 20

# A batch size, and how often it goes through.
BATCHES = {1: 1000, 1000: 30}

# The parts that a typical time is found by.
PARTS = 10

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

# Prints the mean of each part of the repeats.
FEEDFORWARD_SECONDS = """
from time import perf_counter
def feedforward_seconds(a):
    start = perf_counter()
    network.feedforward(a)
    return perf_counter() - start

a = np.random.default_rng(0).random((network.shape[0], {count}), np.float32)
[sum(feedforward_seconds(a) for _ in range({repeats})) / {repeats} for _ in range({parts})]
"""

# Begins to wait for a neuron to be pointed at; gives the place where it is.
EXPECT = "return pointing.expect(arguments[0])"

# The worker's exported functions, as the page itself calls them.
CALLS = "const engine = document.querySelector('script[type=py]').xworker.sync;"


def pen(bench: Bench) -> dict:
    """Draw with the browser's own pointer: pointer move to painted activations.

    The first stroke of a visit apart from those after it; in Chromium also with the processor throttled, as
    of a school's laptop.
    """
    results = drawn(bench)
    if bench.name == "chromium":
        results["throttled"] = drawn(bench, throttled=THROTTLED)
    return results


def drawn(bench: Bench, throttled: int = 1) -> dict:
    """Draw the first strokes of several visits, and a few after each."""
    first, later, loading, drawing = [], [], [], []
    for _ in range(bench.rounds):
        with bench.engine() as driver:
            ready = moment(driver, ENGINE)
            moment(driver, "data-rooms=ready")
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
        # Browsers report tasks from 50 ms on: 0 says that there was none.
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
    """Wait until the ink as it is now has been answered."""
    WebDriverWait(driver, SECONDS, poll_frequency=0.02).until(
        lambda driver: driver.execute_script(
            "const { ink, answered } = document.documentElement.dataset; return ink === answered"
        )
    )


def point(bench: Bench) -> dict:
    """Point at neurons: from the event to their painted highlight, and to their painted numbers."""
    highlights, numbers = [], []
    with bench.engine() as driver:
        moment(driver, "data-rooms=ready")
        driver.execute_script((HERE / "pen.js").read_text("utf-8"))
        stroke(driver, bench.stroke)
        driver.execute_script(
            "for (const part of document.querySelectorAll('#inside details')) part.open = true"
        )
        driver.execute_script((HERE / "point.js").read_text("utf-8"))
        mouse = ActionBuilder(driver, mouse=PointerInput("mouse", "mouse"), duration=0)
        names = driver.execute_script("return pointing.neurons()")
        for name in names * bench.rounds:
            mouse.clear_actions()
            mouse.pointer_action.move_to_location(*driver.execute_script(EXPECT, name))
            mouse.perform()
            times = WebDriverWait(driver, SECONDS, poll_frequency=0.02).until(
                lambda driver: driver.execute_script("return pointing.times()"),
                f"{name} was never looked into",
            )
            highlights.append(times["highlight"])
            numbers.append(times["numbers"])
    return {
        "to_highlight_ms": percentiles(highlights),
        "to_numbers_ms": percentiles(numbers),
        "neurons": len(highlights),
    }


def engine(bench: Bench) -> dict:
    """Time strokes to activations inside the engine, and the same with the way there and back."""
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
        # The browser has not compiled everything well by then.
        "first_time_ms": percentiles(reply["first"]),
        "round_trip_ms": percentiles(reply["trips"]),
    }


def dials(bench: Bench) -> dict:
    """Turn a bias, time after time: from the turn to the painted score that follows from it."""
    script = (HERE / "dial.js").read_text("utf-8")
    with bench.engine() as driver:
        moment(driver, "data-rooms=ready")
        ms = driver.execute_async_script(script, TURNS)
    return {"turn_to_score_ms": percentiles(ms), "turns": len(ms)}


def feedforward(bench: Bench) -> dict:
    """Time feedforward in the engine and in TensorFlow.js: the same network, the same browser."""
    results = {}
    with bench.engine() as driver:
        name = driver.find_element("tag name", "html").get_attribute("data-network")
        for count, repeats in BATCHES.items():
            text = driver.execute_async_script(
                f"{CALLS} const [source, done] = arguments;"
                "engine.run(source).then(({ text }) => done(text))",
                FEEDFORWARD_SECONDS.format(count=count, repeats=repeats // PARTS, parts=PARTS),
            )
            results[str(count)] = {"engine_ms": 1000 * typical(json.loads(text))}
    weights = HERE.parent / "weights" / f"{name.removesuffix('.npz')}.npz"
    network, inputs, expected = ours(weights)
    with bench.page("bench/tfjs.html") as driver:
        script = (HERE / "feedforward.js").read_text("utf-8")
        for backend in ("cpu", "webgl"):
            for count, repeats in BATCHES.items():
                order = {"backend": backend, "inputs": inputs, "count": count, "repeats": repeats}
                reply = driver.execute_async_script(script, network | order)
                figure = results[str(count)]
                if "error" in reply:
                    figure[f"tfjs_{backend}_error"] = reply["error"]
                    continue
                np.testing.assert_allclose(reply["outputs"], expected, atol=1e-3)
                figure[f"tfjs_{backend}_ms"] = typical(reply["ms"])
    for figure in results.values():
        figure["best_tfjs_ms"] = min(
            ms for key, ms in figure.items() if key.endswith("_ms") and key.startswith("tfjs")
        )
    return results


def ours(path: Path) -> tuple[dict, list[float], np.ndarray]:
    """Return a network as lists, an input, and the outputs that NumPy computes for it."""
    from nn import files

    network = files.load(path.read_bytes())
    column = np.random.default_rng(0).random((network.shape[0], 1), np.float32)
    lists = {"W": [W.tolist() for W in network.W], "b": [b.ravel().tolist() for b in network.b]}
    return lists, column.ravel().tolist(), network.feedforward(column).ravel()


def typical(times: list[float]) -> float:
    """Return the median of means of PARTS parts.

    One input takes less than a browser's clock can tell, hence means; a machine that does something
    else in between spoils a part, hence the median of them.
    """
    return float(np.median([np.mean(part) for part in np.array_split(times, PARTS)]))


ALL = {
    "pen": pen,
    "point": point,
    "engine": engine,
    "dials": dials,
    "feedforward": feedforward,
}
