"""Read labelled digits, and what is no digit, from idx files or stroke files, and normalise them.

An idx file of images, as MNIST's, goes with an idx file of labels. A stroke file holds both. Any file may be
gzipped. Its first bytes, not its name, tell which kind it is.
"""

import gzip
import zlib
from pathlib import Path
from typing import NamedTuple

import numpy as np

from datasets import idx
from network_training import split
from network_training.lookalikes import LOOKALIKES
from network_training.sources import stroke_files
from preprocess.normalise import from_image, from_strokes

IDX = b"\0\0"
IMAGES, LABELS = 3, 1


class Refusal(Exception):
    """A file cannot be used. The message says which, where, and what was expected."""


class Source(NamedTuple):
    """The drawings of one file: its path, their digits (n,), and what was drawn.

    ``labels`` has stroke_files.NONE for what is no digit. ``drawings`` are uint8 images (n, height, width),
    or a list of each one's strokes. ``writers`` lists the n writers' names, and ``characters`` what each
    drawing is if it is no digit; both are None for images.
    """

    path: Path
    labels: np.ndarray
    drawings: object
    writers: list | None = None
    characters: list | None = None


def gather(paths):
    """Read files into a list of Source, one for each file except those of labels.

    An idx file of images takes its labels from the file given right after it, or else from a file beside it
    with MNIST's names (images-idx3 and labels-idx1). Raises Refusal.
    """
    paths = [Path(path) for path in paths]
    sources, spoken_for = [], set()
    for place, path in enumerate(paths):
        kind = _kind(path)
        if kind is None:
            sources.append(_read_strokes(path))
        elif kind == IMAGES:
            following = paths[place + 1 : place + 2]
            given = bool(following) and _kind(following[0]) == LABELS
            labels = following[0] if given else _labels_beside(path)
            spoken_for.add(labels)
            sources.append(_read_images(path, labels))
        elif kind != LABELS:
            raise Refusal(
                f"{path}: it has {kind} dimensions, expected {IMAGES}, or {LABELS} of labels"
            )
    for path in paths:
        if _kind(path) == LABELS and path not in spoken_for:
            raise Refusal(f"{path}: labels without images, expected their idx file before it")
    return sources


def held_out(source):
    """Keep only what no shipped network was trained or selected with, as the model cards do.

    These are the digits of test writers, and the test part of the characters that look like no digit. Images
    have no writers, and stay. Raises Refusal if nothing is left.
    """
    if source.writers is None:
        return source
    kept = [
        number
        for number, digit in enumerate(source.labels)
        if (
            _is_held_out(source.characters[number])
            if digit == stroke_files.NONE
            else split.part(source.writers[number]) == "test"
        )
    ]
    if not kept:
        wanted = "no writer" if (source.labels != stroke_files.NONE).any() else "no character"
        raise Refusal(f"{source.path}: {wanted} in it is held out, expected at least one")
    drawings, writers, characters = (
        [each[n] for n in kept] for each in (source.drawings, source.writers, source.characters)
    )
    return Source(source.path, source.labels[kept], drawings, writers, characters)


def _is_held_out(character):
    return split.character_part(character) == "test" and character not in LOOKALIKES


def normalise(source):
    """Normalise every drawing of a source, as the page would: yields Normalised."""
    if source.writers is None:
        return (from_image(pixels / 255) for pixels in source.drawings)
    return (from_strokes(strokes) for strokes in source.drawings)


def _read_strokes(path):
    try:
        read = stroke_files.read(path)
    except ValueError as error:
        raise Refusal(str(error)) from error
    return Source(
        path,
        np.array([drawing.digit for drawing in read]),
        [drawing.strokes for drawing in read],
        [drawing.writer for drawing in read],
        [drawing.label for drawing in read],
    )


def _read_images(path, labels_path):
    images, labels = _read_idx(path, IMAGES), _read_idx(labels_path, LABELS)
    if len(images) != len(labels):
        raise Refusal(
            f"{labels_path}: it has {len(labels):,} labels, expected {len(images):,}: "
            f"one for each image of {path}"
        )
    if not images.size:
        raise Refusal(f"{path}: it has no images, expected at least one")
    wrong = np.flatnonzero(labels > 9)
    if len(wrong):
        raise Refusal(
            f"{labels_path}, label {wrong[0] + 1}: it is {labels[wrong[0]]}, expected 0 to 9"
        )
    return Source(path, labels.astype(int), images)


def _read_idx(path, dimensions):
    try:
        array = idx.read(_read(path))
    except ValueError as error:
        raise Refusal(f"{path}: {error}") from error
    if array.ndim != dimensions:
        raise Refusal(f"{path}: it has {array.ndim} dimensions, expected {dimensions}")
    return array


def _labels_beside(path):
    """Find the labels beside a file of images, gzipped or not, by MNIST's names."""
    name = path.name.removesuffix(".gz").replace("images", "labels").replace("idx3", "idx1")
    candidates = [path.with_name(name), path.with_name(name + ".gz")]
    for candidate in candidates:
        if candidate != path and candidate.is_file():
            return candidate
    raise Refusal(f"{path}: {name} is not beside it, expected the labels there or as the next file")


def _kind(path):
    """Detect a file's kind by its first bytes: the dimensions of an idx file, or None for strokes."""
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
