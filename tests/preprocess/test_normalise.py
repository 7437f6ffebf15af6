"""Pixels: the road from strokes to 28×28, and what must not matter on it."""

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
from preprocess.normalise import BOX, MIDDLE, SIZE, from_strokes

in_cpython = pytest.mark.skipif(
    sys.platform == "emscripten", reason="memory and long floats are measured where they can be"
)


def inked(pixels):
    """Measure how many rows and columns the ink goes across, but for rounding."""
    return tuple(int(np.ptp(where)) + 1 for where in np.nonzero(pixels > 1e-4))


def is_cut(seen, drawing):
    """Tell whether ink fell over the edge of the picture, as long tails do."""
    points = affine.apply(
        seen.seen, np.concatenate([np.asarray(s, float) for s in drawing if len(s)])
    )
    reach = rasterise.reach(rasterise.WIDTH)
    return points.min() < reach or points.max() > SIZE - 1 - reach


@given(drawings(wild, least=0))
@example([[(1e300, -1e300), (-1e300, 1e300)]])
@example([[(1e-300, 0), (0, 2e-300)]])
@example([[(1.7e308, 0), (-1.7e308, 5e-324)]])
@example([[(5e-324, 0), (0, 0)]])
@example([[(1e300, 1), (1e300, 2)]])
def test_any_finite_numbers_become_pixels(drawing):
    """However large, small, many or few: 28×28 of float32 between 0 and 1, and maps to match."""
    seen = from_strokes(drawing)
    assert seen.pixels.shape == (SIZE, SIZE)
    assert seen.pixels.dtype == np.float32
    assert seen.pixels.min() >= 0
    assert seen.pixels.max() <= 1
    assert seen.ink == any(drawing) == seen.pixels.any()
    assert abs(seen.shear) <= deslant.STEEPEST
    for road in (seen.centred, seen.seen) if seen.ink else ():
        assert road.shape == (2, 3)
        assert np.isfinite(road).all()


@pytest.mark.parametrize("nothing", [[], [[]], [np.empty((0, 2)), []]])
def test_no_points_are_blank(nothing):
    """A blank is black, has no way, and no ink."""
    seen = from_strokes(nothing)
    assert not seen.pixels.any()
    assert seen.pixels.shape == (SIZE, SIZE)
    assert (seen.centred, seen.seen, seen.shear, seen.ink) == (None, None, 0, False)


@pytest.mark.parametrize("dot", [[[(3, 4)]], [[(3, 4)] * 5], [[(3, 4)], [(3, 4), (3, 4)]]])
def test_dot_is_ink_in_the_middle(dot):
    """One point, and many that are all equal, are a round spot as wide as the pen."""
    seen = from_strokes(dot)
    assert seen.ink
    assert seen.shear == 0
    assert seen.pixels[14, 14] == 1
    assert seen.pixels == pytest.approx(seen.pixels.T)
    assert inked(seen.pixels) == (3, 3)
    assert affine.apply(seen.seen, np.array([[3.0, 4.0]])) == pytest.approx(np.full((1, 2), MIDDLE))


def test_upright_line_is_hand_worked():
    """A 1: box of 20 in height with the pen and its edge, three pixels across, middle at 14."""
    pixels = from_strokes([[(50, 10), (50, 90)]]).pixels
    assert np.flatnonzero(pixels.any(axis=1)).tolist() == list(range(5, 24))
    assert np.flatnonzero(pixels.any(axis=0)).tolist() == [13, 14, 15]
    assert pixels[14, 13:16] == pytest.approx([0.6, 1, 0.6], abs=1e-6)


def test_rows_go_down_and_columns_to_the_right():
    """An L has its foot at the bottom right, in the picture and in the column of numbers."""
    seen = from_strokes([[(0, 0), (0, 100), (60, 100)]], straighten=False)
    rows, columns = np.nonzero(seen.pixels > 0.9)
    assert columns[rows < rows.max() - 2].max() < columns[rows == rows.max()].max()
    assert seen.column.shape == (784, 1)
    assert np.array_equal(seen.column[20 * 28 : 21 * 28, 0], seen.pixels[20])
    assert not np.array_equal(seen.pixels[20], seen.pixels[:, 20])


