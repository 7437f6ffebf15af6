"""Examples: labelled digits from files of either kind, each as what the network sees of it.

Public: ``gather``, ``held_out``, ``Source``, ``see`` and ``Refusal``.

A file of digits is MNIST's kind, an idx file of pictures with one of labels, or a stroke file. Either
may be gzipped; which it is shows in its first bytes, not in its name.
"""

import gzip
import zlib
from pathlib import Path
from typing import NamedTuple

import numpy as np

from datasets import idx
from preprocess.normalise import from_image, from_strokes
from training import split, stroke_files

IDX = b"\0\0"
PICTURES, LABELS = 3, 1


class Refusal(Exception):
    """A file cannot be used, and the message says which, where, and what was expected."""


class Source(NamedTuple):
    """The digits of one file: its path, their labels (n,), and what was drawn.

    ``drawings`` are uint8 pictures (n, height, width), or a list of each digit's strokes; ``writers`` is
    a list of the n writers' names, or None where the file has none.
    """

    path: Path
    labels: np.ndarray
    drawings: object
    writers: list | None = None


def gather(paths):
    """Read all files given: a list of Source, one for each file that is not labels alone.

    An idx file of pictures goes with the labels that are given right after it; otherwise with those
    beside it, by MNIST's names (images-idx3 and labels-idx1). Raises Refusal.
    """
    paths = [Path(path) for path in paths]
    sources, spoken_for = [], set()
    for place, path in enumerate(paths):
        kind = _kind(path)
        if kind is None:
            sources.append(_read_strokes(path))
        elif kind == PICTURES:
            following = paths[place + 1 : place + 2]
            given = bool(following) and _kind(following[0]) == LABELS
            labels = following[0] if given else _labels_beside(path)
            spoken_for.add(labels)
            sources.append(_read_pictures(path, labels))
        elif kind != LABELS:
            raise Refusal(
                f"{path}: it has {kind} dimensions, expected {PICTURES}, or {LABELS} of labels"
            )
    for path in paths:
        if _kind(path) == LABELS and path not in spoken_for:
            raise Refusal(f"{path}: labels without pictures, expected their idx file before it")
    return sources


def held_out(source):
    """Keep only the digits of writers that no shipped network has learned from or was chosen by.

    Pictures have no writers, and stay. Raises Refusal if nobody is left.
    """
    if source.writers is None:
        return source
    kept = [n for n, writer in enumerate(source.writers) if split.part(writer) == "test"]
    if not kept:
        raise Refusal(f"{source.path}: no writer in it is held out, expected at least one")
    drawings, writers = ([both[n] for n in kept] for both in (source.drawings, source.writers))
    return Source(source.path, source.labels[kept], drawings, writers)


def see(source):
    """Show the network every digit of a source, as the page would: yields Seen."""
    if source.writers is None:
        return (from_image(pixels / 255) for pixels in source.drawings)
    return (from_strokes(strokes) for strokes in source.drawings)


def _read_strokes(path):
    try:
        digits = stroke_files.read(path)
    except ValueError as error:
        raise Refusal(str(error)) from error
    labels = np.array([digit.digit for digit in digits])
    return Source(
        path, labels, [digit.strokes for digit in digits], [digit.writer for digit in digits]
    )


def _read_pictures(path, labels_path):
    pictures, labels = _read_idx(path, PICTURES), _read_idx(labels_path, LABELS)
    if len(pictures) != len(labels):
        raise Refusal(
            f"{labels_path}: it has {len(labels):,} labels, expected {len(pictures):,}: "
            f"one for each picture of {path}"
        )
    if not pictures.size:
        raise Refusal(f"{path}: it has no pictures, expected at least one")
    wrong = np.flatnonzero(labels > 9)
    if len(wrong):
        raise Refusal(
            f"{labels_path}, label {wrong[0] + 1}: it is {labels[wrong[0]]}, expected 0 to 9"
        )
    return Source(path, labels.astype(int), pictures)


def _read_idx(path, dimensions):
    try:
        array = idx.read(_read(path))
    except ValueError as error:
        raise Refusal(f"{path}: {error}") from error
    if array.ndim != dimensions:
        raise Refusal(f"{path}: it has {array.ndim} dimensions, expected {dimensions}")
    return array


def _labels_beside(path):
    """Find the labels of the pictures in path, gzipped or not, by MNIST's names."""
    name = path.name.removesuffix(".gz").replace("images", "labels").replace("idx3", "idx1")
    candidates = [path.with_name(name), path.with_name(name + ".gz")]
    for candidate in candidates:
        if candidate != path and candidate.is_file():
            return candidate
    raise Refusal(f"{path}: {name} is not beside it, expected the labels there or as the next file")


def _kind(path):
    """Tell what is in a file by its beginning: the dimensions of an idx file, None for strokes."""
    begin = _read(path, 4)
    return begin[3] if begin[:2] == IDX and len(begin) == 4 else None


def _read(path, size=-1):
    try:
        with path.open("rb") as file:
            packed = file.read(2) == stroke_files.GZIP
        with gzip.open(path) if packed else path.open("rb") as file:
            return file.read(size)
    except OSError as error:
        raise Refusal(f"{path}: {error.strerror or error}") from error
    except (EOFError, zlib.error) as error:
        raise Refusal(f"{path}: its gzip is broken ({error}), expected it whole") from error
