"""Checkpoints: a network at moments of its training, spaced evenly on a logarithmic scale of images.

Most happens early: from 1,000 to 2,000 images a network changes as much as from 100,000 to 200,000.
"""

import math
from typing import NamedTuple

import numpy as np

from training.schedule import Place

# The most that is kept, by number and by bytes. Of a large network fewer are kept, but never less than two.
MOST, MOST_BYTES = 40, 16_000_000

# The first checkpoint after the start. Later ones have at least RATIO times the images of the one before.
FIRST, RATIO = 500, 1.1


class Checkpoint(NamedTuple):
    """A moment of a run.

    ``images``, ``steps`` and ``place``: how far the run was; ``cost``: its training cost; ``weights``: see
    ``weights.flat``.
    """

    images: int
    steps: int
    place: Place
    cost: float
    weights: np.ndarray


class Checkpoints:
    """The Checkpoints of a run of a network with ``count`` weights and biases, oldest first, in ``kept``."""

    def __init__(self, count, kept=()):
        self.most = max(2, min(MOST, MOST_BYTES // (4 * count)))
        self.kept = []
        self._width = 1
        for checkpoint in kept:
            self.add(checkpoint)

    @property
    def bytes(self):
        """The memory that the weights take."""
        return sum(checkpoint.weights.nbytes for checkpoint in self.kept)

    def due(self, images):
        """Tell whether there should be a checkpoint at this number of images."""
        return not self.kept or self._cell(images) > self._cell(self.kept[-1].images)

    def add(self, checkpoint):
        """Keep a checkpoint. If there are too many, every second one goes; the start always stays."""
        self.kept.append(checkpoint)
        while len(self.kept) > self.most:
            self._width *= 2
            self.kept = self._first_of_each_cell()

    def cut(self, index):
        """Forget all checkpoints after one, which is returned."""
        del self.kept[index + 1 :]
        return self.kept[index]

    def best(self):
        """Return the index of the checkpoint with the lowest training cost."""
        return min(range(len(self.kept)), key=lambda index: self.kept[index].cost)

    def nearest(self, images):
        """Return the index of the checkpoint that is nearest to a number of images."""
        return min(range(len(self.kept)), key=lambda index: abs(self.kept[index].images - images))

    def _cell(self, images):
        """Return the number of the cell that images fall into; cells are even on a logarithmic scale."""
        if images < FIRST:
            return -1
        return int(math.log(images / FIRST, RATIO)) // self._width

    def _first_of_each_cell(self):
        cells = {}
        for checkpoint in self.kept:
            cells.setdefault(self._cell(checkpoint.images), checkpoint)
        return list(cells.values())
