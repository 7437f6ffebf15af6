"""The test digits: MNIST's ten thousand pictures that no network here has learned from.

Public: ``unpack`` and ``Digits``.

``tools/build.py`` packs them: the labels' file and the pictures' file, as published, one after the other
and deflated. They are shuffled here and not there, because NumPy is pinned and gives everybody the same
order, and because what was packed is then still what was published.
"""

import zlib
from typing import NamedTuple

import numpy as np

from datasets import idx
from preprocess import image, normalise_batch
from preprocess.normalise import SIZE

# Twice what MNIST needs: what is no such file must not fill the memory.
MAX_BYTES = 16_000_000


class Digits(NamedTuple):
    """Pictures, uint8 (n, 28, 28) with 0 black and 255 white, and their labels, uint8 (n,).

    The order is shuffled, and always the same: the first thousand stand for all.
    """

    pictures: np.ndarray
    labels: np.ndarray

    def inputs(self, count, begin=0):
        """Prepare so many digits from ``begin`` on as the network sees them: float32 (784, m).

        m is less than count where they end. A hundred take a hundredth of a second or two, in a browser
        a tenth; for more, ask for one hundred after the other.
        """
        return normalise_batch.columns(self.pictures[begin : begin + count])

    def find(self, label, rng):
        """Choose one by chance, of one digit, or of all for None: its index. rng: a NumPy Generator.

        Raises ValueError for a label that none has.
        """
        among = (
            np.arange(len(self.labels)) if label is None else np.flatnonzero(self.labels == label)
        )
        if not len(among):
            raise ValueError(f"no test digit is a {label}, expected 0 to 9 or none")
        return int(rng.choice(among))


def unpack(data):
    """Take the test digits out of the bytes that the build has packed: Digits.

    Raises ValueError saying what is wrong if they are not that.
    """
    inflater = zlib.decompressobj()
    try:
        content = inflater.decompress(data, MAX_BYTES)
    except zlib.error as error:
        raise ValueError(f"test digits cannot be inflated: {error}") from error
    # The labels come first, because their header says where they end: 8 bytes and one for each.
    end = 8 + int.from_bytes(content[4:8], "big")
    labels, pictures = idx.read(content[:end]), idx.read(content[end:])
    count = len(labels) if labels.ndim else 0
    if labels.ndim != 1 or not count or pictures.shape != (count, SIZE, SIZE):
        raise ValueError(
            f"test digits are {labels.shape} labels and {pictures.shape} pictures, "
            f"expected (n,) and (n, {SIZE}, {SIZE})"
        )
    if labels.max() > 9:
        raise ValueError(f"a test digit's label is {labels.max()}, expected 0 to 9")
    faint = np.flatnonzero(pictures.max(axis=(1, 2)) <= image.FAINT * 255)
    if len(faint):
        raise ValueError(f"test digit {faint[0]} is blank, expected some ink")
    order = np.random.default_rng(0).permutation(count)
    if not inflater.eof:
        raise ValueError("test digits are cut short, expected the sum at their end")
    return Digits(pictures[order], labels[order])
