"""Augmentation: vary images slightly, as another hand might have written them.

Each image varied on its own would take several times as long as learning from it. Here all images of a step
are varied in the same way, which is one of KINDS that a run has. Over many steps that is no worse.
"""

from functools import lru_cache

import numpy as np

from preprocess import affine
from preprocess.normalise import CENTRE, SIZE
from training import randomness

KINDS = 256

# How far an image may vary: rotation in radians, shear, the logarithms of size and of aspect ratio, and
# position in pixels. Normalising has made all digits alike in these, so they are small.
TURN, SHEAR, GROW, STRETCH, MOVE = np.radians(8), 0.1, 0.06, 0.1, 0.5

_ROW, _COLUMN = (each.ravel() for each in np.mgrid[:SIZE, :SIZE].astype(np.float32))


def vary(images, seed, step):
    """Vary images, uint8 (n, 784), always in the same way for the same seed and step.

    A pixel at the edge stands for whatever lies beyond. Normalised images are black there.
    """
    sources, shares = (each[step % KINDS] for each in _kinds(seed))
    # With an image in each column, a pixel of all images lies in one piece of memory.
    columns = np.ascontiguousarray(images.T, np.float32)
    varied = np.full_like(columns, 0.5)  # so that cutting off fractions rounds them
    for offset, share in zip((0, 1, SIZE, SIZE + 1), shares, strict=True):
        part = columns[sources + offset]
        part *= share
        varied += part
    return np.ascontiguousarray(varied.T.astype(np.uint8))


@lru_cache(maxsize=1)
def _kinds(seed):
    """Make KINDS of transforms: for each pixel the first of its four sources, and the share of each.

    The sources are two pixels and the two below them. Returns intp (KINDS, 784)
    and float32 (KINDS, 4, 784, 1).
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
