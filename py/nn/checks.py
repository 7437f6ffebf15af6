"""Check values that come from outside, and quote them in error messages."""

import operator

import numpy as np


class TooLarge(ValueError):
    """A number is NaN, or too large for a float32."""

    code = "too-large"


class OutOfRange(ValueError):
    """A number is outside ``low`` to ``high``; a ``high`` of None is no limit."""

    code = "out-of-range"

    def __init__(self, message, low, high=None):
        super().__init__(message)
        self.low, self.high = low, high


class BadFile(ValueError):
    """A file does not hold a network. ``code`` says why, and ``array`` names the array at fault, or is "".

    The codes: ``size`` (of the file, or unpacked), ``archive`` (damaged, or no .npz), ``names`` (an array is
    missing or is one too many), ``layers`` (too many), ``objects`` (a pickle), ``array`` (cannot be read),
    ``dtype``, ``shape``, ``not-finite`` and ``activation`` (unknown).
    """

    def __init__(self, code, message, array=""):
        super().__init__(message)
        self.code, self.array = code, array


def integer(value, count, name, first=0):
    """Check an integer from ``first`` to ``count`` − 1 and return it. Raises ValueError otherwise."""
    try:
        found = operator.index(value)
    except TypeError:
        found = -1
    if not first <= found < count:
        raise ValueError(f"{name} is {quoted(value)}, expected {first} to {count - 1}")
    return found


def number(value, name="value"):
    """Check a single number that fits in a float32, and return it as a float. Raises ValueError otherwise."""
    return numbers(value, (), name).item()


def numbers(values, shape, name):
    """Check numbers of a shape that all fit in a float32: float64. Raises ValueError otherwise."""
    try:
        found = np.asarray(values, np.float64)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"{name} is {quoted(values)}, expected numbers") from None
    if found.shape != shape:
        raise ValueError(f"{name} has shape {found.shape}, expected {shape}")
    if not (np.abs(found) <= np.finfo(np.float32).max).all():
        raise TooLarge(
            f"{name} is {quoted(values)}, expected numbers that a float32 can hold, and not NaN"
        )
    return found


def quoted(value):
    """Write any value for an error message, as Python would but shortened."""
    try:
        return shortened(repr(value))
    except ValueError:
        return "a number with thousands of digits"  # Python refuses to write it.


def shortened(text):
    """Shorten a text for an error message: one line of at most 60 printable characters."""
    line = " ".join(str(text).split())
    line = "".join(c if c.isprintable() else "?" for c in line[:61])
    return line if len(line) <= 60 else f"{line[:59]}…"
