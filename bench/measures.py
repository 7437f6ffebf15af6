"""What is measured of a page that runs, one function each; ``ALL`` names them.

Each returns a dictionary of figures.
"""

from pathlib import Path

import numpy as np
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from selenium.webdriver.common.actions.pointer_input import PointerInput
from selenium.webdriver.support.ui import WebDriverWait

from rig import POINTS, SECONDS, Bench, moment, percentiles

HERE = Path(__file__).parent

EVERY_MS = 8

# How often a bias is turned.
TURNS = 20

# A batch size, and how often it goes through.
BATCHES = {1: 1000, 1000: 30}

# Begins to wait for a neuron to be pointed at; gives the place where it is.
EXPECT = "return pointing.expect(arguments[0])"

# The worker's exported functions, as the page itself calls them.
ENGINE = "const engine = document.querySelector('script[type=py]').xworker.sync;"


def pen(bench: Bench) -> dict:
    """Draw on the pad while the engine answers: pointer move to painted activations."""
    script = (HERE / "pen.js").read_text("utf-8")
    latencies, spans = [], []
    with bench.engine() as driver:
        for _ in range(bench.rounds):
            reply = driver.execute_async_script(script, bench.stroke, EVERY_MS)
            latencies += reply["latencies"]
            spans.append((reply["start"], reply["end"]))
            driver.find_element("id", "clear").click()
            settled(driver)
        tasks = driver.execute_script("return window.longTasks")
        ready = moment(driver, "data-engine=ready")
        known = driver.execute_script(
            "return PerformanceObserver.supportedEntryTypes.includes('longtask')"
        )
    drawing = [
        task["ms"]
        for task in tasks
        if any(begin <= task["start"] + task["ms"] and task["start"] <= end for begin, end in spans)
    ]
    loading = [task["ms"] for task in tasks if task["start"] < ready]
    return {
        "move_to_paint_ms": percentiles(latencies),
        "moves": len(latencies),
        # Browsers report tasks from 50 ms on: 0 says that there was none.
        "longest_task_ms": {
            "load": max(loading, default=0) if known else None,
            "drawing": max(drawing, default=0) if known else None,
        },
    }


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
        pen_script = (HERE / "pen.js").read_text("utf-8")
        driver.execute_async_script(pen_script, bench.stroke, EVERY_MS)
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
    {ENGINE}
    const [numbers, lengths, repeats, done] = arguments;
    const points = new Float32Array(numbers);
    (async () => {{
      const timed = async () => {{
        const ms = [];
        while (ms.length < repeats) {{
          const [seconds] = await engine.answer_seconds(points, lengths, 1);
          ms.push(1000 * seconds);
        }}
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
        reply = driver.execute_async_script(script, points, [POINTS], POINTS)
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
            seconds = driver.execute_async_script(
                f"{ENGINE} const [count, repeats, done] = arguments;"
                "engine.feedforward_seconds(count, repeats).then((s) => done(Array.from(s)))",
                count,
                repeats,
            )
            results[str(count)] = {"engine_ms": 1000 * typical(seconds)}
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
    """Return the median of means of ten parts.

    One input takes less than a browser's clock can tell, hence means; a machine that does something
    else in between spoils a part, hence the median of them.
    """
    return float(np.median([np.mean(part) for part in np.array_split(times, 10)]))


ALL = {
    "pen": pen,
    "point": point,
    "engine": engine,
    "dials": dials,
    "feedforward": feedforward,
}
