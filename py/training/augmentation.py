"""Augmentation: vary images slightly, as another hand might have written them.

Each image varied on its own would take several times as long as learning from it. Here the images of a batch
are varied in GROUPS ways, out of KINDS that a run has.
"""

from functools import lru_cache

import numpy as np

from preprocess import affine
from preprocess.normalise import CENTRE, SIZE
from training import randomness

KINDS, GROUPS = 256, 2

# How far an image may vary: rotation in radians, shear, the logarithms of size and of aspect ratio, and
# position in pixels. Normalising has made all digits alike in these, so they are small.
TURN, SHEAR, GROW, STRETCH, MOVE = np.radians(8), 0.1, 0.06, 0.1, 0.5

_ROW, _COLUMN = (each.ravel() for each in np.mgrid[:SIZE, :SIZE].astype(np.float32))


def vary(images, seed, step):
    """Vary images, float32 (n, 784), always the same way for the same seed and step."""
    varied = np.empty_like(images)
    kinds = _kinds(seed)
    for group in range(GROUPS):
        kind = (step * GROUPS + group) % KINDS
        varied[group::GROUPS] = _resampled(images[group::GROUPS], *(each[kind] for each in kinds))
    return varied


def _resampled(images, at, shares):
    """Transform all images alike: each pixel is the sum of four, by their shares.

    A pixel at the edge stands for whatever lies beyond. Normalised images are black there.
    """
    # With an image in each column, a pixel of all images lies in one piece of memory.
    columns = np.ascontiguousarray(images.T)
    varied = np.zeros_like(columns)
    for offset, share in zip((0, 1, SIZE, SIZE + 1), shares, strict=True):
        part = columns[at + offset]
        part *= share
        varied += part
    return varied.T


@lru_cache(maxsize=1)
def _kinds(seed):
    """Make KINDS of transforms: for each pixel where its upper left source is, and the shares of its four.

    Returns intp (KINDS, 784) and float32 (KINDS, 4, 784, 1).
    """
    back = affine.inverse(_transforms(randomness.generator(seed, randomness.VARYING)))
    back = back.astype(np.float32)[..., None]
    x, y = (back[:, i, 0] * _COLUMN + back[:, i, 1] * _ROW + back[:, i, 2] for i in (0, 1))
    x, y = (np.clip(each, 0, SIZE - 1.001) for each in (x, y))
    left, top = np.floor(x), np.floor(y)
    x -= left
    y -= top
    shares = np.stack([(1 - x) * (1 - y), x * (1 - y), (1 - x) * y, x * y], axis=1)
    return (top * SIZE + left).astype(np.intp), shares[..., None]


def _transforms(rng):
    """Make random transforms about the centre: (KINDS, 2, 3)."""
    turn, shear, grow, stretch = (
        rng.uniform(-limit, limit, KINDS) for limit in (TURN, SHEAR, GROW, STRETCH)
    )
    wide, high = np.exp(grow + stretch / 2), np.exp(grow - stretch / 2)
    cos, sin = np.cos(turn), np.sin(turn)
    transforms = np.empty((KINDS, 2, 3))
    transforms[:, 0, :2] = np.stack([cos * wide, (cos * shear - sin) * high], axis=1)
    transforms[:, 1, :2] = np.stack([sin * wide, (sin * shear + cos) * high], axis=1)
    centre = np.full(2, CENTRE)
    moved = centre + rng.uniform(-MOVE, MOVE, (KINDS, 2))
    transforms[:, :, 2] = moved - transforms[:, :, :2] @ centre
    return transforms
