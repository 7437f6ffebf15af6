"""The part of `prepare.mjs` that runs in Pyodide."""

from pathlib import Path

import numpy as np

from datasets import idx, test_digits, training_digits
from datasets.training_digits import SLICES, TEST, Slice
from preprocess import normalise_batch

# Images that are prepared at once: more need more memory and are no faster.
CHUNK = 500


def prepare(originals, out, names):
    """Write some of the files that the page learns from, by their names."""
    for name in names:
        part, chosen = _chosen(name)
        images, labels = (
            idx.read((Path(originals) / f"{part}-{kind}").read_bytes())
            for kind in ("images-idx3-ubyte", "labels-idx1-ubyte")
        )
        chosen = test_digits.order(len(labels))[chosen]
        pieces = np.split(images[chosen], range(CHUNK, len(chosen), CHUNK))
        rows = [training_digits.quantise(normalise_batch.columns(piece)) for piece in pieces]
        packed = training_digits.pack(Slice(np.concatenate(rows), labels[chosen]))
        (Path(out) / name).write_bytes(packed)


def _chosen(name):
    """Return the part of MNIST that a file is of, and which of its shuffled images it holds."""
    if name == TEST:
        return "t10k", slice(None)
    begin = 0
    for other, count in SLICES:
        if other == name:
            return "train", slice(begin, begin + count)
        begin += count
    raise ValueError(f"there is no slice {name}")
