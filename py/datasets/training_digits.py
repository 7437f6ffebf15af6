"""The training digits: MNIST's sixty thousand images, prepared as inputs when the site is built.

Preparing them takes a browser half a minute. The build does it (``tools/site_build/digits/prepared.py``),
with the code through which test digits go: ``preprocess.normalise_batch``.

To be small enough to fetch, inputs are rounded to 16 levels of grey. That costs no accuracy that could be
measured. 784-16-16-10, trained by Adam for five passes over all images, reads 95.9 % of the test images with
sigmoid, with and without rounding. With ReLU it reads 95.7 % with it and 95.0 % without; three seeds differ
by up to 2.7 points.

The images come in slices, so that learning can start with the first. Their order was shuffled once, which
makes each slice a fair sample. The test images are prepared in the same way, in the order of ``test_digits``.
"""

import zlib
from typing import NamedTuple

import numpy as np

from preprocess.normalise import SIZE

# The brightest level; 0 is black.
LEVELS = 15

# The files in the site's folder ``digits``, in their order, and how many images each holds.
SLICES = (
    ("train-0.bin", 5_000),
    ("train-1.bin", 5_000),
    ("train-2.bin", 10_000),
    ("train-3.bin", 20_000),
    ("train-4.bin", 20_000),
)
TEST = "test-prepared.bin"

# The most images in a file. The limit stops a file that is something else from filling the memory.
MAX_IMAGES = max(count for _, count in SLICES)

PIXELS = SIZE * SIZE


class Slice(NamedTuple):
    """Images, uint8 (n, 784) from 0 black to LEVELS white, one row each, and their labels, uint8 (n,)."""

    images: np.ndarray
    labels: np.ndarray


def inputs(images):
    """Turn rows of levels into rows of network inputs: float32 (n, 784), 0 to 1."""
    return images * np.float32(1 / LEVELS)


def quantise(columns):
    """Round network inputs to levels: float (784, n), one column each, becomes uint8 (n, 784), rows."""
    return np.rint(columns.T * LEVELS).astype(np.uint8)


def pack(part):
    """Write a Slice as a file: the labels, then the images, deflated."""
    # Filtered is for data in which small numbers are frequent: the file is 3.5 % smaller.
    deflater = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS, 9, zlib.Z_FILTERED)
    return (
        deflater.compress(part.labels.tobytes())
        + deflater.compress(part.images.tobytes())
        + deflater.flush()
    )


def unpack(data):
    """Read a Slice from the bytes that the build packed.

    Raises ValueError saying what is wrong with any other bytes. The arrays cannot be written to.
    """
    inflater = zlib.decompressobj()
    try:
        content = inflater.decompress(data, MAX_IMAGES * (1 + PIXELS) + 1)
    except zlib.error as error:
        raise ValueError(f"training digits cannot be inflated: {error}") from error
    count, rest = divmod(len(content), 1 + PIXELS)
    if count > MAX_IMAGES or (count == MAX_IMAGES and rest):
        raise ValueError(
            f"training digits are more than {MAX_IMAGES:,}, expected at most that many"
        )
    if not inflater.eof:
        raise ValueError("training digits are cut short, expected the checksum at their end")
    if rest or not count:
        raise ValueError(
            f"training digits take {len(content)} bytes, expected {1 + PIXELS} for each, and one or more"
        )
    if inflater.unused_data:
        raise ValueError(
            f"training digits are followed by {len(inflater.unused_data)} bytes, expected none"
        )
    array = np.frombuffer(content, np.uint8)
    part = Slice(array[count:].reshape(count, PIXELS), array[:count])
    if part.labels.max() > 9:
        raise ValueError(f"a training digit's label is {part.labels.max()}, expected 0 to 9")
    if part.images.max() > LEVELS:
        raise ValueError(
            f"a training digit has a pixel of {part.images.max()}, expected 0 to {LEVELS}"
        )
    return part
