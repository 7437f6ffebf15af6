"""Test the way from strokes to 28×28 pixels, and what must make no difference to it."""

import sys
import time
import tracemalloc
from itertools import pairwise

import numpy as np
import pytest
from drawings import drawings, pads, wild
from hypothesis import assume, example, given
from hypothesis import strategies as st

from preprocess import affine, deslant, rasterise
from preprocess.normalise import BOX, CENTRE, SIZE, from_strokes

in_cpython = pytest.mark.skipif(
    sys.platform == "emscripten", reason="needs CPython outside the browser"
)


def inked(pixels):
    """Measure how many rows and columns the ink spans, ignoring rounding errors."""
    return tuple(int(np.ptp(where)) + 1 for where in np.nonzero(pixels > 1e-4))


def is_cut(seen, drawing):
    """Tell whether ink was cut off at the edge of the image, as happens to long tails."""
    points = affine.apply(
        seen.transform, np.concatenate([np.asarray(s, float) for s in drawing if len(s)])
    )
    reach = rasterise.reach(rasterise.WIDTH)
    return points.min() < reach or points.max() > SIZE - 1 - reach


@given(drawings(wild, least=0))
@example([[(1e300, -1e300), (-1e300, 1e300)]])
@example([[(1e-300, 0), (0, 2e-300)]])
@example([[(1.7e308, 0), (-1.7e308, 5e-324)]])
@example([[(5e-324, 0), (0, 0)]])
@example([[(1e300, 1), (1e300, 2)]])
@example([[(3e8, 0.0), (3e8, 1e-300)]])
def test_any_finite_numbers_become_pixels(drawing):
    """Any drawing gives 28×28 float32 within 0..1 and finite transforms."""
    seen = from_strokes(drawing)
    assert seen.pixels.shape == (SIZE, SIZE)
    assert seen.pixels.dtype == np.float32
    assert seen.pixels.min() >= 0
    assert seen.pixels.max() <= 1
    assert seen.ink == any(drawing) == seen.pixels.any()
    assert abs(seen.shear) <= deslant.STEEPEST
    for transform in (seen.centred, seen.transform) if seen.ink else ():
        assert transform.shape == (2, 3)
        assert np.isfinite(transform).all()


@pytest.mark.parametrize("nothing", [[], [[]], [np.empty((0, 2)), []]])
def test_a_drawing_without_points_is_blank(nothing):
    """Its image is black, and it has no transform and no ink."""
    seen = from_strokes(nothing)
    assert not seen.pixels.any()
    assert seen.pixels.shape == (SIZE, SIZE)
    assert (seen.centred, seen.transform, seen.shear, seen.ink) == (None, None, 0, False)


@pytest.mark.parametrize("dot", [[[(3, 4)]], [[(3, 4)] * 5], [[(3, 4)], [(3, 4), (3, 4)]]])
def test_a_dot_is_ink_in_the_middle(dot):
    """One point, or several equal points, make a round spot as wide as the pen."""
    seen = from_strokes(dot)
    assert seen.ink
    assert seen.shear == 0
    assert seen.pixels[14, 14] == 1
    assert seen.pixels == pytest.approx(seen.pixels.T)
    assert inked(seen.pixels) == (3, 3)
    assert affine.apply(seen.transform, np.array([[3.0, 4.0]])) == pytest.approx(
        np.full((1, 2), CENTRE)
    )


def test_an_upright_line_matches_values_worked_by_hand():
    """A 1 is 20 high including the pen's soft edge, three pixels wide, and centred at 14."""
    pixels = from_strokes([[(50, 10), (50, 90)]]).pixels
    assert np.flatnonzero(pixels.any(axis=1)).tolist() == list(range(5, 24))
    assert np.flatnonzero(pixels.any(axis=0)).tolist() == [13, 14, 15]
    assert pixels[14, 13:16] == pytest.approx([0.6, 1, 0.6], abs=1e-6)


def test_rows_go_down_and_columns_go_right():
    """The foot of an L is at the bottom right, both in the image and in the column of numbers."""
    seen = from_strokes([[(0, 0), (0, 100), (60, 100)]], straighten=False)
    rows, columns = np.nonzero(seen.pixels > 0.9)
    assert columns[rows < rows.max() - 2].max() < columns[rows == rows.max()].max()
    assert seen.column.shape == (784, 1)
    assert np.array_equal(seen.column[20 * 28 : 21 * 28, 0], seen.pixels[20])
    assert not np.array_equal(seen.pixels[20], seen.pixels[:, 20])


