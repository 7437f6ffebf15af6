"""Distort the strokes of a digit, as another hand, another device or another day might draw them.

Normalising removes position, size and most of the slant, so varying those costs nothing. What it cannot
remove, a network must have seen in training.
"""

import numpy as np

# Shares of the ink's longer side, except for the angle.
ROTATION = np.radians(12)
SHEAR, STRETCH, WARP = 0.25, 0.18, 0.035
SPACING = 0.04


def distort(strokes, rng):
    """Draw strokes again slightly differently: a list of float64 (n, 2), about the origin.

    strokes: a list of float64 (n, 2), none empty. rng: a NumPy Generator. The pen may be set down late or
    lifted early, stay down between strokes, tremble, or report few points as a quick mouse does. All strokes
    are then rotated, sheared, stretched and warped.
    """
    points = np.concatenate(strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    side = (high - low).max() or 1.0
    strokes = [(stroke - (low + high) / 2) / side for stroke in strokes]
    if rng.random() < 0.5:
        strokes = [_trim(stroke, *(0.08 * rng.random(2) ** 2)) for stroke in strokes]
    if len(strokes) > 1 and rng.random() < 0.06:
        strokes = [np.concatenate(strokes)]
    spacing = rng.uniform(0.08, 0.2) if rng.random() < 0.15 else SPACING
    strokes = [_resample(stroke, spacing) for stroke in strokes]
    if rng.random() < 0.4:
        size = rng.uniform(0.003, 0.018)
        strokes = [_tremble(stroke, size, rng) for stroke in strokes]
    return _warp(strokes, rng)


def _arc_lengths(points):
    return np.append(0, np.cumsum(np.hypot(*np.diff(points, axis=0).T)))


def _interpolate(positions, lengths, points):
    return np.column_stack([np.interp(positions, lengths, axis) for axis in points.T])


def _trim(points, begin, end):
    """Cut these shares of a stroke's length off its two ends."""
    lengths = _arc_lengths(points)
    first, last = begin * lengths[-1], (1 - end) * lengths[-1]
    kept = lengths[(lengths > first) & (lengths < last)]
    return _interpolate(np.concatenate([[first], kept, [last]]), lengths, points)


def _resample(points, spacing):
    """Place points at equal distances of about ``spacing`` along the same line."""
    lengths = _arc_lengths(points)
    if not lengths[-1]:
        return points[:1]
    count = max(2, int(np.ceil(lengths[-1] / spacing)) + 1)
    return _interpolate(np.linspace(0, lengths[-1], count), lengths, points)


def _tremble(points, size, rng):
    """Move every point slightly, usually together with its neighbours."""
    moves = rng.normal(0, size, points.shape)
    if len(points) > 3 and rng.random() < 0.7:
        moves = (moves + np.roll(moves, 1, axis=0) + np.roll(moves, -1, axis=0)) / 3**0.5
    return points + moves


def _warp(strokes, rng):
    """Warp the plane by three slow waves, then rotate, shear and stretch all strokes."""
    turn = rng.uniform(-ROTATION, ROTATION)
    cos, sin = np.cos(turn), np.sin(turn)
    plane = np.array([[cos, -sin], [sin, cos]])
    plane = plane @ np.array([[1, rng.uniform(-SHEAR, SHEAR)], [0, 1]])
    plane[:, 0] *= np.exp(rng.uniform(-STRETCH, STRETCH))
    waves, phases = rng.normal(0, 3, (3, 2)), rng.uniform(0, 2 * np.pi, 3)
    heights = rng.normal(0, 1, (3, 2)) / 3**0.5 * abs(rng.normal(0, WARP))
    apart = rng.normal(0, 0.012, (len(strokes), 2))
    return [
        (stroke + np.sin(stroke @ waves.T + phases) @ heights + move) @ plane.T
        for stroke, move in zip(strokes, apart, strict=True)
    ]
