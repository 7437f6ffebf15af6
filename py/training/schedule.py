"""The schedule: which images each step learns from, and in which order.

It depends on nothing but the settings and the place, so a run is the same however fast the images arrive.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from training import randomness

# The first epochs use only so many images: the run begins before the others are here.
FIRST_EPOCHS = (5_000, 10_000, 20_000, 40_000)


class Place(NamedTuple):
    """How far a run is: the number of its epoch, and how many of that epoch's images it has used."""

    epoch: int = 0
    used: int = 0


def size(epoch, count):
    """Return how many images an epoch uses, if there are ``count`` to learn from: always the first ones."""
    return min(count, FIRST_EPOCHS[epoch]) if epoch < len(FIRST_EPOCHS) else count


def choose(place, batch, seed, count):
    """Choose the images of a step: their indices, int32 (batch,), and the place after it.

    Every epoch uses each of its images once, in a new order. A batch at the end of an epoch is filled up from
    the next one. If ``count`` was reduced within an epoch, the next one may begin early.
    """
    epoch, used = place
    parts = []
    while batch:
        order = _order(seed, epoch, size(epoch, count))
        parts.append(order[used : used + batch])
        batch -= len(parts[-1])
        used += len(parts[-1])
        if used >= len(order):
            epoch, used = epoch + 1, 0
    return np.concatenate(parts), Place(epoch, used)


def needed(place, batch, count):
    """Return how many images must have arrived before the step at a place."""
    epoch, used = place
    left = size(epoch, count) - used
    while batch > max(0, left):
        batch -= max(0, left)
        epoch += 1
        left = size(epoch, count)
    return size(epoch, count)


@lru_cache(maxsize=2)
def _order(seed, epoch, count):
    order = randomness.generator(seed, randomness.ORDER, epoch).permutation(count)
    return order.astype(np.int32)
