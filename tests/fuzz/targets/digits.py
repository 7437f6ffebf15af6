"""Fuzz packed test digits: any bytes become digits for the network, or are refused."""

import zlib
from functools import cache

import numpy as np
from hypothesis import strategies as st

from datasets import test_digits
from targets.idx import written
from targets.target import Target, attempt, spoiled

# The limit for inflated data, the same again for shuffling, and what NumPy needs in between.
MEGABYTES = 4 * test_digits.MAX_BYTES / 1e6


@st.composite
def contents(draw):
    """Make labels and images in the published format, possibly with faults."""
    count = draw(st.integers(0, 6))
    rng = np.random.default_rng(draw(st.integers(0, 99)))
    labels = rng.integers(0, draw(st.sampled_from([10, 10, 10, 12, 256])), count, np.uint8)
    shape = draw(st.sampled_from([(count, 28, 28)] * 4 + [(count + 1, 28, 28), (count, 28, 27)]))
    brightest = draw(st.sampled_from([256, 256, 256, 7, 5, 1]))
    pictures = rng.integers(0, brightest, shape, np.uint8)
    if count and draw(st.booleans()):
        pictures[0, draw(st.integers(0, 27)) :] = 0
    return written(labels) + written(pictures)


@st.composite
def packed(draw):
    """Pack contents as the build does. Some would inflate to 160 MB if nothing stopped them."""
    if draw(st.integers(0, 99)) == 0:
        return bomb()
    content = draw(st.one_of(contents(), spoiled(contents())))
    return zlib.compress(content, draw(st.integers(0, 9)))


@cache
def bomb():
    """Pack two labels followed by endless empty images."""
    return zlib.compress(written(np.array([1, 2], np.uint8)) + bytes(test_digits.MAX_BYTES * 10), 1)


def promise(data):
    """There are as many images as labels, and all can be normalised, or the bytes are refused."""
    digits = attempt(lambda: test_digits.unpack(data), "idx file|a? ?test digit", MEGABYTES)
    if digits is None:
        return None
    assert digits.images.dtype == digits.labels.dtype == np.uint8
    assert digits.images.shape == (len(digits.labels), 28, 28)
    assert digits.labels.max() <= 9
    # All packed digits are there, in another order.
    content = zlib.decompress(data)
    begin = 8 + len(digits.labels)
    assert sorted(digits.labels.tolist()) == sorted(content[8:begin])
    pictures = [content[at : at + 784] for at in range(begin + 16, len(content), 784)]
    assert sorted(picture.tobytes() for picture in digits.images) == sorted(pictures)
    inputs = digits.inputs(100)
    assert inputs.dtype == np.float32
    assert inputs.shape == (784, min(100, len(digits.labels)))
    assert ((inputs >= 0) & (inputs <= 1)).all()
    return digits


def promise_bytes(data):
    """Check the same promise for packed bytes, and for bytes that are still to be packed."""
    return promise(data) or promise(zlib.compress(data, 0))


def seeds():
    """List valid contents, packed and not packed."""
    rng = np.random.default_rng(0)
    labels, pictures = rng.integers(0, 10, 2, np.uint8), rng.integers(0, 256, (2, 28, 28), np.uint8)
    content = written(labels) + written(pictures)
    return [content, zlib.compress(content, 0), zlib.compress(content)]


TARGET = Target(
    "test digits",
    st.one_of(packed(), spoiled(packed()), st.binary()),
    promise,
    300,
    promise_bytes,
    seeds,
)
