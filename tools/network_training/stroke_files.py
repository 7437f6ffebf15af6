"""Read and write stroke files: digits written with a pen, one per line.

A stroke file is JSON lines, gzipped or not. Each line is an object with ``id``, ``digit`` (0 to 9),
``writer`` (a pseudonym), ``strokes`` (a list of strokes, each a list of [x, y] with y downwards and both on
the same scale) and, where known, ``source`` and ``device``.
"""

import gzip
import json
import zlib
from pathlib import Path
from typing import NamedTuple

import numpy as np

from preprocess import strokes as ink

GZIP = b"\x1f\x8b"


class Digit(NamedTuple):
    """One digit as the pen drew it. ``strokes`` is a list of float64 arrays (n, 2)."""

    id: str
    digit: int
    writer: str
    strokes: list
    source: str = ""
    device: str = ""


def read(path):
    """Read a stroke file: a list of Digit, in the order of its lines.

    Raises ValueError saying which file and line is wrong and what was expected, and OSError if the path
    cannot be opened.
    """
    path = Path(path)
    digits = []
    for number, line in enumerate(_lines(path), 1):
        try:
            digits.append(_parse(line))
        except ValueError as error:
            raise ValueError(f"{path}, line {number}: {error}") from error
    if not digits:
        raise ValueError(f"{path}, line 1: the file is empty, expected a digit on every line")
    return digits


def write(path, digits):
    """Write digits to a gzipped stroke file. Equal digits give equal bytes."""
    # By default gzip puts the time and the file's name into its header.
    with Path(path).open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        for digit in digits:
            fields = digit._asdict() | {"strokes": [stroke.tolist() for stroke in digit.strokes]}
            line = json.dumps(fields, separators=(",", ":"), allow_nan=False, ensure_ascii=False)
            packed.write(line.encode() + b"\n")


def _lines(path):
    with path.open("rb") as file:
        packed = file.read(len(GZIP)) == GZIP
    done = 0
    try:
        with gzip.open(path) if packed else path.open("rb") as file:
            for line in file:
                yield line
                done += 1
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise ValueError(
            f"{path}, line {done + 1}: its gzip is broken ({error}), expected it whole"
        ) from error


def _parse(line):
    fields = _load(line)
    if not isinstance(fields, dict):
        raise ValueError(f"it is {_shown(fields)}, expected an object with id, digit, … strokes")
    for name in ("id", "digit", "writer", "strokes"):
        if name not in fields:
            raise ValueError(f"{name} is missing, expected id, digit, writer and strokes")
    digit, drawn = fields["digit"], fields["strokes"]
    # Python takes True for 1 and 7.0 for 7, but neither is a label.
    if type(digit) is not int or not 0 <= digit <= 9:
        raise ValueError(f"digit is {_shown(digit)}, expected a whole number from 0 to 9")
    texts = {name: _text(fields, name) for name in ("id", "writer", "source", "device")}
    if not isinstance(drawn, list):
        raise ValueError(f"strokes is {_shown(drawn)}, expected a list of strokes")
    if ink.check(drawn) is None:
        raise ValueError("strokes have no points, expected ink")
    drawn = [np.array(stroke, np.float64).reshape(-1, 2) for stroke in drawn if stroke]
    return Digit(digit=digit, strokes=drawn, **texts)


def _load(line):
    try:
        return json.loads(line.rstrip().decode(), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise ValueError(f"byte {error.start + 1} is not UTF-8, expected JSON") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"invalid JSON at column {error.colno} ({error.msg})") from error
    except RecursionError as error:
        raise ValueError("it is nested too deeply, expected JSON of a digit") from error


def _refuse_constant(name):
    raise ValueError(f"it has {name} in it, expected finite numbers")


def _text(fields, name):
    optional = name in ("source", "device")
    text = fields.get(name, "") if optional else fields[name]
    if not isinstance(text, str) or not (text or optional):
        raise ValueError(f"{name} is {_shown(text)}, expected a text")
    return text


def _shown(value):
    """Write a value as JSON, shortened."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else text[:39] + "…"