@given(drawings(pads))
def test_ink_is_within_box_of_20(drawing):
    """Never more than 20 rows or columns with any ink, and never much less in the longer one."""
    seen = from_strokes(drawing)
    assume(not is_cut(seen, drawing))
    assert max(inked(seen.pixels)) <= BOX
    points = {tuple(point) for stroke in drawing for point in stroke}
    assert len(points) == 1 or max(inked(seen.pixels)) >= BOX - 2


@given(drawings(pads), st.booleans())
def test_centre_of_mass_is_in_the_middle(drawing, straighten):
    """At 14.0 both ways, to a third of a pixel: a dot's ink changes a little between pixels."""
    seen = from_strokes(drawing, straighten)
    assume(not is_cut(seen, drawing))
    mass = deslant.weigh(seen.pixels)
    assert (mass.x, mass.y) == pytest.approx((MIDDLE, MIDDLE), abs=0.35)


def test_centre_of_mass_of_a_digit_is_nearly_exact(seven, four):
    """Of strokes, not dots, it is at 14.0 to a few hundredths."""
    for drawing in (seven, four):
        mass = deslant.weigh(from_strokes(drawing).pixels)
        assert (mass.x, mass.y) == pytest.approx((MIDDLE, MIDDLE), abs=0.03)


def test_line_drawn_twice_weighs_once(seven):
    """Going back over a part of it does not pull the middle there."""
    once, twice = from_strokes(seven), from_strokes([*seven, seven[0][:9][::-1]])
    assert twice.pixels == pytest.approx(once.pixels, abs=1e-6)


@given(drawings(pads), st.integers(-900, 900))
def test_size_changes_nothing_at_all(drawing, power):
    """A power of two scales without rounding, so that even the bits are the same."""
    strokes = [np.array(stroke) for stroke in drawing]
    scaled = from_strokes([np.ldexp(stroke, power) for stroke in strokes])
    assert np.array_equal(scaled.pixels, from_strokes(strokes).pixels)


@given(
    drawings(st.integers(0, 400).map(float)),
    st.floats(1e-3, 1e3),
    st.floats(-1e4, 1e4),
    st.floats(-1e4, 1e4),
)
def test_size_and_place_do_not_matter(drawing, size, right, down):
    """Moved and enlarged by any amount, the picture is the same to rounding."""
    elsewhere = [np.array(stroke) * size + (right, down) for stroke in drawing]
    there, here = from_strokes(elsewhere), from_strokes(drawing)
    assume(there.ink and np.ptp(np.concatenate(elsewhere), axis=0).max() > 1)
    assert there.pixels == pytest.approx(here.pixels, abs=1e-4)


def test_proportions_are_kept():
    """Twice as wide as high is so in the picture, if nobody straightens it."""
    seen = from_strokes([[(0, 0), (200, 0), (200, 100), (0, 100), (0, 0)]], straighten=False)
    high, wide = inked(seen.pixels)
    assert wide == pytest.approx(20, abs=1)
    assert high == pytest.approx(3.2 + 16.8 / 2, abs=1)


def test_pen_is_as_wide_for_small_drawings_as_for_large_ones(seven):
    """A small 7 with a fixed pen would be a blot."""
    small, large = from_strokes([s / 40 for s in seven]), from_strokes([s * 40 for s in seven])
    assert small.pixels == pytest.approx(large.pixels, abs=1e-5)


def test_points_between_points_change_nothing(seven):
    """A screen that reports a thousand points of the same line shows the same line."""
    (stroke,) = seven
    more = np.concatenate(
        [np.linspace(p, q, 150, endpoint=False) for p, q in pairwise(stroke)] + [stroke[-1:]]
    )
    assert len(more) == 3001
    assert from_strokes([more]).pixels == pytest.approx(from_strokes(seven).pixels, abs=1e-4)


