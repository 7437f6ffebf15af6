"""The engine against TensorFlow.js, in the same browser: how fast the same networks answer and learn.

Each function returns a dictionary of figures, and ``ALL`` lists them.
"""

import base64
import json
from pathlib import Path
from urllib.request import urlopen

import numpy as np

from datasets import training_digits
from nn import files
from nn.network import Network
from rig import CALLS, Bench

HERE = Path(__file__).parent

# TensorFlow.js's backends. Without a graphics card, webgl is computed in software.
BACKENDS = ("wasm", "cpu", "webgl")

# Batch sizes, and how often each is computed.
BATCHES = {1: 1000, 1000: 30}

# The parts that a typical time is found by.
PARTS = 10

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

# What is learned, in how many images at once, and how often all of them are learned from and evaluated.
SHAPE, ACTIVATION, IMAGES, BATCH, RATE, PASSES = (784, 16, 16, 10), "sigmoid", 10_000, 128, 0.003, 7

# Prints the milliseconds of each pass over the images and of each evaluation, and the cost in the end.
LEARNING_MS = """
from time import perf_counter
from boot.on_demand import fetch
from datasets import training_digits
from nn import batches, learning
from nn.network import Network
from nn.optimisers import Adam

parts = [training_digits.unpack(fetch(address)) for address in {addresses}]
images = np.concatenate([part.images for part in parts])
labels = np.concatenate([part.labels for part in parts])
y = learning.targets(labels, 10)
learner = Network.random({shape}, "{activation}", np.random.default_rng(0))
adam, white = Adam(learner), training_digits.LEVELS
album = batches.Album(images, labels, white)

def pass_ms():
    start = perf_counter()
    for begin in range(0, len(images), {batch}):
        part = slice(begin, begin + {batch})
        _, gradient = batches.backpropagate(learner, images[part], y[:, part], white)
        adam.step(gradient, {rate})
    return 1000 * (perf_counter() - start)

def evaluation_ms():
    start = perf_counter()
    album.feedforward(learner)
    return 1000 * (perf_counter() - start)

passes, evaluations = [[timed() for _ in range({passes})] for timed in (pass_ms, evaluation_ms)]
z = learner.trace(training_digits.inputs(images).T).z[-1]
[passes, evaluations, learning.cross_entropy.value(z, y)]
"""


def feedforward(bench: Bench) -> dict:
    """Time feedforward in the engine and in TensorFlow.js, with the same network in the same browser."""
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
        for backend in BACKENDS:
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
        figure["best_tfjs_ms"] = best(figure)
    return results


def ours(path: Path) -> tuple[dict, list[float], np.ndarray]:
    """Return a network as lists, an input, and the outputs that NumPy computes for it."""
    network = files.load(path.read_bytes())
    column = np.random.default_rng(0).random((network.shape[0], 1), np.float32)
    lists = {"W": [W.tolist() for W in network.W], "b": [b.ravel().tolist() for b in network.b]}
    return lists, column.ravel().tolist(), network.feedforward(column).ravel()


def typical(times: list[float]) -> float:
    """Return the median of means of PARTS parts.

    The means are needed because one input takes less time than a browser's clock resolves. The median ignores
    parts during which the machine did something else.
    """
    return float(np.median([np.mean(part) for part in np.array_split(times, PARTS)]))


def learning(bench: Bench) -> dict:
    """Time how both learn from ten thousand training images, one pass, and how they read as many."""
    addresses = [f"{bench.visit.address}digits/{name}" for name, _ in training_digits.SLICES[:2]]
    parts = [training_digits.unpack(urlopen(address).read()) for address in addresses]
    with bench.engine() as driver:
        text = driver.execute_async_script(
            f"{CALLS} const [source, done] = arguments;"
            "engine.run(source).then(({ text }) => done(text))",
            LEARNING_MS.format(
                addresses=addresses,
                shape=SHAPE,
                activation=ACTIVATION,
                batch=BATCH,
                rate=RATE,
                passes=PASSES,
            ),
        )
    passes, evaluations, expected = json.loads(text)
    results = {
        "pass": {"engine_ms": float(np.median(passes))},
        "evaluation": {"engine_ms": float(np.median(evaluations))},
    }
    order = {
        "W": [W.tolist() for W in Network.random(SHAPE, ACTIVATION, np.random.default_rng(0)).W],
        "activation": ACTIVATION,
        "images": base64.b64encode(b"".join(part.images for part in parts)).decode(),
        "labels": np.concatenate([part.labels for part in parts]).tolist(),
        "white": training_digits.LEVELS,
        "batch": BATCH,
        "rate": RATE,
        "passes": PASSES,
    }
    with bench.page("bench/tfjs.html") as driver:
        script = (HERE / "learning.js").read_text("utf-8")
        for backend in BACKENDS:
            reply = driver.execute_async_script(script, order | {"backend": backend})
            for name, figure in results.items():
                if "error" in reply:
                    figure[f"tfjs_{backend}_error"] = reply["error"]
                else:
                    figure[f"tfjs_{backend}_ms"] = float(np.median(reply[name]))
            if "error" not in reply:
                # Both took the same steps from the same weights.
                np.testing.assert_allclose(reply["cost"], expected, rtol=0.1)
    for figure in results.values():
        figure["best_tfjs_ms"] = best(figure)
    results["pass"]["share_of_tfjs"] = (
        results["pass"]["engine_ms"] / results["pass"]["best_tfjs_ms"]
    )
    return results


def best(figure: dict) -> float:
    """Return the time of TensorFlow.js's fastest backend."""
    return min(ms for key, ms in figure.items() if key.endswith("_ms") and key.startswith("tfjs"))


ALL = {"feedforward": feedforward, "learning": learning}