@given(drawings(pads))
def test_ink_fits_a_box_of_20(drawing):
    """The longer side of the ink has 18 to 20 rows or columns with any ink."""
    seen = from_strokes(drawing)
    assume(not is_cut(seen, drawing))
    assert max(inked(seen.pixels)) <= BOX
    points = {tuple(point) for stroke in drawing for point in stroke}
    assert len(points) == 1 or max(inked(seen.pixels)) >= BOX - 2


@given(drawings(pads), st.booleans())
def test_the_centre_of_mass_is_at_14(drawing, straighten):
    """The tolerance is a third of a pixel, because a dot's ink varies with its place between pixels."""
    seen = from_strokes(drawing, straighten)
    assume(not is_cut(seen, drawing))
    mass = deslant.moments(seen.pixels)
    assert (mass.x, mass.y) == pytest.approx((CENTRE, CENTRE), abs=0.35)


def test_the_centre_of_mass_of_a_digit_is_nearly_exact(seven, four):
    """Without dots it is at 14.0 to a few hundredths."""
    for drawing in (seven, four):
        mass = deslant.moments(from_strokes(drawing).pixels)
        assert (mass.x, mass.y) == pytest.approx((CENTRE, CENTRE), abs=0.03)


def test_a_line_drawn_twice_weighs_once(seven):
    """Going over part of a line again does not pull the centre towards it."""
    once, twice = from_strokes(seven), from_strokes([*seven, seven[0][:9][::-1]])
    assert twice.pixels == pytest.approx(once.pixels, abs=1e-6)


@given(drawings(pads), st.integers(-900, 900))
def test_scaling_by_a_power_of_two_changes_no_bit(drawing, power):
    """Such scaling does not round."""
    strokes = [np.array(stroke) for stroke in drawing]
    scaled = from_strokes([np.ldexp(stroke, power) for stroke in strokes])
    assert np.array_equal(scaled.pixels, from_strokes(strokes).pixels)


@given(
    drawings(st.integers(0, 400).map(float)),
    st.floats(1e-3, 1e3),
    st.floats(-1e4, 1e4),
    st.floats(-1e4, 1e4),
)
def test_size_and_position_make_no_difference(drawing, size, right, down):
    """The image is the same to rounding."""
    elsewhere = [np.array(stroke) * size + (right, down) for stroke in drawing]
    there, here = from_strokes(elsewhere), from_strokes(drawing)
    assume(there.ink and np.ptp(np.concatenate(elsewhere), axis=0).max() > 1)
    assert there.pixels == pytest.approx(here.pixels, abs=1e-4)


def test_proportions_are_kept_without_straightening():
    """A rectangle twice as wide as high stays so."""
    seen = from_strokes([[(0, 0), (200, 0), (200, 100), (0, 100), (0, 0)]], straighten=False)
    high, wide = inked(seen.pixels)
    assert wide == pytest.approx(20, abs=1)
    assert high == pytest.approx(3.2 + 16.8 / 2, abs=1)


def test_the_pen_is_as_wide_for_small_drawings_as_for_large_ones(seven):
    """A small 7 drawn with a pen of fixed width would be a blot."""
    small, large = from_strokes([s / 40 for s in seven]), from_strokes([s * 40 for s in seven])
    assert small.pixels == pytest.approx(large.pixels, abs=1e-5)


def test_extra_points_on_a_line_change_nothing(seven):
    """A screen that reports a thousand points of a line shows the same line."""
    (stroke,) = seven
    more = np.concatenate(
        [np.linspace(p, q, 150, endpoint=False) for p, q in pairwise(stroke)] + [stroke[-1:]]
    )
    assert len(more) == 3001
    assert from_strokes([more]).pixels == pytest.approx(from_strokes(seven).pixels, abs=1e-4)


def test_a_scribble_that_fills_the_box_is_white_inside(rng):
    pixels = from_strokes([rng.uniform(0, 400, (2000, 2))], straighten=False).pixels
    assert pixels[6:22, 6:22].min() == 1


def test_equal_strokes_give_equal_bits(four):
    """Lists and arrays count as equal."""
    once = from_strokes(four)
    for again in (from_strokes(four), from_strokes([stroke.tolist() for stroke in four])):
        assert np.array_equal(again.pixels, once.pixels)
        assert np.array_equal(again.transform, once.transform)


