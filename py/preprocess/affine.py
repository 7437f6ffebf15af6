"""Affine maps of the plane as 2×3 matrices: where a point of a drawing goes.

Public: ``IDENTITY``, ``scaling``, ``moving``, ``shearing``, ``after``, ``apply``, ``inverse``.

The map [[p, q, r], [s, t, u]] takes (x, y) to (p x + q y + r, s x + t y + u). All are float64. Where a
function takes one map it also takes a stack of them, (…, 2, 3), unless it says otherwise.
"""

import numpy as np

IDENTITY = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])


def scaling(factor):
    """Make the map that enlarges by a factor about the origin."""
    return np.array([[factor, 0.0, 0.0], [0.0, factor, 0.0]])


def moving(x, y):
    """Make the map that moves everything by (x, y)."""
    return np.array([[1.0, 0.0, x], [0.0, 1.0, y]])


def shearing(slope, y):
    """Make the map that moves a point to the left by slope times its distance below height y."""
    return np.array([[1.0, -slope, slope * y], [0.0, 1.0, 0.0]])


def after(second, first):
    """Make one map of two: what first does, then what second does."""
    product = second[..., :2] @ first
    product[..., 2] += second[..., 2]
    return product


def apply(affine, points):
    """Move points, float64 (…, n, 2) with x and y in the columns, by a map for each n of them."""
    x, y = points[..., :1], points[..., 1:]
    affine = affine[..., None, :, :]
    # Written out because three small products and sums are quicker than a general matrix product.
    return x * affine[..., 0] + y * affine[..., 1] + affine[..., 2]


def inverse(affine):
    """Make the map that undoes this one.

    Raises ValueError if it flattens the plane.
    """
    p, q, s, t = affine[..., 0, 0], affine[..., 0, 1], affine[..., 1, 0], affine[..., 1, 1]
    # np.linalg.inv would do, but gives infinities instead of an error in Pyodide 0.29.5.
    area = p * t - q * s
    if not np.all(area):
        raise ValueError("this map flattens the plane, expected one that can be undone")
    linear = np.stack([np.stack([t, -q], -1), np.stack([-s, p], -1)], -2) / area[..., None, None]
    return np.concatenate([linear, -linear @ affine[..., 2:]], axis=-1)
