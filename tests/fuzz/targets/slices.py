"""Fuzz slices of training digits: any bytes become images to learn from, or are refused."""

import zlib
from functools import cache

import numpy as np
from hypothesis import strategies as st

from datasets import training_digits
from datasets.training_digits import LEVELS, MAX_IMAGES, Slice
from targets.target import Target, attempt, spoiled

# The largest slice, and the same again while it is inflated.
MEGABYTES = 2.2 * MAX_IMAGES * 785 / 1e6


def contents(count, seed, most=LEVELS):
    """Make the labels and the images of a slice, one after the other."""
    rng = np.random.default_rng(seed)
    labels, images = rng.integers(0, 10, count), rng.integers(0, most + 1, count * 784)
    return np.concatenate([labels, images]).astype(np.uint8).tobytes()


@st.composite
def packed(draw):
    """Pack contents, possibly with faults. Some would inflate to 160 MB if nothing stopped them."""
    if draw(st.integers(0, 99)) == 0:
        return bomb()
    whole = st.builds(
        contents, st.integers(0, 6), st.integers(0, 99), st.sampled_from([LEVELS] * 4 + [16, 255])
    )
    return zlib.compress(draw(st.one_of(whole, spoiled(whole))), draw(st.integers(0, 9)))


@cache
def bomb():
    """Pack ten times as many blank images as fit into a slice."""
    return zlib.compress(bytes(MAX_IMAGES * 785 * 10), 1)


def promise(data):
    """There are as many images as labels, and all can be learned from, or the bytes are refused."""
    part = attempt(lambda: training_digits.unpack(data), "a? ?training digit", MEGABYTES)
    if part is None:
        return None
    assert part.images.dtype == part.labels.dtype == np.uint8
    assert part.images.shape == (len(part.labels), 784)
    assert part.labels.max() <= 9
    assert part.labels.tobytes() + part.images.tobytes() == zlib.decompress(data)
    inputs = training_digits.inputs(part.images)
    assert inputs.dtype == np.float32
    assert ((inputs >= 0) & (inputs <= 1)).all()
    again = training_digits.unpack(training_digits.pack(part))
    assert all(np.array_equal(*pair) for pair in zip(part, again, strict=True))
    return part


def promise_bytes(data):
    """Check the same promise for packed bytes, and for bytes that are still to be packed."""
    return promise(data) or promise(zlib.compress(data, 0))


def seeds():
    """List valid contents, packed and not packed."""
    part = Slice(np.full((2, 784), LEVELS, np.uint8), np.array([3, 9], np.uint8))
    return [contents(2, 0), zlib.compress(contents(1, 1), 0), training_digits.pack(part)]


TARGET = Target(
    "training digits",
    st.one_of(packed(), spoiled(packed()), st.binary()),
    promise,
    200,
    promise_bytes,
    seeds,
)
