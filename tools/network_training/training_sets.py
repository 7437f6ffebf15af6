"""The datasets to train on and to measure with, made once and cached.

``preprocess.normalise`` makes every input, as on the page. A cached file's name holds a hash of the data and
of the code that it was made from.
"""

import hashlib
from pathlib import Path
from typing import NamedTuple

import numpy as np

from network_training import distort, doodles, glyphs, mnist, negatives, split, stroke_files
from preprocess import (
    affine,
    aspect,
    deslant,
    despeckle,
    image,
    normalise,
    normalise_batch,
    rasterise,
    strokes,
)

# The label of a negative, which is not a digit.
NONE = -1

# The range of pen widths to train with. The page uses `rasterise.WIDTH`.
PENS = 1.8, 3.0

# How many of MNIST's training images are held back for validation, and the seed that chooses them.
HELD_BACK, ORDER = 10_000, 1


def _silent(items, _title):
    return items


class Dataset(NamedTuple):
    """Network inputs: ``rows`` is uint8 (n, 784), ``labels`` int64 (n,) with NONE for negatives."""

    rows: np.ndarray
    labels: np.ndarray


class Cache:
    """A folder of datasets, each made at most once."""

    def __init__(self, folder):
        """Cache datasets in this folder, which need not exist yet."""
        self.folder = Path(folder)

    def get(self, name, key, make):
        """Return the cached dataset, or the one that make() makes.

        key: everything the dataset depends on, as bytes.
        """
        digest = hashlib.sha256(key).hexdigest()[:16]
        path = self.folder / f"set-{name}-{digest}.npz"
        if path.is_file():
            with np.load(path) as arrays:
                return Dataset(arrays["rows"], arrays["labels"])
        dataset = make()
        self.folder.mkdir(parents=True, exist_ok=True)
        # Renamed when complete, so that an interrupted run leaves no half-written dataset behind.
        unfinished = path.with_suffix(f".{digest}.part")
        with unfinished.open("wb") as file:
            np.savez(file, rows=dataset.rows, labels=dataset.labels)
        unfinished.replace(path)
        return dataset


def _code(*modules):
    """Return all code that inputs depend on: the preprocessing that all share, and these modules."""
    shared = (
        affine,
        aspect,
        rasterise,
        image,
        normalise,
        deslant,
        despeckle,
        strokes,
        normalise_batch,
    )
    settings = repr((PENS, HELD_BACK, ORDER)).encode()
    return settings + b"".join(Path(m.__file__).read_bytes() for m in (*shared, *modules))


