"""Fuzz idx files: any bytes become an array of their size, or are refused."""

import struct
from math import prod

import numpy as np
from hypothesis import strategies as st

from datasets import idx
from targets.target import Target, attempt, spoiled

LENGTHS = st.one_of(st.integers(0, 5), st.sampled_from([2**16, 2**31 - 1, 2**31, 2**32 - 1]))


def written(array):
    """Write an idx file without the module under test."""
    shape = struct.pack(f">{array.ndim}I", *array.shape)
    return bytes([0, 0, 8, array.ndim]) + shape + array.tobytes()


@st.composite
def files(draw):
    """Make a file with a well-formed header of up to 255 dimensions, true or not."""
    shape = draw(st.one_of(st.lists(LENGTHS, max_size=4), st.lists(LENGTHS, max_size=255)))
    size = prod(shape)
    content = draw(st.binary(min_size=size, max_size=size)) if size <= 600 else b""
    return bytes([0, 0, 8, len(shape)]) + struct.pack(f">{len(shape)}I", *shape) + content


def promise(data):
    """The array can be written to the same bytes again, or the bytes are refused."""
    array = attempt(lambda: idx.read(data), "idx file", megabytes=1 + len(data) / 1e6)
    if array is not None:
        assert array.dtype == np.uint8
        assert written(array) == data
    return array


def seeds():
    """List valid files."""
    return [written(np.arange(prod(shape), dtype=np.uint8).reshape(shape)) for shape in SHAPES]


SHAPES = [(), (3,), (2, 3), (2, 2, 2), (0,), (0, 28, 28)]

TARGET = Target(
    "idx", st.one_of(spoiled(files()), files(), st.binary()), promise, 500, promise, seeds
)
