"""Checks of what comes from outside: numbers that a float32 can hold, and what they are the number of.

Public: ``place``, ``number`` and ``numbers``, which raise ValueError whose text names what is wrong; and
``shown`` and ``brief``, which put anything at all into such a text.
"""

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


def place(value, count, name, first=0):
    """Take a number that counts something, from ``first`` up to ``count``, which is left out."""
    try:
        found = operator.index(value)
    except TypeError:
        found = -1
    if not first <= found < count:
        raise ValueError(f"{name} is {shown(value)}, expected {first} to {count - 1}")
    return found


def number(value, name="value"):
    """Take one finite number, not too large for a float32: float."""
    return numbers(value, (), name).item()


def numbers(values, shape, name):
    """Take finite numbers of a shape, none too large for a float32: float64."""
    try:
        found = np.asarray(values, np.float64)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"{name} is {shown(values)}, expected numbers") from None
    if found.shape != shape:
        raise ValueError(f"{name} has shape {found.shape}, expected {shape}")
    if not (np.abs(found) <= np.finfo(np.float32).max).all():
        raise TooLarge(f"{name} is {shown(values)}, expected what a float32 can hold, and not NaN")
    return found


def shown(value):
    """Write a value for a sentence, as Python would but briefly."""
    try:
        return brief(repr(value))
    except ValueError:
        return "a number of thousands of digits"  # which Python refuses to write


def brief(text):
    """Cut a text to what a sentence can bear: one line of 60 characters, all of them visible."""
    line = " ".join(str(text).split())
    line = "".join(c if c.isprintable() else "?" for c in line[:61])
    return line if len(line) <= 60 else f"{line[:59]}…"