def name_of(training):
    """Name the training datasets by a short hash of their contents."""
    digest = hashlib.sha256()
    for kind, dataset in sorted(training.items()):
        digest.update(kind.encode() + dataset.rows[:: max(1, len(dataset.rows) // 1000)].tobytes())
    return digest.hexdigest()[:12]


def mnist_sets(folder, cache, copies, progress=_silent):
    """Make MNIST's datasets: training (with this many augmented copies), validation and test."""
    digest = _code(mnist) + "".join(mnist.MD5.values()).encode()
    train, labels = mnist.read(folder, "train")
    test = mnist.read(folder, "t10k")
    order = np.random.default_rng(ORDER).permutation(len(train))
    held = min(HELD_BACK, len(train) // 6)
    parts = {
        "training": (train[order[held:]], labels[order[held:]], copies),
        "validation": (train[order[:held]], labels[order[:held]], 0),
        "test": (*test, 0),
    }

    def make(name, pictures, labels, copies):
        transforms = mnist.transforms(pictures, lambda chunks: progress(chunks, f"MNIST {name}"))
        rng = np.random.default_rng(ORDER)
        rows = [mnist.prepare(pictures, transforms)]
        rows += [
            mnist.augment(pictures, transforms, rng)
            for _ in progress(range(copies), "varying MNIST")
        ]
        return Dataset(np.concatenate(rows), np.tile(labels.astype(np.int64), copies + 1))

    return {
        name: cache.get(
            f"mnist-{name}", digest + bytes([part[2]]), lambda n=name, p=part: make(n, *p)
        )
        for name, part in parts.items()
    }


def pen_sets(folder, cache, count, progress=_silent):
    """Make the datasets of all stroke files in a folder, and list their digits.

    Returns the training set, which has ``count`` distorted drawings of all files together; the other sets, as
    drawn, by (part, file); and the digits of each part. Raises ValueError for a folder without stroke files.
    """
    paths = sorted(Path(folder).glob("*.jsonl.gz"))
    if not paths:
        raise ValueError(f"{folder} has no stroke files, expected NAME.jsonl.gz")
    digest = _code(split) + b"".join(hashlib.sha256(path.read_bytes()).digest() for path in paths)
    digits = {name: [] for name in split.PARTS}
    still = {}
    for path in paths:
        file = path.name.removesuffix(".jsonl.gz")
        read = stroke_files.read(path)
        for name in split.PARTS:
            own = [digit for digit in read if split.part(digit.writer) == name]
            digits[name] += own
            if own and name != "training":
                still[name, file] = cache.get(
                    f"{file}-{name}",
                    digest,
                    lambda own=own, file=file: _as_drawn(own, progress, file),
                )
    training = cache.get(
        "pens-training",
        digest + _code(distort) + str(count).encode(),
        lambda: _distorted(digits["training"], count, progress),
    )
    return training, still, digits


def _as_drawn(digits, progress, title):
    rows = [_row(digit.strokes) for digit in progress(digits, title)]
    return Dataset(np.stack(rows), np.array([digit.digit for digit in digits]))


def _distorted(digits, count, progress):
    rng = np.random.default_rng(ORDER)
    chosen = rng.choice(len(digits), count, p=even_shares(digits))
    rows = [
        _row(distort.distort(digits[number].strokes, rng), rng.uniform(*PENS))
        for number in progress(chosen, "distorting")
    ]
    return Dataset(np.stack(rows), np.array([digits[number].digit for number in chosen]))


def even_shares(digits):
    """Weight digits so that classes are equally frequent, and writers count by the root of their digits."""
    labels = np.array([digit.digit for digit in digits])
    _, writer, counts = np.unique(
        [digit.writer for digit in digits], return_inverse=True, return_counts=True
    )
    shares = 1 / np.sqrt(counts[writer])
    for label in np.unique(labels):
        shares[labels == label] /= shares[labels == label].sum()
    return shares / shares.sum()


def negative_sets(digits, cache, count, seed, progress=_silent):
    """Make ``count`` negatives of each kind: datasets by kind.

    digits: the digits that ``several`` and ``half`` are made from. Without any, these two kinds are missing.
    """
    digest = (
        _code(distort, doodles, glyphs, negatives)
        + repr([(d.id, d.writer) for d in digits]).encode()
    )
    kinds = [*negatives.KINDS, *(negatives.OF_DIGITS if digits else ())]

    def make(kind, number):
        rng = np.random.default_rng([seed, number])
        rows = [_negative(kind, digits, rng) for _ in progress(range(count), kind)]
        return Dataset(np.stack(rows), np.full(count, NONE))

    return {
        kind: cache.get(
            f"no-{kind}", digest + f"{count} {seed}".encode(), lambda k=kind, n=n: make(k, n)
        )
        for n, kind in enumerate(kinds)
    }


def _negative(kind, digits, rng):
    made = negatives.draw(kind, rng, digits)
    if kind in negatives.IMAGES:
        return _bytes(made)
    return _row(distort.distort(made, rng), rng.uniform(*PENS))


def _row(strokes, width=rasterise.WIDTH):
    return _bytes(normalise.from_strokes(strokes, width=width).pixels)


def _bytes(pixels):
    return np.rint(pixels * 255).astype(np.uint8).ravel()
