"""Read idx files, the format of MNIST's digits: an array of bytes behind a header with its shape."""

import numpy as np

# MNIST's images have three dimensions. The limit keeps the lengths short enough for an error message.
MAX_DIMENSIONS = 4


def read(data):
    """Read an idx file of unsigned bytes: a uint8 array of the shape in its header.

    The format (MNIST's page) is two zero bytes, 8 for unsigned bytes, the number of dimensions, their lengths
    as big-endian uint32, and the bytes. Raises ValueError for anything else.
    """
    if len(data) < 4 or data[:3] != b"\0\0\x08":
        raise ValueError(
            f"idx file begins with {data[:4].hex(' ')}, expected 00 00 08 and a number"
        )
    if data[3] > MAX_DIMENSIONS:
        raise ValueError(f"idx file has {data[3]} dimensions, expected at most {MAX_DIMENSIONS}")
    begin = 4 + 4 * data[3]
    if len(data) < begin:
        raise ValueError(f"idx file has {len(data)} bytes, expected {begin} of header")
    shape = np.frombuffer(data[4:begin], ">u4").tolist()
    size = int(np.prod(shape, dtype=object))
    if len(data) - begin != size:
        raise ValueError(
            f"idx file has {len(data) - begin} bytes of data, expected {size} for {shape}"
        )
    try:
        return np.frombuffer(data, np.uint8, offset=begin).reshape(shape)
    except (ValueError, OverflowError):
        # The array is empty, but its lengths are larger than NumPy can hold.
        raise ValueError(f"idx file has lengths {shape}, expected shorter ones") from None