def test_thousands_of_wild_points_are_drawn(rng):
    """A scribble that fills the box is white inside."""
    pixels = from_strokes([rng.uniform(0, 400, (2000, 2))], straighten=False).pixels
    assert pixels[6:22, 6:22].min() == 1


def test_same_strokes_give_same_bits(four):
    """Twice, and as lists instead of arrays."""
    once = from_strokes(four)
    for again in (from_strokes(four), from_strokes([stroke.tolist() for stroke in four])):
        assert np.array_equal(again.pixels, once.pixels)
        assert np.array_equal(again.seen, once.seen)


def test_order_and_direction_of_strokes_do_not_matter(four):
    """Ink is ink, from whichever end it came."""
    other = [stroke[::-1] for stroke in reversed(four)]
    assert from_strokes(other).pixels == pytest.approx(from_strokes(four).pixels, abs=1e-5)


@pytest.mark.parametrize("slope", [-0.5, -0.2, 0.2, 0.5])
def test_straightening_undoes_a_shear(slope, seven, four):
    """However a hand leans, what is seen is nearly the same."""
    for drawing in (seven, four):
        leaning = [stroke @ np.array([[1, 0], [slope, 1]]) for stroke in drawing]
        upright, straightened = from_strokes(drawing), from_strokes(leaning)
        assert abs(straightened.pixels - upright.pixels).mean() < 0.015
        as_drawn = from_strokes(leaning, straighten=False).pixels
        assert abs(as_drawn - upright.pixels).mean() > 0.02


def test_straightened_ink_is_upright(four):
    """After it the slope left is a tenth of what it was, and the shear says what was taken out."""
    before = deslant.weigh(from_strokes(four, straighten=False).pixels)
    seen = from_strokes(four)
    after = deslant.weigh(seen.pixels)
    assert seen.shear == pytest.approx(deslant.lean(before), abs=0.01)
    assert abs(after.across / after.down) < abs(before.across / before.down) / 10


def test_straightening_can_be_switched_off(four):
    """Then the whole road is the centred one, which is the same either way."""
    off, on = from_strokes(four, straighten=False), from_strokes(four)
    assert off.shear == 0
    assert np.array_equal(off.seen, off.centred)
    assert np.array_equal(on.centred, off.centred)
    assert not np.array_equal(on.seen, off.seen)


def test_road_leads_drawing_to_where_its_pixels_are(four):
    """Under `seen`, every point of every stroke lies on ink."""
    seen = from_strokes(four)
    for column, row in np.rint(affine.apply(seen.seen, np.concatenate(four))).astype(int):
        assert seen.pixels[row, column] > 0.3


@pytest.mark.parametrize("straighten", [True, False])
def test_half_drawn_digit_does_not_jump(straighten, seven, four):
    """One more point of a hundred moves what is seen no more with straightening than without."""
    for drawing in (seven, four):
        slopes, changes = [], []
        for before, after in pairs_while_drawing(drawing):
            one, other = from_strokes(before, straighten), from_strokes(after, straighten)
            slopes.append(abs(other.shear - one.shear))
            changes.append(abs(other.pixels - one.pixels).mean())
        assert max(slopes) < 0.1
        assert max(changes) < 0.05


def pairs_while_drawing(drawing):
    """Give the drawing at each of a hundred moments, and at the next one; not the first few."""
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
    # Where a new stroke begins somewhere else, the box itself grows at once.
    return [(a, b) for a, b in pairwise(moments) if len(a) == len(b)]


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_is_refused(bad):
    """With the number of the stroke and of the point."""
    with pytest.raises(ValueError, match="stroke 1, point 0"):
        from_strokes([[(0, 0), (1, 1)], [(bad, 0)]])


@in_cpython
@pytest.mark.filterwarnings("error")
def test_a_scribble_of_200_000_points_is_drawn(rng):
    """In bounded time and memory, whether it jumps or wanders."""
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
