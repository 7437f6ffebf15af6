"""The datasets to train on and to measure with: of MNIST, of pens, of characters and of negatives."""

import hashlib

import numpy as np

from network_training import distort, doodles, glyphs, negatives, split
from network_training.dataset import Dataset, code, collect
from network_training.lookalikes import LOOKALIKES
from network_training.sources import mnist
from network_training.sources.stroke_files import NONE
from preprocess.normalise import Normalised, from_strokes

# The range of pen widths to train with. The page uses `rasterise.WIDTH`.
PENS = 1.8, 3.0

# How many of MNIST's training images are held back for validation, and the seed that chooses them.
HELD_BACK, ORDER = 10_000, 1


def _silent(items, _title):
    return items


def _code(*modules):
    return repr((PENS, HELD_BACK, ORDER)).encode() + code(*modules)


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


def pen_sets(files, cache, count, progress=_silent):
    """Make the datasets of all digits in stroke files, and list these digits.

    files: lists of Drawing by file, see ``stroke_files.gather``. Returns the training set, which has
    ``count`` distorted drawings of all files together; the other sets, as drawn, by (part, file); and the
    digits of each part. Raises ValueError if there are no digits, or none to train on.
    """
    digits = {part: [] for part in split.PARTS}
    still = {}
    for file, drawings in files.items():
        for part in split.PARTS:
            own = [d for d in drawings if d.digit != NONE and split.part(d.writer) == part]
            digits[part] += own
            if own and part != "training":
                still[part, file] = _as_drawn(own, cache, f"{file}-{part}", progress)
    if not digits["training"]:
        raise ValueError(
            f"{', '.join(files)}: no digits to train on, expected some by writers of the training part"
        )
    training = varied(digits["training"], count, cache, "pens-training", progress)
    return training, still, digits


def varied(digits, count, cache, name, progress=_silent):
    """Make ``count`` distorted drawings of digits, all classes equally often. See ``even_shares``."""
    return _distorted(digits, even_shares(digits), count, cache, name, progress)


def shape_set(cache, count, progress=_silent):
    """Make ``count`` digits in the shapes that people use in different countries."""

    def make():
        rng = np.random.default_rng(ORDER)
        written = (
            glyphs.written(glyphs.DIGITS, rng) for _ in progress(range(count), "shapes of digits")
        )
        return collect((_varied(drawn, rng), int(name[0])) for name, drawn in written)

    return cache.get("shapes", _code(distort, glyphs) + str(count).encode(), make)


def pair_set(cache, count, progress=_silent):
    """Make ``count`` pairs and triples of such shapes side by side, such as 10 and 14."""

    def make():
        rng = np.random.default_rng(ORDER)

        def pair():
            digits = [glyphs.written(glyphs.DIGITS, rng)[1] for _ in range(rng.integers(2, 4))]
            return _varied(negatives.several(rng, digits), rng)

        return collect((pair(), NONE) for _ in progress(range(count), "pairs of shapes"))

    key = _code(distort, glyphs, negatives) + str(count).encode()
    return cache.get("no-pairs", key, make)


def character_sets(files, cache, count, progress=_silent):
    """Make the datasets of all characters in stroke files that are no digits and do not look like one.

    files: as for ``pen_sets``. Returns a set by part, and the characters' drawings by part. "training" has
    ``count`` distorted drawings, "validation" and "test" are as drawn. Parts without characters are missing.
    """
    characters = {part: [] for part in split.PARTS}
    for drawings in files.values():
        for drawing in drawings:
            if drawing.digit == NONE and drawing.label not in LOOKALIKES:
                characters[split.character_part(drawing.label)].append(drawing)
    characters = {part: own for part, own in characters.items() if own}
    sets = {
        part: _as_drawn(own, cache, f"characters-{part}", progress)
        for part, own in characters.items()
        if part != "training"
    }
    if own := characters.get("training"):
        shares = character_shares(own)
        sets["training"] = _distorted(own, shares, count, cache, "characters-training", progress)
    return sets, characters


def _as_drawn(drawings, cache, name, progress):
    def make():
        return collect((from_strokes(one.strokes), one.digit) for one in progress(drawings, name))

    return cache.get(name, _code() + _fingerprint(drawings), make)


def _distorted(drawings, shares, count, cache, name, progress):
    """Distort drawings that are chosen at random by their shares."""

    def make():
        rng = np.random.default_rng(ORDER)
        numbers = progress(rng.choice(len(drawings), count, p=shares), f"distorting {name}")
        chosen = (drawings[number] for number in numbers)
        return collect((_varied(one.strokes, rng), one.digit) for one in chosen)

    key = _code(distort) + _fingerprint(drawings) + shares.tobytes() + str(count).encode()
    return cache.get(name, key, make)


def _fingerprint(drawings):
    """Hash what of drawings a dataset depends on."""
    digest = hashlib.sha256()
    for drawing in drawings:
        lengths = [len(stroke) for stroke in drawing.strokes]
        digest.update(repr((drawing.digit, lengths)).encode())
        for stroke in drawing.strokes:
            digest.update(stroke.tobytes())
    return digest.digest()


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


def character_shares(drawings):
    """Weight drawings so that characters are equally frequent, and so are the drawings of each."""
    _, character, counts = np.unique(
        [drawing.label for drawing in drawings], return_inverse=True, return_counts=True
    )
    return 1 / (len(counts) * counts[character])


def negative_sets(digits, cache, count, seed, progress=_silent):
    """Make ``count`` negatives of each kind, and more of those in ``negatives.OFTEN``: datasets by kind.

    digits: the digits that ``several`` and ``half`` are made from. Without any, these two kinds are missing.
    """
    digest = (
        _code(distort, doodles, glyphs, negatives)
        + repr([(d.id, d.writer) for d in digits]).encode()
    )
    kinds = [*negatives.KINDS, *(negatives.OF_DIGITS if digits else ())]

    def make(kind, number):
        rng = np.random.default_rng([seed, number])
        many = progress(range(count * negatives.OFTEN.get(kind, 1)), kind)
        return collect((_negative(kind, digits, rng), NONE) for _ in many)

    return {
        kind: cache.get(
            f"no-{kind}", digest + f"{count} {seed}".encode(), lambda k=kind, n=n: make(k, n)
        )
        for n, kind in enumerate(kinds)
    }


def _negative(kind, digits, rng):
    made = negatives.draw(kind, rng, digits)
    return Normalised(made) if kind in negatives.IMAGES else _varied(made, rng)


def _varied(drawn, rng):
    """Distort strokes, and draw them with a pen of some width: Normalised."""
    return from_strokes(distort.distort(drawn, rng), width=rng.uniform(*PENS))
