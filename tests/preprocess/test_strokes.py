"""Test which strokes are accepted, which are refused and why, their range, and how they are counted."""

import math
import sys
from itertools import pairwise

import numpy as np
import pytest
from drawings import drawings, wild
from hypothesis import example, given
from hypothesis import strategies as st

from preprocess import affine, strokes
from preprocess.normalise import from_image, from_strokes

in_cpython = pytest.mark.skipif(
    sys.platform == "emscripten", reason="needs CPython outside the browser"
)


@pytest.mark.parametrize("nothing", [[], [[]], [np.empty((0, 2))], (), [[], []]])
def test_a_drawing_without_points_has_no_ink(nothing):
    assert strokes.check(nothing) is None


def test_segments_do_not_join_strokes():
    """Two points, a dot and two points are three segments."""
    starts, ends = strokes.check([[(0, 0), (1, 0)], [(2, 4)], [], [(3, 0), (4, 0)]]).segments
    assert (starts * 4).tolist() == [[0, 0], [2, 4], [3, 0]]
    assert (ends * 4).tolist() == [[1, 0], [2, 4], [4, 0]]


def test_the_longer_side_is_scaled_to_0_to_1():
    """Proportions are kept, and ``unit`` is the transform that was applied."""
    drawing = [[(10, 20), (14, 28)]]
    ink = strokes.check(drawing)
    assert ink.points.tolist() == [[0, 0], [0.5, 1]]
    assert affine.apply(ink.unit, np.array(drawing[0], float)) == pytest.approx(ink.points)


@given(drawings(wild, least=0))
@example([[(3e8, 0.0), (3e8, 1e-300)]])
def test_any_finite_numbers_are_scaled_into_range(drawing):
    """No finite coordinate is too large, too small or too far from the others."""
    ink = strokes.check(drawing)
    if ink is None:
        assert not any(drawing)
        return
    assert ink.points.min() == 0
    assert ink.points.max() in (0, 1)
    assert len(ink.points) == sum(map(len, drawing))
    assert np.isfinite(ink.unit).all()
    starts, ends = ink.segments
    assert len(starts) == len(ends) == sum(max(len(stroke) - 1, 1) for stroke in drawing if stroke)


@pytest.mark.parametrize("size", [1e-310, 5e-324])
def test_ink_too_small_to_enlarge_is_a_dot(size):
    """No finite factor would make it visible."""
    ink = strokes.check([[(0, 0), (size, 0)]])
    assert not ink.points.any()
    assert np.isfinite(ink.unit).all()


def test_ink_far_from_the_origin_keeps_its_shape():
    """Subtracting before dividing keeps as many digits as a float64 has."""
    shape = np.array([(0, 0), (0.25, 1), (1, 0.5)])
    assert strokes.check([shape * 3 + 1e12]).points == pytest.approx(shape, abs=1e-12)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_a_number_that_is_not_finite_is_refused_by_name(bad):
    """The message counts strokes and points from 0, as Python does."""
    with pytest.raises(ValueError, match=rf"stroke 1, point 2 is \(7.0, {bad}\), expected finite"):
        strokes.check([[(0, 0)], [(1, 1), (2, 2), (7, bad)]])


@pytest.mark.parametrize(
    ("stroke", "message"),
    [
        ([1, 2], r"stroke 0 has shape \(2,\)"),
        ([(1, 2, 3)], r"stroke 0 has shape \(1, 3\)"),
        (np.zeros((2, 2, 2)), r"stroke 0 has shape \(2, 2, 2\)"),
        (5, r"stroke 0 has shape \(\)"),
        ([(1, 2), (3,)], "stroke 0 is not a list of points"),
        ("12", "stroke 0 has <U2 in it"),
        ([("1", "2")], "stroke 0 has <U1 in it"),
        ([(1, None)], "stroke 0 has object in it"),
        ([(1, 2j)], "stroke 0 has complex128 in it"),
        ([(10**400, 1)], "stroke 0 has object in it"),
        ([(True, False)], "stroke 0 has bool in it"),
    ],
)
def test_anything_but_points_is_refused(stroke, message):
    """The message says which stroke is wrong and what it holds."""
    with pytest.raises(ValueError, match=message):
        strokes.check([stroke])


@in_cpython
@pytest.mark.filterwarnings("error")
def test_a_number_too_long_for_a_float64_is_refused_without_a_warning():
    """Where NumPy has no longer floats, the number is infinite from the start."""
    with np.errstate(over="ignore"):
        far = np.longdouble("1e4000")
    with pytest.raises(ValueError, match=r"stroke 0, point 0 is \(inf, 0.0\), expected finite"):
        strokes.check([np.array([[far, 0]], np.longdouble)])


def test_checking_does_not_change_the_callers_array():
    stroke = np.array([[3.0, 4.0], [5.0, 9.0]])
    strokes.check([stroke])
    assert stroke.tolist() == [[3, 4], [5, 9]]


@given(drawings(st.integers(0, 6), least=1), st.floats(0.1, 3))
def test_long_strokes_are_counted(drawing, factor):
    """A stroke is as long as its pieces are together, in pixels of the image."""
    points = factor * np.concatenate(drawing)
    ends = np.cumsum([len(stroke) for stroke in drawing])
    joined = ~np.isin(np.arange(1, len(points)), ends)
    lengths = [factor * sum(math.dist(*ends) for ends in pairwise(stroke)) for stroke in drawing]
    if any(abs(length - strokes.LONG) < 1e-9 for length in lengths):
        return
    placed = strokes.Strokes(points, joined, np.eye(2, 3))
    assert strokes.count_long(placed) == sum(length > strokes.LONG for length in lengths)


@pytest.mark.parametrize("scale", [0.01, 1, 1000])
def test_strokes_count_by_their_length_in_the_image(scale):
    """However large the drawing is. A dot, or a touch that mends a gap, is no stroke more."""
    bars = [[(0, y), (100, y)] for y in (0, 50, 100)]
    mended = [*bars, [(0, 0), (0, 8)], [(50, 50)]]
    drawn = [[(scale * x, scale * y) for x, y in stroke] for stroke in mended]
    assert from_strokes(drawn).strokes == 3
    assert from_strokes([[(3, 4)]]).strokes == 1
    assert from_strokes([]).strokes == 0
    assert from_image(np.eye(28)).strokes == 0
