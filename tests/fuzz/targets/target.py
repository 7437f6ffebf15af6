"""The parts of a fuzz target: cases to try, and a promise that must hold for each."""

import re
import time
import tracemalloc
import warnings
from collections.abc import Callable
from contextlib import contextmanager
from typing import NamedTuple

from hypothesis import strategies as st

from nn.checks import BadFile, OutOfRange, TooLarge

# Other subclasses of ValueError, such as UnicodeDecodeError, are nobody's intention.
REFUSALS = (ValueError, BadFile, OutOfRange, TooLarge)

# The longest error message. It has to be readable on a phone.
LONGEST = 300


class Target(NamedTuple):
    """One kind of input.

    ``cases`` is the strategy, and ``promise`` takes one case and raises if the promise is broken.
    ``examples`` is the number of cases that the tests try. If the input is bytes, ``promise_bytes`` takes any
    and returns what became of them, or None if they were refused. ``seeds()`` lists valid ones to start from.
    """

    name: str
    cases: st.SearchStrategy
    promise: Callable
    examples: int
    promise_bytes: Callable | None = None
    seeds: Callable | None = None


def attempt(work, subject, megabytes, seconds=5.0):
    """Run ``work``. Returns its result, or None if it refused its input with a clear message.

    A refusal is a ValueError on one line that begins with one of the subjects (a regular expression). Any
    other error, a warning, or too much memory or processor time breaks the promise.
    """
    with _bounded(megabytes, seconds), warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return work()
        except ValueError as error:
            if type(error) not in REFUSALS:
                raise
            sentence = str(error)
    assert re.match(subject, sentence), f"does not name a known subject: {sentence!r}"
    assert len(sentence) <= LONGEST, f"{len(sentence)} characters: {sentence!r}"
    assert sentence.isprintable(), repr(sentence)
    return None


@contextmanager
def _bounded(megabytes, seconds):
    begin = time.process_time()
    tracemalloc.start()
    try:
        yield
    finally:
        peak = tracemalloc.get_traced_memory()[1] / 1e6
        tracemalloc.stop()
    took = time.process_time() - begin
    assert peak <= megabytes, f"took {peak:.1f} MB of memory, expected at most {megabytes}"
    assert took <= seconds, f"took {took:.1f} s, expected at most {seconds}"


@st.composite
def spoiled(draw, valid):
    """Make strategies for valid bytes with a few parts overwritten, removed, repeated or inserted."""
    data = bytearray(draw(valid))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(data)))
        match draw(st.integers(0, 4)):
            case 0:
                data[at : at + 1] = draw(st.binary(min_size=1, max_size=1))
            case 1:
                data[at : at + 4] = draw(st.sampled_from(EXTREMES))
            case 2:
                del data[at : at + draw(st.integers(0, 40))]
            case 3:
                data[at:at] = draw(st.binary(max_size=8))
            case 4:
                data[at:at] = data[at : at + draw(st.integers(0, 40))]
    return bytes(data)


# Values for four bytes that may be a length, an offset or a float.
EXTREMES = [
    bytes(4),
    b"\xff\xff\xff\xff",
    b"\xff\xff\xff\x7f",
    b"\x7f\xff\xff\xff",
    b"\0\0\0\x80",
    b"\x80\0\0\0",
    b"\0\0\xc0\x7f",
]
