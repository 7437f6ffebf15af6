"""A worker that can learn, without a browser: the engine's functions, and a server with a few digits."""

import asyncio
import json
import sys
import types
from functools import lru_cache

import numpy as np
import prepared_digits
import pytest

from datasets import training_digits
from datasets.training_digits import Slice
from engine.learning import runs
from engine.learning.trainer import Trainer
from engine.session import Session
from nn.network import Network
from training import schedule, settings

FOLDER = "http://127.0.0.1/digits/"

# Files as on the site, but smaller: a thousand images in the first epoch, two in the second, then all.
SLICES = (("train-0.bin", 1_000), ("train-1.bin", 1_000), ("train-2.bin", 3_000))
EPOCHS = (1_000, 2_000)

SHIPPED = "shipped-sigmoid"


class Server:
    """The files, by name. Those in ``held`` do not come until they are let go; those in ``broken`` never."""

    def __init__(self):
        self.files = dict(packed())
        self.held, self.broken, self.asked = set(), set(), []

    async def fetch(self, address, arrived=None):
        """Answer as the worker's fetch."""
        name = address.removeprefix(FOLDER)
        self.asked.append(name)
        while name in self.held:
            await asyncio.sleep(0.001)
        if name in self.broken or name not in self.files:
            error = Exception("404")
            error.reason = types.SimpleNamespace(to_py=lambda: {"code": "status", "path": name})
            raise error
        content = self.files[name]

        async def body():
            return types.SimpleNamespace(to_bytes=lambda: content)

        return types.SimpleNamespace(arrayBuffer=body)


@lru_cache
def packed():
    """Pack the digits: a tuple of pairs of a name and bytes."""
    digits, begin, files = prepared_digits.training(5_000), 0, []
    for name, count in SLICES:
        part = slice(begin, begin + count)
        files.append((name, training_digits.pack(Slice(digits.images[part], digits.labels[part]))))
        begin += count
    files.append((training_digits.TEST, training_digits.pack(prepared_digits.testing(1_000))))
    return tuple(files)


class Worker:
    """A fresh worker with one shipped network in use. ``server`` is its Server, ``session`` its Session."""

    def __init__(self, patch, server):
        self.session, self.server = Session(), server
        self.session.open(
            SHIPPED, Network.random((784, 16, 16, 10), "sigmoid", np.random.default_rng(0))
        )
        self.session.use(SHIPPED)
        self.trainer = Trainer(self.session)
        patch.setattr(runs, "session", self.session)
        patch.setattr(runs, "trainer", self.trainer)

    @property
    def learned(self):
        """The network LEARNED in the session."""
        return self.session.opened("learned").network

    async def until(self, condition, since=0):
        """Ask for progress, as the page does, until a reply fulfils a condition, and return that."""
        for _ in range(2_000):
            await asyncio.sleep(0.002)
            reply = runs.progress(since)
            if condition(reply):
                return reply
        raise AssertionError(f"it never came to that: {reply}")

    async def learn(self, images, **changes):
        """Forget, learn from at least so many images, and pause. Returns the last progress."""
        await runs.forget(chosen(**changes))
        await runs.start(chosen(**changes), FOLDER)
        await self.until(lambda reply: reply["images"] >= images)
        return await runs.pause()


def chosen(shape=(784, 16, 16, 10), activation="relu", **changes):
    """Write settings as the page does: the default ones, except for changes."""
    default = settings.default(shape, activation)._replace(count=5_000)
    return json.dumps(settings.write(default) | changes)


@pytest.fixture
def server(monkeypatch):
    """A server, and a browser's global scope that fetches from it."""
    server = Server()
    ffi = types.SimpleNamespace(create_proxy=lambda f: types.SimpleNamespace(destroy=lambda: None))
    monkeypatch.setitem(sys.modules, "js", types.SimpleNamespace(fetch=server.fetch))
    monkeypatch.setitem(sys.modules, "pyodide.ffi", ffi)
    monkeypatch.setattr(training_digits, "SLICES", SLICES)
    monkeypatch.setattr(schedule, "FIRST_EPOCHS", EPOCHS)
    return server


@pytest.fixture
def worker(monkeypatch, server):
    """A Worker."""
    return Worker(monkeypatch, server)


@pytest.fixture
def another(monkeypatch, server):
    """Make another Worker, as after the loss of one."""
    return lambda: Worker(monkeypatch, server)
