"""Batches: the images of each step, from the training images and from the visitor's own examples."""

from typing import NamedTuple

import numpy as np

from datasets import training_digits
from training import augmentation, schedule
from training.randomness import CHOOSING, generator
from training.settings import INPUTS, RANGES

# About how many varied copies of the visitor's examples there are, and at least how many of each.
VARIED, FEWEST_COPIES = 1024, 4


class Images:
    """The training images: ``levels`` uint8 (n, 784) and ``labels`` uint8 (n,).

    The first ``available`` of them have arrived.
    """

    def __init__(self):
        self.available = 0
        self.levels, self.labels = np.zeros((0, INPUTS), np.uint8), np.zeros(0, np.uint8)

    def add(self, part):
        """Append a Slice of ``training_digits``."""
        if not self.available:
            # All of the memory at once: appending would need it twice.
            most = RANGES["count"][1]
            self.levels, self.labels = np.empty((most, INPUTS), np.uint8), np.empty(most, np.uint8)
        end = self.available + len(part.labels)
        self.levels[self.available : end] = part.images
        self.labels[self.available : end] = part.labels
        self.available = end


class Examples(NamedTuple):
    """The visitor's own examples: ``inputs`` float32 (n, 784), one in each row, and ``labels`` uint8 (n,)."""

    inputs: np.ndarray
    labels: np.ndarray


class Batch(NamedTuple):
    """What a step learns from: ``levels`` uint8 (n, 784) as in a Slice, and ``labels`` uint8 (n,)."""

    levels: np.ndarray
    labels: np.ndarray


class Batches:
    """Makes the batch of any step, always the same for the same place, step and settings.

    images: Images; own: Examples that fill half of every batch, or None.
    """

    def __init__(self, images, own=None):
        self.images, self.own = images, own
        self._varied = self._seed = None

    def ready(self, place, settings):
        """Tell whether all images of the step at a place have arrived."""
        return self.needed(place, settings) <= self.images.available

    def needed(self, place, settings):
        """Return how many of the training images the step at a place needs."""
        count, _ = self._halves(settings.batch)
        return schedule.needed(place, count, settings.count)

    def make(self, place, step, settings):
        """Make the Batch of a step. Returns it and the place after it.

        Raises ValueError if its images have not arrived.
        """
        if not self.ready(place, settings):
            raise ValueError(f"only {self.images.available} images have arrived")
        count, own = self._halves(settings.batch)
        chosen, after = schedule.choose(place, count, settings.seed, settings.count)
        batch = Batch(self.images.levels[chosen], self.images.labels[chosen])
        if settings.augment:
            varied = augmentation.vary(batch.levels, settings.seed, step)
            batch = batch._replace(levels=varied)
        if self.own:
            batch = _joined(batch, self._own(own, step, settings))
        return batch, after

    def _halves(self, batch):
        """Return how many training images and how many examples are in a batch: at least one of each."""
        own = max(1, batch // 2) if self.own else 0
        return max(1, batch - own), own

    def _own(self, count, step, settings):
        """Choose examples of the visitor's, varied."""
        if self._seed != settings.seed:
            self._varied, self._seed = _varied(self.own, settings.seed), settings.seed
        rng = generator(settings.seed, CHOOSING, step)
        chosen = rng.integers(len(self._varied.labels), size=count)
        return Batch(*(array[chosen] for array in self._varied))


def _varied(own, seed):
    """Make varied copies of examples: they are few, and should not be learned by heart."""
    copies = max(FEWEST_COPIES, VARIED // len(own.labels))
    levels = training_digits.quantise(own.inputs.T)
    varied = [augmentation.vary(levels, seed, copy) for copy in range(1, copies)]
    return Batch(np.concatenate([levels, *varied]), np.tile(own.labels, copies))


def _joined(one, other):
    return Batch(*(np.concatenate(pair) for pair in zip(one, other, strict=True)))
