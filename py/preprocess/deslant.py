"""Measure the slant of ink from its image moments."""

from typing import NamedTuple

import numpy as np

# A steeper slope is a line drawn on its side, not handwriting that leans.
STEEPEST = 0.7

# Standard deviations of the ink's height, in pixels of an image whose ink is 20 at its longest. A whole
# digit has 4 to 7. The bar of an unfinished 7 has less than 1, and its slope says nothing.
FLAT, UPRIGHT = 1.5, 4.0


class Moments(NamedTuple):
    """The centre of mass (x, y) of an image, and its second central moments per unit of mass.

    ``xy`` is the mean of (x − x̄)(y − ȳ), ``yy`` the mean of (y − ȳ)², ``xx`` the mean of (x − x̄)².
    """

    x: float
    y: float
    xy: float
    yy: float
    xx: float = 0.0


def moments(pixels):
    """Compute the moments of an image, (height, width) with some ink, pixel centres at whole numbers.

    For a stack of images, (…, height, width), each field of the result is an array.
    """
    pixels = pixels.astype(np.float64)
    rows, columns = pixels.sum(axis=-1), pixels.sum(axis=-2)
    total = rows.sum(axis=-1)
    y, x = np.arange(rows.shape[-1]), np.arange(columns.shape[-1])
    mean_x, mean_y = (columns * x).sum(axis=-1) / total, (rows * y).sum(axis=-1) / total
    x, y = x - mean_x[..., None], y - mean_y[..., None]
    xy = ((pixels * x[..., None, :]).sum(axis=-1) * y).sum(axis=-1) / total
    yy, xx = (rows * y * y).sum(axis=-1) / total, (columns * x * x).sum(axis=-1) / total
    return Moments(mean_x, mean_y, xy, yy, xx)


def slope(moments):
    """Compute the slope that shearing has to undo: how far ink moves to the right per pixel downwards.

    This is the line x = slope·y that fits the ink best, μ₁₁/μ₀₂, limited to ±STEEPEST. Flat ink keeps its
    slope. Between FLAT and UPRIGHT the correction fades in: the slope of a stroke that lies flat changes from
    one moment of drawing to the next, and the network's input must not jump with it.
    """
    trust = confidence(moments)
    if not trust:
        return 0.0
    return float(trust * min(max(moments.xy / moments.yy, -STEEPEST), STEEPEST))


def confidence(moments):
    """Say how far to trust the shape of ink, from its height: 0 up to FLAT, 1 from UPRIGHT."""
    share = min(max((moments.yy**0.5 - FLAT) / (UPRIGHT - FLAT), 0.0), 1.0)
    return share * share * (3 - 2 * share)
