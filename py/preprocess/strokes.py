"""Check strokes, scale them into a manageable range, and count them."""

from typing import NamedTuple

import numpy as np

from preprocess import affine

# Smaller ink is a dot, and so is ink smaller than this share of its distance from the origin. The transform
# that enlarges it to image size would overflow a float64.
SMALLEST = 1e-305

# Strokes are counted if they are longer than this, in pixels of the image: shorter ones mend a gap.
LONG = 3.0


class Strokes(NamedTuple):
    """All strokes of one drawing, moved and scaled so that the ink's longer side runs from 0 to 1.

    ``points`` is float64 (n, 2), x and y of every point of every stroke, in order. ``joined`` is bool
    (n − 1): whether the pen was down between a point and the next. ``unit`` is the 2×3 transform from the
    drawing's coordinates to those of ``points``.
    """

    points: np.ndarray
    joined: np.ndarray
    unit: np.ndarray

    @property
    def begins(self):
        """Return the index of every stroke's first point: integers, the first of them 0."""
        return np.flatnonzero(np.append(True, ~self.joined))

    @property
    def segments(self):
        """Return the ends of every straight segment of ink: two float64 arrays (m, 2).

        A dot, a point that is joined to no other, is a segment from itself to itself.
        """
        before = np.append(False, self.joined)
        behind = np.append(self.joined, False)
        begins = np.flatnonzero(behind | ~before)
        return self.points[begins], self.points[begins + behind[begins]]


def check(strokes):
    """Convert a drawing to Strokes, or to None if it has no points.

    strokes: a sequence of (n, 2) arrays or lists of x, y, with y downwards, in any unit and of any size,
    1e300 and 1e-300 included. A stroke may have one point, or none. Raises ValueError for anything but pairs
    of finite real numbers, and names the stroke and, where it can, the point.
    """
    arrays = [_check_stroke(stroke, number) for number, stroke in enumerate(strokes)]
    arrays = [points for points in arrays if len(points)]
    if not arrays:
        return None
    points = np.concatenate(arrays)
    joined = np.ones(len(points), bool)
    joined[np.cumsum([len(array) for array in arrays]) - 1] = False
    return Strokes(*_to_unit(points, joined[:-1]))


def count_long(placed):
    """Count the Strokes that are longer than LONG. Their points are in pixels of the image."""
    steps = np.hypot(*np.diff(placed.points, axis=0).T) * placed.joined
    lengths = np.add.reduceat(np.append(steps, 0.0), placed.begins)
    return int(np.count_nonzero(lengths > LONG))


def _check_stroke(stroke, number):
    try:
        points = np.asarray(stroke)
    except (TypeError, ValueError) as error:
        raise ValueError(f"stroke {number} is not a list of points: {error}") from error
    if points.size == 0 and points.ndim in (1, 2):
        return np.empty((0, 2))
    if points.dtype.kind not in "iuf":
        raise ValueError(f"stroke {number} has {points.dtype} in it, expected numbers")
    if points.ndim != 2 or points.shape[1] != 2:
        raise ValueError(f"stroke {number} has shape {points.shape}, expected points of x and y")
    # A longer float may become infinite here. The check below then refuses it with a clear message.
    with np.errstate(over="ignore"):
        points = points.astype(np.float64)
    if not np.isfinite(points).all():
        wrong = int(np.flatnonzero(~np.isfinite(points).all(axis=1))[0])
        x, y = points[wrong]
        raise ValueError(f"stroke {number}, point {wrong} is ({x}, {y}), expected finite numbers")
    return points


def _to_unit(points, joined):
    """Scale points to the unit range. Subtract first, so that ink far from the origin keeps its digits."""
    low, high = points.min(axis=0), points.max(axis=0)
    # Multiplying by a power of two is exact, and keeps the difference of two huge numbers finite.
    power = 0.5 if max(-low.min(), high.max()) > 1e307 else 1.0
    side = (high * power - low * power).max()
    if side < SMALLEST * max(1.0, np.abs(low * power).max()):
        # A dot has no size. One unit of the drawing becomes one pixel of the image.
        return np.zeros_like(points), joined, affine.translation(*-low)
    factor = power / side
    moved = (points * power - low * power) / side
    return moved, joined, np.column_stack([np.eye(2) * factor, -low * factor])
