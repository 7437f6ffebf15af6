"""Weights as a picture that is painted: a brush to paint them with, and what to paint.

Public: ``brush`` and ``edge_detector``.
"""

import numpy as np


def brush(size, row, column, radius, softness):
    """Say how much a brush on a picture covers each pixel: float32 (size·size,), 0..1.

    row, column: the middle of the brush in pixels; radius: where it ends, in pixels; softness: 0 for
    an edge of one pixel, 1 for one that begins in the middle.
    """
    rows, columns = np.mgrid[:size, :size]
    distance = np.hypot(rows - row, columns - column)
    edge = max(radius * min(max(softness, 0), 1), 1.0)
    return np.clip((radius + 0.5 - distance) / edge, 0, 1).astype(np.float32).ravel()


def edge_detector(size):
    """Give the weights of a neuron that looks for a horizontal edge: float32 (size·size,), −1, 0 or 1.

    A band of positive weights in the upper half, and negative ones above and below it (at 9:42). There
    are as many of either, so that the sum is largest where the band is bright and what is around it is
    dark, and 0 where all is equally bright. Raises ValueError for a size below 4.
    """
    if size < 4:
        raise ValueError(f"size is {size}, expected 4 or more")
    thick = max(1, round(size / 14))
    top = min(round(size / 5), size - 4 * thick)
    side = size // 4
    weights = np.zeros((size, size), np.float32)
    weights[top : top + 4 * thick, side : size - side] = -1
    weights[top + thick : top + 3 * thick, side : size - side] = 1
    return weights.ravel()
