"""Networks of any shape in the page, as training and files put them there.

Public: ``Shapes``. It has the engine open a network with dials that the test has made, and the page use it.
"""

import json
from itertools import pairwise

import numpy as np

# Runs in the page's own MicroPython. It finds the state and the worker in a view that knows them, when that
# is rendered; a panel that is told to have been opened has everything rendered.
CATCH = """
import asyncio
import json
import js
from page.engine_client.edit_queue import EditQueue

async def catch():
    plain, caught = EditQueue.render, []
    EditQueue.render = lambda queue: caught.append((queue._state, queue._worker)) or plain(queue)
    js.document.querySelector("#dials").dispatchEvent(js.Event.new("toggle"))
    while not caught:
        await asyncio.sleep(0.01)
    EditQueue.render = plain
    return caught[0]

async def act():
    state, worker = await catch()
    order = js.tested
"""
USE = """
    shape = js.Array.of(*json.loads(order.shape))
    recipe = js.Array.of(order.id, "", order.dials, shape, order.activation, "trained")
    worker.take(await worker.ask("open_network", recipe), "tested")

asyncio.create_task(act())
"""
RANDOMISE = """
    for _ in range(order.times):
        worker.take(await worker.ask("edit", "randomise", js.Array.new(), ""))
        await asyncio.sleep(0.1)
    js.document.documentElement.setAttribute("data-tested", "randomised")

asyncio.create_task(act())
"""
REMOVE = """
    worker.networks.remove(order.id)

asyncio.create_task(act())
"""


class Shapes:
    """Networks with random dials. The engine keeps each of them, so there is one of a shape and seed."""

    def __init__(self, page):
        self._page = page
        self._used = []

    def use(self, shape, activation="sigmoid", seed=1):
        """Have the page use a network, and wait for its answer; give its dials: {"W0": …, "b0": …}."""
        rng = np.random.default_rng(seed)
        arrays = {}
        for layer, (before, after) in enumerate(pairwise(shape)):
            arrays[f"W{layer}"] = np.float32(rng.normal(0, before**-0.5, (after, before)))
            arrays[f"b{layer}"] = np.float32(rng.normal(0, 0.5, (after, 1)))
        name = "-".join(map(str, shape)) + f"-{activation}-{seed}"
        self.give(name, shape, activation, arrays)
        return arrays

    def give(self, name, shape, activation, arrays):
        """Have the page use a network of given dials."""
        dials = np.concatenate([array.ravel() for array in arrays.values()]).tolist()
        order = {"id": name, "shape": json.dumps(shape), "activation": activation, "dials": dials}
        self._act(USE, order)
        self._used.append(name)
        self._page.until(f"return document.documentElement.dataset.network === '{name}'")
        self._page.settle()

    def randomise(self, times):
        """Give the network new dials again and again, about as fast as a network that learns has them."""
        self._act(RANDOMISE, {"times": times})
        self._page.until("return document.documentElement.dataset.tested === 'randomised'")
        self._page.js("delete document.documentElement.dataset.tested")

    def remove(self):
        """Have the page forget these networks."""
        while self._used:
            self._act(REMOVE, {"id": self._used.pop()})
            self._page.frame()
        self._page.until("return !document.querySelector('#networks [data-own]')")

    def _act(self, source, order):
        self._page.js(
            "const { dials, ...order } = arguments[1];"
            "globalThis.tested = { ...order, dials: new Float32Array(dials ?? []) };"
            "const script = document.createElement('script'); script.type = 'mpy';"
            "script.textContent = arguments[0]; document.body.append(script);",
            CATCH + source,
            order,
        )
