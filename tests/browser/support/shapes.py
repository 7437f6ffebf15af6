"""Networks of any shape in the page, as training and files put them there.

Public: ``Shapes``. It has the engine open a network with dials that the test has made, and the page use it.
"""

import json
from itertools import pairwise

import numpy as np

# Runs in the page's own MicroPython. It finds the state and the engine by the views that know them.
TAKE = """
import asyncio
import json
import js
from page.engine_client.edit_queue import EditQueue
if not hasattr(EditQueue, "tested"):
    plain = EditQueue.render
    def render(self):
        EditQueue.tested = (self._state, self._worker)
        EditQueue.render = plain
        plain(self)
    EditQueue.render = render
async def take():
    js.document.querySelector("#straighten").click()
    while not hasattr(EditQueue, "tested"):
        await asyncio.sleep(0.01)
    js.document.querySelector("#straighten").click()
    state, worker = EditQueue.tested
    shape = json.loads(js.testedShape)
    recipe = js.Array.of(js.testedId, "", js.testedDials, js.Array.of(*shape), js.testedActivation, "trained")
    reply = await worker.ask("open_network", recipe)
    worker.take(reply, "tested")
asyncio.create_task(take())
"""


class Shapes:
    """Networks with random dials. Each ``use`` needs a shape that was not used in this page before."""

    def __init__(self, page):
        self._page = page

    def use(self, shape, activation="sigmoid", seed=1):
        """Have the page use a network; give its weights and biases: {"W0": …, "b0": …}."""
        rng = np.random.default_rng(seed)
        arrays = {}
        for layer, (before, after) in enumerate(pairwise(shape)):
            arrays[f"W{layer}"] = rng.normal(0, before**-0.5, (after, before)).astype(np.float32)
            arrays[f"b{layer}"] = rng.normal(0, 0.5, (after, 1)).astype(np.float32)
        name = "-".join(map(str, shape)) + "-" + activation + f"-{seed}"
        self.give(name, shape, activation, arrays)
        return arrays

    def give(self, name, shape, activation, arrays):
        """Have the page use a network of given dials."""
        page = self._page
        dials = np.concatenate([array.ravel() for array in arrays.values()]).tolist()
        page.js(
            "[globalThis.testedId, globalThis.testedShape, globalThis.testedActivation] = arguments;"
            "globalThis.testedDials = new Float32Array(arguments[3]);"
            "const script = document.createElement('script'); script.type = 'mpy';"
            "script.textContent = arguments[4]; document.body.append(script);",
            name,
            json.dumps(shape),
            activation,
            dials,
            TAKE,
        )
        page.until(f"return document.documentElement.dataset.network === '{name}'")
        page.settle()
