"""Pools: all pictures there are to learn from and to measure by, made once and kept.

Public: ``Pool``, ``NONE``, ``Cache``, ``name_of``, ``mnist_pools``, ``pen_pools``, ``negative_pools``.

``preprocess.normalise`` makes every picture, as it does on the page. Pictures are cached in a folder
whose name is a hash of the data and of the code that made them.
"""

import hashlib
from pathlib import Path
from typing import NamedTuple

import numpy as np

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
from training import distort, doodles, glyphs, mnist, negatives, split, stroke_files

# The label of what is no digit.
NONE = -1

# Widths of pen to learn from; the page's own is `rasterise.WIDTH`.
PENS = 1.8, 3.0

# MNIST's training pictures held back to choose by, and the seed of which ones.
HELD_BACK, ORDER = 10_000, 1


def _silent(items, _title):
    return items


class Pool(NamedTuple):
    """Pictures: ``rows`` is uint8 (n, 784), ``labels`` int64 (n,), NONE where there is no digit."""

    rows: np.ndarray
    labels: np.ndarray


class Cache:
    """A folder of pools, each made at most once."""

    def __init__(self, folder):
        """Keep pools in this folder, which need not exist yet."""
        self.folder = Path(folder)

    def pool(self, name, key, make):
        """Give the pool that make() makes, unless it is there from another time.

        key: what it depends on, as bytes.
        """
        digest = hashlib.sha256(key).hexdigest()[:16]
        path = self.folder / f"pool-{name}-{digest}.npz"
        if path.is_file():
            with np.load(path) as arrays:
                return Pool(arrays["rows"], arrays["labels"])
        pool = make()
        self.folder.mkdir(parents=True, exist_ok=True)
        # Somebody who stops it half-way must not find half a pool the next time.
        unfinished = path.with_suffix(f".{digest}.part")
        with unfinished.open("wb") as file:
            np.savez(file, rows=pool.rows, labels=pool.labels)
        unfinished.replace(path)
        return pool


def _code(*modules):
    """Give all code that pictures depend on: the road that all take, and that of these modules."""
    road = (
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
    return settings + b"".join(Path(m.__file__).read_bytes() for m in (*road, *modules))


def name_of(training):
    """Name pools of training by what is in them, in a few letters."""
    digest = hashlib.sha256()
    for kind, pool in sorted(training.items()):
        digest.update(kind.encode() + pool.rows[:: max(1, len(pool.rows) // 1000)].tobytes())
    return digest.hexdigest()[:12]


def mnist_pools(folder, cache, copies, shown=_silent):
    """Make MNIST's pools by part: training (the pictures and so many copies), validation, test."""
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
        ways = mnist.roads(pictures, lambda chunks: shown(chunks, f"MNIST {name}"))
        rng = np.random.default_rng(ORDER)
        rows = [mnist.prepare(pictures, ways)]
        rows += [mnist.vary(pictures, ways, rng) for _ in shown(range(copies), "varying MNIST")]
        return Pool(np.concatenate(rows), np.tile(labels.astype(np.int64), copies + 1))

    return {
        name: cache.pool(
            f"mnist-{name}", digest + bytes([part[2]]), lambda n=name, p=part: make(n, *p)
        )
        for name, part in parts.items()
    }


def pen_pools(folder, cache, count, shown=_silent):
    """Make the pools of all stroke files in a folder, and list their digits.

    Returns the training pool, of `count` distorted drawings of all files together; the others as they
    were drawn, by (part, file); and the digits of each part. Raises ValueError for a
    folder without stroke files.
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
                still[name, file] = cache.pool(
                    f"{file}-{name}", digest, lambda own=own, file=file: _as_drawn(own, shown, file)
                )
    training = cache.pool(
        "pens-training",
        digest + _code(distort) + str(count).encode(),
        lambda: _distorted(digits["training"], count, shown),
    )
    return training, still, digits


def _as_drawn(digits, shown, title):
    rows = [_row(digit.strokes) for digit in shown(digits, title)]
    return Pool(np.stack(rows), np.array([digit.digit for digit in digits]))


def _distorted(digits, count, shown):
    rng = np.random.default_rng(ORDER)
    chosen = rng.choice(len(digits), count, p=even_shares(digits))
    rows = [
        _row(distort.distort(digits[number].strokes, rng), rng.uniform(*PENS))
        for number in shown(chosen, "distorting")
    ]
    return Pool(np.stack(rows), np.array([digits[number].digit for number in chosen]))


def even_shares(digits):
    """Say how often to show each digit: classes evenly, and writers by the root of what they wrote."""
    labels = np.array([digit.digit for digit in digits])
    _, writer, counts = np.unique(
        [digit.writer for digit in digits], return_inverse=True, return_counts=True
    )
    shares = 1 / np.sqrt(counts[writer])
    for label in np.unique(labels):
        shares[labels == label] /= shares[labels == label].sum()
    return shares / shares.sum()


def negative_pools(digits, cache, count, seed, shown=_silent):
    """Make `count` negatives of each kind: pools by kind.

    digits: whose digits `several` and `half` are made of; without any, these two are missing.
    """
    digest = (
        _code(distort, doodles, glyphs, negatives)
        + repr([(d.id, d.writer) for d in digits]).encode()
    )
    kinds = [*negatives.KINDS, *(negatives.OF_DIGITS if digits else ())]

    def make(kind, number):
        rng = np.random.default_rng([seed, number])
        rows = [_negative(kind, digits, rng) for _ in shown(range(count), kind)]
        return Pool(np.stack(rows), np.full(count, NONE))

    return {
        kind: cache.pool(
            f"no-{kind}", digest + f"{count} {seed}".encode(), lambda k=kind, n=n: make(k, n)
        )
        for n, kind in enumerate(kinds)
    }


def _negative(kind, digits, rng):
    made = negatives.draw(kind, rng, digits)
    if kind in negatives.PICTURES:
        return _bytes(made)
    return _row(distort.distort(made, rng), rng.uniform(*PENS))


def _row(strokes, width=rasterise.WIDTH):
    return _bytes(normalise.from_strokes(strokes, width=width).pixels)


def _bytes(picture):
    return np.rint(picture * 255).astype(np.uint8).ravel()