def test_the_order_and_direction_of_strokes_make_no_difference(four):
    other = [stroke[::-1] for stroke in reversed(four)]
    assert from_strokes(other).pixels == pytest.approx(from_strokes(four).pixels, abs=1e-5)


@pytest.mark.parametrize("slope", [-0.5, -0.2, 0.2, 0.5])
def test_straightening_undoes_a_shear(slope, seven, four):
    """Leaning handwriting looks nearly the same as upright handwriting."""
    for drawing in (seven, four):
        leaning = [stroke @ np.array([[1, 0], [slope, 1]]) for stroke in drawing]
        upright, straightened = from_strokes(drawing), from_strokes(leaning)
        assert abs(straightened.pixels - upright.pixels).mean() < 0.015
        as_drawn = from_strokes(leaning, straighten=False).pixels
        assert abs(as_drawn - upright.pixels).mean() > 0.02


def test_straightened_ink_is_upright(four):
    """Less than a tenth of the slope remains, and ``shear`` is the slope that was removed."""
    before = deslant.moments(from_strokes(four, straighten=False).pixels)
    seen = from_strokes(four)
    after = deslant.moments(seen.pixels)
    assert seen.shear == pytest.approx(deslant.slope(before), abs=0.01)
    assert abs(after.xy / after.yy) < abs(before.xy / before.yy) / 10


def test_straightening_can_be_switched_off(four):
    """Both transforms are then equal. The centred one is the same either way."""
    off, on = from_strokes(four, straighten=False), from_strokes(four)
    assert off.shear == 0
    assert np.array_equal(off.transform, off.centred)
    assert np.array_equal(on.centred, off.centred)
    assert not np.array_equal(on.transform, off.transform)


def test_the_transform_takes_every_point_onto_ink(four):
    seen = from_strokes(four)
    for column, row in np.rint(affine.apply(seen.transform, np.concatenate(four))).astype(int):
        assert seen.pixels[row, column] > 0.3


@pytest.mark.parametrize("straighten", [True, False])
def test_the_image_of_a_half_drawn_digit_does_not_jump(straighten, seven, four):
    """One more point of a hundred changes it no more with straightening than without."""
    for drawing in (seven, four):
        slopes, changes = [], []
        for before, after in pairs_while_drawing(drawing):
            one, other = from_strokes(before, straighten), from_strokes(after, straighten)
            slopes.append(abs(other.shear - one.shear))
            changes.append(abs(other.pixels - one.pixels).mean())
        assert max(slopes) < 0.1
        assert max(changes) < 0.05


def pairs_while_drawing(drawing):
    """Return the drawing at each of a hundred moments paired with the next, without the first few."""
    total = sum(np.hypot(*np.diff(stroke, axis=0).T).sum() for stroke in drawing)
    moments = []
    done = []
    for stroke in drawing:
        length = np.append(0, np.cumsum(np.hypot(*np.diff(stroke, axis=0).T)))
        at = np.arange(0, length[-1], total / 100)
        fine = np.column_stack([np.interp(at, length, axis) for axis in stroke.T])
        moments += [[*done, fine[: n + 1]] for n in range(1, len(fine))]
        done.append(fine)
    moments = moments[10:]
    # Where a new stroke begins elsewhere, the box itself grows at once.
    return [(a, b) for a, b in pairwise(moments) if len(a) == len(b)]


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_a_number_that_is_not_finite_is_refused(bad):
    """The message names the stroke and the point."""
    with pytest.raises(ValueError, match="stroke 1, point 0"):
        from_strokes([[(0, 0), (1, 1)], [(bad, 0)]])


@in_cpython
@pytest.mark.filterwarnings("error")
def test_a_scribble_of_200_000_points_is_drawn(rng):
    """Time and memory stay bounded, whether the line jumps or wanders."""
    count = 200_000
    wild = rng.uniform(0, 400, (count, 2))
    wandering = np.cumsum(rng.normal(0, 1, (count, 2)), axis=0)
    for drawing in ([wild], [wandering], list(wild[: count // 10, None])):
        begin = time.process_time()
        tracemalloc.start()
        try:
            pixels = from_strokes(drawing).pixels
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert pixels.any()
        assert peak < 150e6
        assert time.process_time() - begin < 30
