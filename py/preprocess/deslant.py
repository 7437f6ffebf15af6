"""Slant: how far ink leans, from where its mass is.

Public: ``Mass``, ``weigh``, ``believe`` and ``lean``.
"""

from typing import NamedTuple

import numpy as np

# More than this is not handwriting that leans but a line that lies.
STEEPEST = 0.7

# Standard deviation of the ink's height, in pixels of a picture whose ink is 20 at its longest. A
# whole digit has 4 to 7; the bar of a 7 not yet finished has less than 1, and no slope to speak of.
FLAT, UPRIGHT = 1.5, 4.0


class Mass(NamedTuple):
    """Where the ink of a picture is: its centre (x, y) and its second moments about that.

    ``across`` is the mean of (x − x̄)(y − ȳ), ``down`` that of (y − ȳ)², ``wide`` that of (x − x̄)².
    """

    x: float
    y: float
    across: float
    down: float
    wide: float = 0.0


def weigh(pixels):
    """Weigh a picture, (height, width) with ink in it, in pixels with centres at whole numbers.

    Of a stack of pictures, (…, height, width), each number of the Mass is an array.
    """
    pixels = pixels.astype(np.float64)
    rows, columns = pixels.sum(axis=-1), pixels.sum(axis=-2)
    total = rows.sum(axis=-1)
    y, x = np.arange(rows.shape[-1]), np.arange(columns.shape[-1])
    middle_x, middle_y = (columns * x).sum(axis=-1) / total, (rows * y).sum(axis=-1) / total
    x, y = x - middle_x[..., None], y - middle_y[..., None]
    across = ((pixels * x[..., None, :]).sum(axis=-1) * y).sum(axis=-1) / total
    down, wide = (rows * y * y).sum(axis=-1) / total, (columns * x * x).sum(axis=-1) / total
    return Mass(middle_x, middle_y, across, down, wide)


def lean(mass):
    """Give the slope that shearing has to undo: how far ink moves to the right per pixel downwards.

    That is the line x = slope·y that fits the ink best, μ₁₁/μ₀₂, within ±STEEPEST. Flat ink is left
    alone, and between FLAT and UPRIGHT the slope comes in gently: while somebody draws, a stroke that
    lies has any slope from one moment to the next, and what the network sees must not jump.
    """
    believed = believe(mass)
    if not believed:
        return 0.0
    return float(believed * min(max(mass.across / mass.down, -STEEPEST), STEEPEST))


def believe(mass):
    """Say how far ink's shape is to be believed, by its height: 0 for FLAT, 1 for UPRIGHT."""
    share = min(max((mass.down**0.5 - FLAT) / (UPRIGHT - FLAT), 0.0), 1.0)
    return share * share * (3 - 2 * share)
