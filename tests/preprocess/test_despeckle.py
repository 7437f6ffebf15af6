"""Specks: a stray dot beside a digit is not seen, and whatever might be part of it is."""

import numpy as np
import pytest

from preprocess import despeckle, strokes
from preprocess.normalise import from_strokes

DOT = [[(395.0, 398.0), (397.0, 396.0)]]


def test_stray_dot_changes_nothing(four):
    """To the bit but for rounding, whether it comes first or last; and there may be several."""
    plain = from_strokes(four)
    for drawing in ([*four, *DOT], [*DOT, *four], [*four, *DOT, [(3, 390)]]):
        assert from_strokes(drawing).pixels == pytest.approx(plain.pixels, abs=1e-5)


def test_lone_dots_are_ink():
    """Where nothing is larger, nothing is a speck."""
    assert from_strokes([[(3, 3)]]).ink
    two = from_strokes([[(3, 3)], [(90, 90)]])
    assert two.pixels[:14, :14].any()
    assert two.pixels[14:, 14:].any()


def test_small_strokes_within_or_near_a_drawing_stay(four):
    """The dot in a 0, the bar of a 7, an eye."""
    low, high = np.concatenate(four).min(axis=0), np.concatenate(four).max(axis=0)
    for point in ((low + high) / 2, high + 10, low - 10):
        ink = strokes.check([*four, [point]])
        assert despeckle.sweep(ink) is ink


def test_stroke_as_large_as_a_tenth_stays(four):
    """A short stroke that lies apart may be a digit's own."""
    side = np.ptp(np.concatenate(four), axis=0).max()
    ink = strokes.check([*four, [(400, 400), (400 + side / 5, 400)]])
    assert despeckle.sweep(ink) is ink


def test_pieces_stay_joined_as_they_were():
    """What is left out takes its own joints along, and no other's."""
    drawing = [[(0, 0), (0, 100), (50, 100)], [(300, 0), (301, 0)], [(30, 0), (30, 90)]]
    swept = despeckle.sweep(strokes.check(drawing))
    starts, ends = swept.segments
    back = strokes.check([drawing[0], drawing[2]]).segments
    scale = 301 / 100
    assert starts * scale == pytest.approx(back[0])
    assert ends * scale == pytest.approx(back[1])


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("trembling", [1e-310, 1e-12, 0.1])
def test_a_dot_of_a_trembling_hand_makes_no_speck_of_another(trembling):
    """The tremble of one would be all that is seen, a thousand times as large."""
    two = from_strokes([[(0, 0), (trembling, 0)], [(400, 400)]])
    assert two.pixels[:14, :14].any()
    assert two.pixels[14:, 14:].any()
    assert not two.pixels[12:16, 12:16].any()
