"""Test that a stray dot beside a digit is removed, and that possible parts of the digit are not."""

import numpy as np
import pytest

from preprocess import despeckle, strokes
from preprocess.normalise import from_strokes

DOT = [[(395.0, 398.0), (397.0, 396.0)]]


def test_stray_dots_change_nothing(four):
    """They are ignored whether they come first or last, apart from rounding."""
    plain = from_strokes(four)
    for drawing in ([*four, *DOT], [*DOT, *four], [*four, *DOT, [(3, 390)]]):
        assert from_strokes(drawing).pixels == pytest.approx(plain.pixels, abs=1e-5)


def test_lone_dots_are_ink():
    """A stroke is a speck only beside a larger one."""
    assert from_strokes([[(3, 3)]]).ink
    two = from_strokes([[(3, 3)], [(90, 90)]])
    assert two.pixels[:14, :14].any()
    assert two.pixels[14:, 14:].any()


def test_small_strokes_within_or_near_a_drawing_stay(four):
    """Such strokes are the dot in a 0, the bar of a 7, or an eye."""
    low, high = np.concatenate(four).min(axis=0), np.concatenate(four).max(axis=0)
    for point in ((low + high) / 2, high + 10, low - 10):
        ink = strokes.check([*four, [point]])
        assert despeckle.remove_specks(ink) is ink


def test_a_stroke_larger_than_a_tenth_of_the_digit_stays(four):
    """A short stroke that lies apart may belong to the digit."""
    side = np.ptp(np.concatenate(four), axis=0).max()
    ink = strokes.check([*four, [(400, 400), (400 + side / 5, 400)]])
    assert despeckle.remove_specks(ink) is ink


def test_removing_a_speck_leaves_the_other_strokes_joined():
    """Only the joints of the removed stroke go."""
    drawing = [[(0, 0), (0, 100), (50, 100)], [(300, 0), (301, 0)], [(30, 0), (30, 90)]]
    swept = despeckle.remove_specks(strokes.check(drawing))
    starts, ends = swept.segments
    back = strokes.check([drawing[0], drawing[2]]).segments
    scale = 301 / 100
    assert starts * scale == pytest.approx(back[0])
    assert ends * scale == pytest.approx(back[1])


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("tremble", [1e-310, 1e-12, 0.1])
def test_a_dot_drawn_by_a_trembling_hand_does_not_make_another_dot_a_speck(tremble):
    """Otherwise the tremble alone would be seen, a thousand times enlarged."""
    two = from_strokes([[(0, 0), (tremble, 0)], [(400, 400)]])
    assert two.pixels[:14, :14].any()
    assert two.pixels[14:, 14:].any()
    assert not two.pixels[12:16, 12:16].any()
