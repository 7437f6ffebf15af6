"""Datasets of network inputs, made once and cached.

``preprocess.normalise`` makes every input, as on the page. A cached file's name holds a hash of the data and
of the code that it was made from.
"""

import hashlib
from pathlib import Path
from typing import NamedTuple

import numpy as np

from nn import scoring
from preprocess import (
    affine,
    aspect,
    deslant,
    despeckle,
    image,
    normalise,
    normalise_batch,
    parts,
    rasterise,
    strokes,
)

# All code that every input depends on.
PREPROCESSING = (
    affine,
    aspect,
    rasterise,
    image,
    normalise,
    deslant,
    despeckle,
    strokes,
    parts,
    normalise_batch,
)


class Dataset(NamedTuple):
    """Network inputs.

    ``rows`` is uint8 (n, 784), and ``labels`` int64 (n,), -1 for what is no digit. ``strokes`` and ``apart``
    are those of ``preprocess.normalise.Normalised``: integers and booleans (n,), or one for all inputs.
    """

    rows: np.ndarray
    labels: np.ndarray
    strokes: np.ndarray | int = 0
    apart: np.ndarray | bool = False

    @property
    def least(self):
        """How bright an answer to each input has to be on the page: float64 (n,)."""
        return np.broadcast_to(scoring.needed(self.apart, self.strokes), len(self.labels))


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
                return Dataset(**arrays)
        dataset = make()
        self.folder.mkdir(parents=True, exist_ok=True)
        # Renamed when complete, so that an interrupted run leaves no half-written dataset behind.
        unfinished = path.with_suffix(f".{digest}.part")
        with unfinished.open("wb") as file:
            np.savez(file, **dataset._asdict())
        unfinished.replace(path)
        return dataset


def code(*modules):
    """Return the code that inputs depend on: the preprocessing that all share, and these modules."""
    return b"".join(Path(module.__file__).read_bytes() for module in (*PREPROCESSING, *modules))


def joined(datasets):
    """Join datasets into one."""
    full = [
        [np.broadcast_to(array, (len(one.labels), *np.shape(array)[1:])) for array in one]
        for one in datasets
    ]
    return Dataset(*(np.concatenate(arrays) for arrays in zip(*full, strict=True)))


def collect(inputs):
    """Make a dataset of inputs: an iterable of pairs, Normalised and a label."""
    rows, labels, strokes, apart = [], [], [], []
    for one, label in inputs:
        rows.append(np.rint(one.pixels * 255).astype(np.uint8).ravel())
        labels.append(label)
        strokes.append(one.strokes)
        apart.append(one.apart)
    return Dataset(np.stack(rows), np.array(labels), np.array(strokes), np.array(apart))


def name_of(training):
    """Name the training datasets by a short hash of their contents."""
    digest = hashlib.sha256()
    for kind, dataset in sorted(training.items()):
        digest.update(kind.encode() + dataset.rows[:: max(1, len(dataset.rows) // 1000)].tobytes())
    return digest.hexdigest()[:12]
