"""The training digits: MNIST's 60,000 training images, prepared in advance."""

import zlib
from typing import NamedTuple

import numpy as np

# The brightest of the grey levels.
LEVELS = 15

# The files, and the number of images in each.
SLICES = (
    ("train-0.bin", 5_000),
    ("train-1.bin", 5_000),
    ("train-2.bin", 10_000),
    ("train-3.bin", 20_000),
    ("train-4.bin", 20_000),
)


class Slice(NamedTuple):
    """Images, uint8 (n, 784) with levels from 0 to LEVELS, and their labels, uint8 (n,)."""

    images: np.ndarray
    labels: np.ndarray


def unpack(data):
    """Read a slice. Raises ValueError for other bytes."""
    try:
        content = np.frombuffer(zlib.decompress(data), np.uint8)
    except zlib.error as error:
        raise ValueError(f"training digits cannot be inflated: {error}") from error
    count = len(content) // 785
    return Slice(content[count:].reshape(count, 784), content[:count])


def inputs(images):
    """Return images as inputs: float32 (n, 784) from 0 to 1."""
    return images * np.float32(1 / LEVELS)
