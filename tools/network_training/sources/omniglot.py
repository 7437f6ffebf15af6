"""Read Omniglot's characters, from the text files of their strokes.

A folder such as ``strokes_background_small1`` has a folder for each alphabet, in it one for each character,
and in that a file for each person who drew it: ``Balinese/character01/0108_01.txt``. A file starts with the
line START. Each further line is a point ``x,y,milliseconds``, or BREAK after the last point of a stroke. y
points up, and is negative.
"""

import re
from pathlib import Path

import numpy as np

from network_training.sources.stroke_files import NONE
from network_training.sources.unipen import Found, Refusal, flip

NAME = re.compile(r"\d{4}_(\d{2})\.txt")

# Points are pixels of a screen, scaled to 0.79 or so. Tenths are enough to tell them apart.
DECIMALS = 1


def read(roots):
    """Read the characters in folders: yields a Found for each drawing, and a reason for each one skipped.

    Alphabets, characters and drawings come in the order of their names. The folders that were published have
    some alphabets in common; a character that an earlier folder has is skipped. A writer's name is the
    alphabet and the number of the drawing. Raises Refusal.
    """
    known = set()
    for root in map(Path, roots):
        folders = [
            path for path in sorted(root.glob("*/character[0-9][0-9]")) if any(_drawings(path))
        ]
        if not folders:
            raise Refusal(f"{root}: it has no ALPHABET/characterNN/NNNN_NN.txt, expected drawings")
        labels = {f"{path.parent.name}/{path.name}": path for path in folders}
        for label, path in labels.items():
            for drawing in _drawings(path):
                if label in known:
                    yield "of a character that an earlier folder has"
                    continue
                match = NAME.fullmatch(drawing.name)
                if not match:
                    raise Refusal(f"{drawing}: its name is not like 0108_01.txt, expected a number")
                yield Found(NONE, f"{path.parent.name}-w{match[1]}", _strokes(drawing), label)
        known |= labels.keys()


def _drawings(folder):
    # An archive that was unpacked on a Mac may have files like ._0108_01.txt.
    return sorted(path for path in folder.glob("*.txt") if not path.name.startswith("."))


def _strokes(path):
    """Read the strokes of one drawing."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(f"{path}: it cannot be read ({error}), expected text") from error
    if lines[:1] != ["START"]:
        raise Refusal(f"{path}, line 1: it is not START, expected a drawing of Omniglot")
    strokes, points = [], []
    for number, line in enumerate(lines[1:], 2):
        if line != "BREAK":
            points.append(_point(line, f"{path}, line {number}"))
        elif points:
            strokes.append(flip(np.array(points), decimals=DECIMALS))
            points = []
        else:
            raise Refusal(f"{path}, line {number}: BREAK without points before it, expected some")
    if points or not strokes:
        raise Refusal(f"{path}: it does not end with a stroke and BREAK, expected it whole")
    return strokes


def _point(line, where):
    words = line.split(",")
    try:
        x, y, _ = map(float, words)
    except ValueError as error:
        raise Refusal(f"{where}: it is {line[:40]!r}, expected x,y,milliseconds") from error
    if not np.isfinite([x, y]).all():
        raise Refusal(f"{where}: it is {line[:40]!r}, expected finite numbers")
    return x, y
