"""A target: cases to try, and the promise that has to hold for each.

Public: ``Target``, ``attempt`` and ``spoiled``.
"""

import re
import time
import tracemalloc
import warnings
from collections.abc import Callable
from contextlib import contextmanager
from typing import NamedTuple

from hypothesis import strategies as st

# A sentence is read on a phone, in one place of the page.
LONGEST = 300


class Target(NamedTuple):
    """One kind of input.

    ``cases`` is the strategy, and ``promise`` takes one case and raises if the promise is broken.
    ``examples`` is how many cases the tests try. Where what comes in is bytes, ``promise_bytes`` takes any
    and gives what became of them, None if they were refused; ``seeds()`` lists sound ones to begin with.
    """

    name: str
    cases: st.SearchStrategy
    promise: Callable
    examples: int
    promise_bytes: Callable | None = None
    seeds: Callable | None = None


def attempt(work, subject, megabytes, seconds=5.0):
    """Do the work: what it gives, or None where it refuses in a proper sentence.

    A refusal is a ValueError that begins with one of the subjects (a regular expression), on one line. Any
    other error, a warning, more memory or more time of the processor is a broken promise.
    """
    with _bounded(megabytes, seconds), warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return work()
        except ValueError as error:
            if type(error) is not ValueError:
                raise
            sentence = str(error)
    assert re.match(subject, sentence), f"names nothing that one knows: {sentence!r}"
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
def spoiled(draw, sound):
    """Make strategies for bytes that once were sound: some overwritten, cut out, doubled or put in."""
    data = bytearray(draw(sound))
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


# Where four bytes are a length, an offset or a float.
EXTREMES = [
    bytes(4),
    b"\xff\xff\xff\xff",
    b"\xff\xff\xff\x7f",
    b"\x7f\xff\xff\xff",
    b"\0\0\0\x80",
    b"\x80\0\0\0",
    b"\0\0\xc0\x7f",
]
