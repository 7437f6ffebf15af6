"""Slant: moments worked by hand, and a slope that is limited and comes in gently."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from preprocess import deslant
from preprocess.deslant import Mass


def test_moments_are_hand_worked():
    """Three pixels on a line that moves one column for every two rows."""
    pixels = np.zeros((9, 9), np.float32)
    pixels[[2, 4, 6], [3, 4, 5]] = 0.5
    mass = deslant.weigh(pixels)
    assert tuple(mass) == pytest.approx(Mass(x=4, y=4, across=4 / 3, down=8 / 3, wide=2 / 3))


def test_grey_weighs_by_its_brightness():
    """Three quarters of the ink in one place pulls the centre three quarters of the way."""
    pixels = np.zeros((1, 5), np.float32)
    pixels[0, [0, 4]] = 0.25, 0.75
    assert tuple(deslant.weigh(pixels)) == pytest.approx(Mass(x=3, y=0, across=0, down=0, wide=3))


def test_upright_ink_leans_by_its_slope():
    """Tall enough to be believed, and less than the steepest."""
    assert deslant.lean(Mass(14, 14, across=9, down=36)) == pytest.approx(0.25)
    assert deslant.lean(Mass(14, 14, across=-9, down=36)) == pytest.approx(-0.25)


def test_slope_is_limited():
    """A line that lies is not handwriting that leans."""
    assert deslant.lean(Mass(14, 14, across=60, down=36)) == deslant.STEEPEST
    assert deslant.lean(Mass(14, 14, across=-60, down=36)) == -deslant.STEEPEST


@pytest.mark.parametrize("height", [0, 0.5, deslant.FLAT])
def test_flat_ink_is_left_alone(height):
    """Also where it has no height at all to divide by."""
    assert deslant.lean(Mass(14, 14, across=1, down=height**2)) == 0


def test_slope_comes_in_halfway_between_flat_and_upright():
    """The gentle curve is at a half there."""
    height = (deslant.FLAT + deslant.UPRIGHT) / 2
    mass = Mass(14, 14, across=0.2 * height**2, down=height**2)
    assert deslant.lean(mass) == pytest.approx(0.1)


@given(st.floats(-1, 1), st.floats(0.1, 7), st.floats(-0.05, 0.05))
def test_a_little_more_ink_changes_the_slope_a_little(slope, height, more):
    """No step anywhere between flat and upright, left and right."""
    before, after = (
        deslant.lean(Mass(14, 14, across=slope * h * h, down=h * h))
        for h in (height, max(height + more, 0.1))
    )
    # The gentle curve's steepest slope is 1.5 / (UPRIGHT − FLAT).
    assert abs(after - before) <= 1.5 / (deslant.UPRIGHT - deslant.FLAT) * 0.7 * abs(more) + 1e-9
