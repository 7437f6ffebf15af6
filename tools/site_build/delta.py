"""A snapshot of WebAssembly memory, less what the modules' own files have of it.

A third of Pyodide's snapshot is the interpreter's constants, which its `.wasm` brings along, and NumPy
has its own. `without_data` takes them out by an exclusive or, after which they are zeros and weigh
nothing; the same again in the browser (`static/boot/parts.mjs`) puts them back.
"""

from __future__ import annotations

from site_build.pins import Refusal

DATA = 11  # the section's number: https://webassembly.github.io/spec/core/binary/modules.html
PROBE = 64


def without_data(snapshot: bytes, wasm: bytes) -> tuple[bytes, dict[str, int]]:
    """Return the snapshot without the module's data, and where that lies.

    That is ``part``, where it begins in the module's file, ``snapshot``, where in the snapshot, and
    ``bytes``, a multiple of four. Raise `Refusal` if the module has not one segment of data, or that is
    not in the snapshot.
    """
    start, size = segment(wasm)
    data = wasm[start : start + size]
    place = _found(data, snapshot)
    # The browser does it four bytes at a time.
    skip = -place % 4
    place, start, size = place + skip, start + skip, (size - skip) // 4 * 4
    mixed = int.from_bytes(snapshot[place : place + size], "little") ^ int.from_bytes(
        wasm[start : start + size], "little"
    )
    rest = snapshot[:place] + mixed.to_bytes(size, "little") + snapshot[place + size :]
    return rest, {"part": start, "snapshot": place, "bytes": size}


def segment(wasm: bytes) -> tuple[int, int]:
    """Return where the one segment of data in a module begins, and its length in bytes."""
    at = 8
    while at < len(wasm):
        number = wasm[at]
        size, at = _leb(wasm, at + 1)
        if number == DATA:
            count, at = _leb(wasm, at)
            if count != 1 or wasm[at] != 0:
                break
            # The place in memory is an expression that ends with `end`, 0x0B; it is found by looking.
            length, at = _leb(wasm, wasm.index(0x0B, at) + 1)
            return at, length
        at += size
    raise Refusal("A module has not one segment of data: tools/site_build/delta.py is for one.")


def _leb(content: bytes, at: int) -> tuple[int, int]:
    """Read an unsigned number of seven bits a byte; return it and where it ends."""
    number = shift = 0
    while True:
        byte = content[at]
        at += 1
        number |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return number, at


def _found(data: bytes, snapshot: bytes) -> int:
    """Return where the data begins in the snapshot: most of it is constant."""
    for probe in range(len(data) // 8, len(data), len(data) // 64 + 1):
        piece = data[probe : probe + PROBE]
        if len(set(piece)) > PROBE // 4 and snapshot.count(piece) == 1:
            return snapshot.index(piece) - probe
    raise Refusal("The data of a module is not in the snapshot: was it made by that module?")
