"""Read and write stroke files: digits and other characters drawn with a pen, one per line.

A stroke file is JSON lines, gzipped or not. Each line is an object with ``id``, ``digit`` (0 to 9, or -1 for
what is no digit), ``writer`` (a pseudonym), ``strokes`` (a list of strokes, each a list of [x, y] with y
downwards and both on the same scale) and, where known, ``source`` and ``device``. What is no digit also has a
``label`` that says what it is, such as "Latin/character01"; a digit may have one.
"""

import gzip
import json
import zlib
from pathlib import Path
from typing import NamedTuple

import numpy as np

from preprocess import strokes as ink

GZIP = b"\x1f\x8b"

# The digit of what is no digit.
NONE = -1


class Drawing(NamedTuple):
    """A digit or another character as the pen drew it. ``strokes`` is a list of float64 arrays (n, 2)."""

    id: str
    digit: int
    writer: str
    strokes: list
    source: str = ""
    device: str = ""
    label: str = ""


def read(path):
    """Read a stroke file: a list of Drawing, in the order of its lines.

    Raises ValueError saying which file and line is wrong and what was expected, and OSError if the path
    cannot be opened.
    """
    path = Path(path)
    drawings = []
    for number, line in enumerate(_lines(path), 1):
        try:
            drawings.append(_parse(line))
        except ValueError as error:
            raise ValueError(f"{path}, line {number}: {error}") from error
    if not drawings:
        raise ValueError(f"{path}, line 1: the file is empty, expected a drawing on every line")
    return drawings


def gather(folders):
    """Read all stroke files, NAME.jsonl.gz, in folders: a dict of lists of Drawing, by name, in its order.

    Raises ValueError for a folder without any, for two files of one name, and as ``read`` does.
    """
    paths = {}
    for folder in folders:
        found = sorted(Path(folder).glob("*.jsonl.gz"))
        if not found:
            raise ValueError(f"{folder} has no stroke files, expected NAME.jsonl.gz")
        for path in found:
            other = paths.setdefault(path.name.removesuffix(".jsonl.gz"), path)
            if other != path:
                raise ValueError(f"{path} has the name of {other}, expected another")
    return {name: read(paths[name]) for name in sorted(paths)}


def write(path, drawings):
    """Write drawings to a gzipped stroke file. Equal drawings give equal bytes."""
    # By default gzip puts the time and the file's name into its header.
    with Path(path).open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        for drawing in drawings:
            strokes = [stroke.tolist() for stroke in drawing.strokes]
            fields = drawing._asdict() | {"strokes": strokes}
            if not drawing.label:
                del fields["label"]
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
    if type(digit) is not int or not NONE <= digit <= 9:
        raise ValueError(
            f"digit is {_shown(digit)}, expected a whole number from 0 to 9, or -1 for no digit"
        )
    texts = {name: _text(fields, name) for name in ("id", "writer", "source", "device", "label")}
    if digit == NONE and not texts["label"].strip():
        raise ValueError('digit is -1 without a label, expected one like "Latin/character01"')
    if not isinstance(drawn, list):
        raise ValueError(f"strokes is {_shown(drawn)}, expected a list of strokes")
    if ink.check(drawn) is None:
        raise ValueError("strokes have no points, expected ink")
    drawn = [np.array(stroke, np.float64).reshape(-1, 2) for stroke in drawn if stroke]
    return Drawing(digit=digit, strokes=drawn, **texts)


def _load(line):
    try:
        return json.loads(line.rstrip().decode(), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise ValueError(f"byte {error.start + 1} is not UTF-8, expected JSON") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"invalid JSON at column {error.colno} ({error.msg})") from error
    except RecursionError as error:
        raise ValueError("it is nested too deeply, expected JSON of a drawing") from error


def _refuse_constant(name):
    raise ValueError(f"it has {name} in it, expected finite numbers")


def _text(fields, name):
    optional = name in ("source", "device", "label")
    text = fields.get(name, "") if optional else fields[name]
    if not isinstance(text, str) or not (text or optional):
        raise ValueError(f"{name} is {_shown(text)}, expected a text")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        # JSON can escape half of an emoji, which no file and no terminal takes.
        raise ValueError(f"{name} has half a character in it, expected whole ones") from error
    return text


def _shown(value):
    """Write a value as JSON, shortened."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else text[:39] + "…"
