"""Measuring: how well a network reads the test images, while it learns and without holding it up."""

import asyncio
from contextlib import contextmanager
from time import perf_counter
from typing import NamedTuple

from datasets.training_digits import LEVELS
from nn import scoring
from nn.batches import AT_ONCE, thinned
from nn.diagnostics import diagnose
from nn.learning import COSTS, targets

# Test images that are read before the worker can hear another message.
PIECE = AT_ONCE

# Seconds between two measurements: at first much happens.
AT_FIRST, LATER, FIRST = 0.3, 0.9, 5.0

# The largest share of the time that measuring may take. It tests fewer images if need be.
SHARE = 0.1

# Test images for the first measurement, when nobody knows how long they take.
AT_START = 1_000

# Test images that show whether a neuron is dead or saturated.
DIAGNOSED = 500


class Measured(NamedTuple):
    """What was found: of ``tested`` images, their mean cost and how many are right, as a share.

    ``dead`` and ``saturated`` count hidden neurons (see ``nn.diagnostics``). ``own`` is the accuracy on the
    visitor's examples, or −1 without any.
    """

    accuracy: float = -1.0
    cost: float = float("nan")
    tested: int = 0
    dead: int = -1
    saturated: int = -1
    own: float = -1.0


class Measuring:
    """Measures from time to time, on as many test images as there is time for."""

    def __init__(self):
        self.seconds = 0.0
        self._began = self._next = perf_counter()
        self._each = 0.0

    @property
    def due(self):
        """Whether it is time to measure."""
        return perf_counter() >= self._next

    async def measure(self, network, cost, material, own=None, everything=False):
        """Measure a network: Measured. cost: a key of COSTS; material: its test images; own: Examples.

        The worker hears messages in between, so nothing may change the network meanwhile. ``seconds`` adds
        up the time that this takes.
        """
        pause = AT_FIRST if perf_counter() < self._began + FIRST else LATER
        test = material.test
        count = len(test.labels)
        if not everything:
            most = SHARE * pause / self._each if self._each else AT_START
            count = min(count, max(PIECE, int(most)))
        right, total, began = 0, 0.0, self.seconds
        pieces = _pieces(network, material, count)
        for _ in range(0, count, PIECE):
            with self._timed():
                thin, x, labels = next(pieces)
                z = thin.trace(x).z[-1]
                right += int((scoring.choices(z) == labels).sum())
                total += COSTS[cost].value(z, targets(labels, len(z))) * len(labels)
            await asyncio.sleep(0)
        each = (self.seconds - began) / count
        self._each = (self._each + each) / 2 if self._each else each
        with self._timed():
            thin, x, _ = thinned(network, test.images[:DIAGNOSED], LEVELS)
            found = diagnose(thin, x)
            read = _accuracy(network, own) if own else -1.0
        self._next = perf_counter() + pause
        dead, saturated = (sum(int(layer.sum()) for layer in layers) for layers in found)
        return Measured(right / count, total / count, count, dead, saturated, read)

    @contextmanager
    def _timed(self):
        began = perf_counter()
        yield
        self.seconds += perf_counter() - began


def _accuracy(network, own):
    return scoring.accuracy(scoring.choices(network.feedforward(own.inputs.T)), own.labels)


def _pieces(network, material, count):
    """Yield the first test images a few at a time: network and x as ``batches.thinned``, and labels.

    Their order is random. The album of all of them is sorted, which is faster.
    """
    test = material.test
    if count == len(test.labels):
        for part, thin, x in material.album.parts(network):
            yield thin, x, material.album.labels[part]
        return
    for begin in range(0, count, PIECE):
        piece = slice(begin, min(count, begin + PIECE))
        thin, x, _ = thinned(network, test.images[piece], LEVELS)
        yield thin, x, test.labels[piece]
