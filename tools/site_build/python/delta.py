"""A snapshot of WebAssembly memory without the constants that the modules' own files contain.

A third of Pyodide's snapshot is the interpreter's constants, which are also in its `.wasm`; NumPy has
constants of its own. `without_data` turns them into zeros by an exclusive or, and zeros compress to
nothing. The same operation in the browser (`static/boot/parts.mjs`) restores them.
"""

from __future__ import annotations

from site_build.pins import Refusal

DATA = 11  # the section's number: https://webassembly.github.io/spec/core/binary/modules.html
PROBE = 64
# What `without_data` returns for a module that shares nothing with the snapshot.
NOTHING = {"part": 0, "snapshot": 0, "bytes": 0}


def without_data(snapshot: bytes, wasm: bytes) -> tuple[bytes, dict[str, int]]:
    """Return the snapshot without the module's data, and where that data is.

    ``part`` is its offset in the module's file, ``snapshot`` its offset in the snapshot, ``bytes`` its
    length, a multiple of four. Raise `Refusal` unless the module has exactly one data segment and the
    snapshot contains it.
    """
    start, size = segment(wasm)
    data = wasm[start : start + size]
    place = _found(data, snapshot)
    # The browser works on four bytes at a time.
    skip = -place % 4
    place, start, size = place + skip, start + skip, (size - skip) // 4 * 4
    mixed = int.from_bytes(snapshot[place : place + size], "little") ^ int.from_bytes(
        wasm[start : start + size], "little"
    )
    rest = snapshot[:place] + mixed.to_bytes(size, "little") + snapshot[place + size :]
    return rest, {"part": start, "snapshot": place, "bytes": size}


def segment(wasm: bytes) -> tuple[int, int]:
    """Return the offset and the length of a module's only data segment."""
    at = 8
    while at < len(wasm):
        number = wasm[at]
        size, at = _leb(wasm, at + 1)
        if number == DATA:
            count, at = _leb(wasm, at)
            if count != 1 or wasm[at] != 0:
                break
            # The address in memory is an expression that ends with `end`, 0x0B.
            length, at = _leb(wasm, wasm.index(0x0B, at) + 1)
            return at, length
        at += size
    raise Refusal(
        "A module does not have exactly one data segment: tools/site_build/python/delta.py needs that."
    )


def _leb(content: bytes, at: int) -> tuple[int, int]:
    """Read an unsigned LEB128 number. Return it and the offset behind it."""
    number = shift = 0
    while True:
        byte = content[at]
        at += 1
        number |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return number, at


def _found(data: bytes, snapshot: bytes) -> int:
    """Return the offset of the data in the snapshot, found by a piece of it that has not changed."""
    for probe in range(len(data) // 8, len(data), len(data) // 64 + 1):
        piece = data[probe : probe + PROBE]
        if len(set(piece)) > PROBE // 4 and snapshot.count(piece) == 1:
            return snapshot.index(piece) - probe
    raise Refusal("The snapshot does not contain a module's data: was it made with that module?")
