"""A snapshot without a module's constants compresses better, and can be restored."""

import random

import pytest

from site_build.pins import Refusal
from site_build.python import delta

DATA = random.Random(0).randbytes(1003)
HEAD = b"\0asm\1\0\0\0"
MEMORY = bytes([5, 3, 1, 0, 1])


def leb(number):
    """Return a number as unsigned LEB128 (WebAssembly specification, 5.2.2)."""
    rest = number >> 7
    return bytes([number & 127 | 128]) + leb(rest) if rest else bytes([number])


def module(*segments):
    """Return a module with a memory and these data segments, each at address 0."""
    body = leb(len(segments)) + b"".join(b"\0\x41\0\x0b" + leb(len(it)) + it for it in segments)
    return HEAD + MEMORY + bytes([11]) + leb(len(body)) + body


@pytest.mark.parametrize("place", [0, 1, 2, 3, 17])
def test_an_exclusive_or_restores_the_snapshot(place):
    """At any offset, in words of four bytes, as the browser's typed arrays need them."""
    snapshot = bytes(place) + DATA[:500] + b"changed" + DATA[507:] + bytes(50)
    wasm = module(DATA)
    rest, shared = delta.without_data(snapshot, wasm)
    assert shared["snapshot"] % 4 == shared["bytes"] % 4 == 0
    assert shared["bytes"] > len(DATA) - 8
    assert rest.count(0) > len(DATA) - 20
    whole = bytearray(rest)
    for i in range(shared["bytes"]):
        whole[shared["snapshot"] + i] ^= wasm[shared["part"] + i]
    assert whole == snapshot


@pytest.mark.parametrize("wasm", [module(), module(DATA, DATA), HEAD + MEMORY], ids=len)
def test_a_module_without_exactly_one_data_segment_is_refused(wasm):
    """The method does not work for it, and the build says so."""
    with pytest.raises(Refusal, match="exactly one data segment"):
        delta.without_data(bytes(10) + DATA, wasm)


def test_a_snapshot_made_with_another_module_is_refused():
    """It does not contain that module's data."""
    with pytest.raises(Refusal, match="was it made with that module"):
        delta.without_data(bytes(2000), module(DATA))
