"""Augmentation: vary images slightly, as another hand might have written them.

Each image varied on its own would take several times as long as learning from it. Here a batch is divided
into GROUPS, and all images of a group vary in the same way.
"""

import numpy as np

from preprocess import affine
from preprocess.normalise import CENTRE, SIZE

# The transforms of a batch. More of them take more time, and are no better over many batches.
GROUPS = 4

# How far an image may vary: rotation in radians, shear, the logarithms of size and of aspect ratio, and
# position in pixels. Normalising has made all digits alike in these, so they are small.
TURN, SHEAR, GROW, STRETCH, MOVE = np.radians(8), 0.1, 0.06, 0.1, 0.5

_ROW, _COLUMN = np.mgrid[:SIZE, :SIZE].astype(np.float32)


def vary(images, rng):
    """Vary images, float32 (n, 784), and return them. rng: a NumPy Generator."""
    varied = np.empty_like(images)
    for group, transform in enumerate(_transforms(min(GROUPS, len(images)), rng)):
        varied[group::GROUPS] = _transformed(images[group::GROUPS], transform)
    return varied


def _transforms(count, rng):
    """Make random transforms about the centre: (count, 2, 3)."""
    turn, shear, grow, stretch = (
        rng.uniform(-limit, limit, count) for limit in (TURN, SHEAR, GROW, STRETCH)
    )
    wide, high = np.exp(grow + stretch / 2), np.exp(grow - stretch / 2)
    cos, sin = np.cos(turn), np.sin(turn)
    transforms = np.empty((count, 2, 3))
    transforms[:, 0, :2] = np.stack([cos * wide, (cos * shear - sin) * high], axis=1)
    transforms[:, 1, :2] = np.stack([sin * wide, (sin * shear + cos) * high], axis=1)
    centre = np.full(2, CENTRE)
    moved = centre + rng.uniform(-MOVE, MOVE, (count, 2))
    transforms[:, :, 2] = moved - transforms[:, :, :2] @ centre
    return transforms


def _transformed(images, transform):
    """Transform all images alike, as ``image.resample`` does, but in a third of its time.

    A pixel at the edge stands for whatever lies beyond. Normalised images are black there.
    """
    back = affine.inverse(transform).astype(np.float32)
    x, y = (row[0] * _COLUMN + row[1] * _ROW + row[2] for row in back)
    x, y = (np.clip(each.reshape(-1, 1), 0, SIZE - 1.001) for each in (x, y))
    left, top = np.floor(x), np.floor(y)
    x -= left
    y -= top
    at = (top * SIZE + left).astype(np.intp)[:, 0]
    # With an image in each column, a pixel of all images lies in one piece of memory.
    columns = np.ascontiguousarray(images.T)
    upper = columns[at] * (1 - x) + columns[at + 1] * x
    at += SIZE
    lower = columns[at] * (1 - x) + columns[at + 1] * x
    return (upper * (1 - y) + lower * y).T
