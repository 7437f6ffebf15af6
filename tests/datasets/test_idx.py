"""Test that idx files are read as they were written, and that other files are refused."""

import struct
from math import prod

import pytest

from datasets import idx


def write(shape, content=None):
    """Write an idx file of unsigned bytes."""
    size = prod(shape)
    head = bytes([0, 0, 8, len(shape)]) + struct.pack(f">{len(shape)}I", *shape)
    return head + (bytes(range(size)) if content is None else content)


def test_bytes_are_read_row_by_row():
    """Lengths are big-endian, and bytes in C order."""
    assert idx.read(write((2, 3))).tolist() == [[0, 1, 2], [3, 4, 5]]
    assert idx.read(write((4,))).tolist() == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "begins with"),
        (b"\0\0\x08", "begins with"),
        (b"\x1f\x8b\x08\0" + bytes(20), "begins with 1f 8b 08 00"),
        (b"\0\0\x0d\x01" + bytes(8), "begins with 00 00 0d 01"),
        (b"\0\0\x08\x03\0\0", "6 bytes, expected 16 of header"),
        (write((2, 3))[:-1], "5 bytes of data, expected 6"),
        (write((2, 3)) + b"x", "7 bytes of data, expected 6"),
        (
            write((2**31, 2**31, 2**31), b""),
            "0 bytes of data, expected 9903520314283042199192993792",
        ),
        (write((1,) * 5), "5 dimensions, expected at most 4"),
        (write((2,) * 255, b""), "255 dimensions, expected at most 4"),
        (write((0, *[2**32 - 1] * 3), b""), r"lengths \[0, .*4294967295\], expected shorter"),
    ],
)
def test_a_malformed_idx_file_is_refused(data, message):
    with pytest.raises(ValueError, match=message):
        idx.read(data)
