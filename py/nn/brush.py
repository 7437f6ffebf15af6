"""Shapes for painting a neuron's weights, which are seen as an image."""

import numpy as np


def brush(size, row, column, radius, softness):
    """Compute how much a round brush covers each pixel: float32 (size·size,), 0..1.

    row, column: the brush's centre in pixels; radius: in pixels; softness: 0 for an edge of one pixel, 1 for
    an edge that fades from the centre.
    """
    rows, columns = np.mgrid[:size, :size]
    distance = np.hypot(rows - row, columns - column)
    edge = max(radius * min(max(softness, 0), 1), 1.0)
    return np.clip((radius + 0.5 - distance) / edge, 0, 1).astype(np.float32).ravel()


def edge_detector(size):
    """Make the weights of a neuron that detects a horizontal edge: float32 (size·size,), −1, 0 or 1.

    Positive weights form a band in the upper half, with negative ones above and below it (at 9:42). There are
    as many of each. The weighted sum is therefore largest for a bright band with dark surroundings, and 0
    for a uniform image. Raises ValueError for a size below 4.
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
