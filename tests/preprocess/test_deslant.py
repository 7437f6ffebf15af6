"""Test moments worked out by hand, and a slope that is limited and fades in."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from preprocess import deslant
from preprocess.deslant import Moments


def test_moments_match_values_worked_by_hand():
    """The three pixels lie on a line that moves one column for every two rows."""
    pixels = np.zeros((9, 9), np.float32)
    pixels[[2, 4, 6], [3, 4, 5]] = 0.5
    mass = deslant.moments(pixels)
    assert tuple(mass) == pytest.approx(Moments(x=4, y=4, xy=4 / 3, yy=8 / 3, xx=2 / 3))


def test_pixels_weigh_by_their_brightness():
    """With three quarters of the ink in one place, the centre moves three quarters of the way there."""
    pixels = np.zeros((1, 5), np.float32)
    pixels[0, [0, 4]] = 0.25, 0.75
    assert tuple(deslant.moments(pixels)) == pytest.approx(Moments(x=3, y=0, xy=0, yy=0, xx=3))


def test_the_full_slope_of_upright_ink_is_removed():
    """This ink is tall enough to trust, and below the limit."""
    assert deslant.slope(Moments(14, 14, xy=9, yy=36)) == pytest.approx(0.25)
    assert deslant.slope(Moments(14, 14, xy=-9, yy=36)) == pytest.approx(-0.25)


def test_slope_is_limited():
    """A steeper slope is a flat line, not handwriting that leans."""
    assert deslant.slope(Moments(14, 14, xy=60, yy=36)) == deslant.STEEPEST
    assert deslant.slope(Moments(14, 14, xy=-60, yy=36)) == -deslant.STEEPEST


@pytest.mark.parametrize("height", [0, 0.5, deslant.FLAT])
def test_flat_ink_is_left_alone(height):
    """There is no division by a height of 0."""
    assert deslant.slope(Moments(14, 14, xy=1, yy=height**2)) == 0


def test_half_the_slope_is_removed_halfway_between_flat_and_upright():
    height = (deslant.FLAT + deslant.UPRIGHT) / 2
    mass = Moments(14, 14, xy=0.2 * height**2, yy=height**2)
    assert deslant.slope(mass) == pytest.approx(0.1)


@given(st.floats(-1, 1), st.floats(0.1, 7), st.floats(-0.05, 0.05))
def test_a_little_more_ink_changes_the_slope_a_little(slope, height, more):
    """The slope has no jump anywhere between flat and upright, to the left or to the right."""
    before, after = (
        deslant.slope(Moments(14, 14, xy=slope * h * h, yy=h * h))
        for h in (height, max(height + more, 0.1))
    )
    # The smoothstep curve is at most 1.5 / (UPRIGHT − FLAT) steep.
    assert abs(after - before) <= 1.5 / (deslant.UPRIGHT - deslant.FLAT) * 0.7 * abs(more) + 1e-9
