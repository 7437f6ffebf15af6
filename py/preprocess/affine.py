"""Affine transforms of the plane as 2×3 matrices.

The matrix [[p, q, r], [s, t, u]] takes (x, y) to (p x + q y + r, s x + t y + u). All matrices are float64.
Unless it says otherwise, a function that takes one matrix also takes a stack of them, (…, 2, 3).
"""

import numpy as np

IDENTITY = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])


def scaling(factor):
    """Scale by a factor about the origin."""
    return np.array([[factor, 0.0, 0.0], [0.0, factor, 0.0]])


def translation(x, y):
    """Move everything by (x, y)."""
    return np.array([[1.0, 0.0, x], [0.0, 1.0, y]])


def shearing(slope, y):
    """Shear horizontally about height y: a point moves left by slope times its distance below y."""
    return np.array([[1.0, -slope, slope * y], [0.0, 1.0, 0.0]])


def compose(second, first):
    """Combine two transforms into one that applies ``first``, then ``second``."""
    product = second[..., :2] @ first
    product[..., 2] += second[..., 2]
    return product


def apply(affine, points):
    """Transform points, float64 (…, n, 2) with columns x and y. A stack of transforms takes a stack."""
    x, y = points[..., :1], points[..., 1:]
    affine = affine[..., None, :, :]
    # Three small products and sums are faster than a general matrix product.
    return x * affine[..., 0] + y * affine[..., 1] + affine[..., 2]


def inverse(affine):
    """Invert a transform.

    Raises ValueError if the transform is singular.
    """
    p, q, s, t = affine[..., 0, 0], affine[..., 0, 1], affine[..., 1, 0], affine[..., 1, 1]
    # np.linalg.inv in Pyodide 0.29.5 gives infinities instead of raising an error.
    determinant = p * t - q * s
    if not np.all(determinant):
        raise ValueError("the transform is singular, expected one that can be inverted")
    linear = np.stack([np.stack([t, -q], -1), np.stack([-s, p], -1)], -2)
    linear = linear / determinant[..., None, None]
    return np.concatenate([linear, -linear @ affine[..., 2:]], axis=-1)
