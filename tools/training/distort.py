"""Distortion: one digit's strokes, as another hand, another device or another day might draw them.

Public: ``distort``.

What the road to the pixels takes out again (place, size, most of the slant) costs nothing to leave
in; what it cannot take out is what a network has to have seen.
"""

import numpy as np

# All in shares of the ink's longer side, but for angles.
TURN = np.radians(12)
SHEAR, STRETCH, WARP = 0.25, 0.18, 0.035
SPACING = 0.04


def distort(strokes, rng):
    """Draw strokes again a little differently: a list of float64 (n, 2), about the origin.

    strokes: a list of float64 (n, 2), none empty. rng: a NumPy Generator. Pens set down late or lifted
    early, a quick mouse's few points, a trembling hand, pens not lifted between strokes; then turned,
    sheared, stretched and bent.
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
    strokes = [_space(stroke, spacing) for stroke in strokes]
    if rng.random() < 0.4:
        size = rng.uniform(0.003, 0.018)
        strokes = [_tremble(stroke, size, rng) for stroke in strokes]
    return _bend(strokes, rng)


def _travelled(points):
    return np.append(0, np.cumsum(np.hypot(*np.diff(points, axis=0).T)))


def _at(places, travelled, points):
    return np.column_stack([np.interp(places, travelled, axis) for axis in points.T])


def _trim(points, begin, end):
    """Leave out these shares of a stroke's length."""
    travelled = _travelled(points)
    first, last = begin * travelled[-1], (1 - end) * travelled[-1]
    kept = travelled[(travelled > first) & (travelled < last)]
    return _at(np.concatenate([[first], kept, [last]]), travelled, points)


def _space(points, spacing):
    """Put points on the same line at even distances, of about `spacing`."""
    travelled = _travelled(points)
    if not travelled[-1]:
        return points[:1]
    count = max(2, int(np.ceil(travelled[-1] / spacing)) + 1)
    return _at(np.linspace(0, travelled[-1], count), travelled, points)


def _tremble(points, size, rng):
    """Move every point a little, and more often than not its neighbours with it."""
    moves = rng.normal(0, size, points.shape)
    if len(points) > 3 and rng.random() < 0.7:
        moves = (moves + np.roll(moves, 1, axis=0) + np.roll(moves, -1, axis=0)) / 3**0.5
    return points + moves


def _bend(strokes, rng):
    """Turn, shear and stretch all strokes, after bending the plane by three slow waves."""
    turn = rng.uniform(-TURN, TURN)
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
