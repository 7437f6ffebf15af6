"""The test digits: MNIST's ten thousand images, which no network here has learned from.

``tools/build.py`` packs them: the published file of labels, then the published file of images, deflated.
They are shuffled here, not in the build. NumPy is pinned, so everybody gets the same order, and what is
packed stays what was published.
"""

import zlib
from typing import NamedTuple

import numpy as np

from datasets import idx
from preprocess import image, normalise_batch
from preprocess.normalise import SIZE

# Twice what MNIST needs. The limit stops a file that is something else from filling the memory.
MAX_BYTES = 16_000_000


class Digits(NamedTuple):
    """Images, uint8 (n, 28, 28) from 0 black to 255 white, and their labels, uint8 (n,).

    The order is shuffled and always the same, so the first thousand are a fair sample.
    """

    images: np.ndarray
    labels: np.ndarray

    def inputs(self, count, begin=0):
        """Prepare up to ``count`` digits from index ``begin`` as network inputs: float32 (784, m).

        m is smaller than count at the end of the digits. A hundred take 0.01 to 0.02 s, and 0.1 s in a
        browser. Ask for larger numbers a hundred at a time.
        """
        return normalise_batch.columns(self.images[begin : begin + count])

    def find(self, label, rng):
        """Choose a random digit with this label, or with any label for None. Returns its index.

        rng: a NumPy Generator. Raises ValueError for a label that no digit has.
        """
        among = (
            np.arange(len(self.labels)) if label is None else np.flatnonzero(self.labels == label)
        )
        if not len(among):
            raise ValueError(f"no test digit is a {label}, expected 0 to 9 or none")
        return int(rng.choice(among))


def unpack(data):
    """Read the test digits from the bytes that the build packed: Digits.

    Raises ValueError saying what is wrong with any other bytes.
    """
    inflater = zlib.decompressobj()
    try:
        content = inflater.decompress(data, MAX_BYTES)
    except zlib.error as error:
        raise ValueError(f"test digits cannot be inflated: {error}") from error
    # The labels come first because their header says where they end: 8 bytes, then one for each label.
    end = 8 + int.from_bytes(content[4:8], "big")
    labels, images = idx.read(content[:end]), idx.read(content[end:])
    count = len(labels) if labels.ndim else 0
    if labels.ndim != 1 or not count or images.shape != (count, SIZE, SIZE):
        raise ValueError(
            f"test digits have {labels.shape} labels and {images.shape} images, "
            f"expected (n,) and (n, {SIZE}, {SIZE})"
        )
    if labels.max() > 9:
        raise ValueError(f"a test digit's label is {labels.max()}, expected 0 to 9")
    faint = np.flatnonzero(images.max(axis=(1, 2)) <= image.FAINT * 255)
    if len(faint):
        raise ValueError(f"test digit {faint[0]} is blank, expected some ink")
    if not inflater.eof:
        raise ValueError("test digits are cut short, expected the checksum at their end")
    shuffled = order(count)
    return Digits(images[shuffled], labels[shuffled])


def order(count):
    """Return the shuffled order of so many images: their indices as published. It is always the same."""
    return np.random.default_rng(0).permutation(count)
