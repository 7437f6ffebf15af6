"""Test that narrow and wide ink become more alike, gradually and within limits."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from preprocess import aspect, deslant
from preprocess.deslant import Moments
from preprocess.normalise import from_strokes

heights = st.floats(0, 8)


def test_ink_of_the_mean_aspect_is_left_alone():
    assert aspect.stretch(
        Moments(14, 14, 0, yy=36, xx=36 / aspect.MEAN_ASPECT**2)
    ) == pytest.approx(1)


def test_narrow_ink_becomes_wider_and_wide_ink_narrower():
    """For ink a tenth narrower than the mean, the factor is worked out by hand."""
    usual = 36 / aspect.MEAN_ASPECT**2
    narrow = aspect.stretch(Moments(14, 14, 0, yy=36, xx=usual * 0.81))
    wide = aspect.stretch(Moments(14, 14, 0, yy=36, xx=usual / 0.81))
    assert narrow == pytest.approx(0.9**-aspect.CORRECTION)
    assert narrow * wide == pytest.approx(1)


def test_slant_does_not_count_as_width():
    """Sheared ink is as wide as it will be after the slant is removed."""
    upright = Moments(14, 14, xy=0, yy=36, xx=9)
    slope = 0.4
    leaning = Moments(14, 14, xy=slope * 36, yy=36, xx=9 + slope**2 * 36)
    assert aspect.stretch(leaning, slope) == pytest.approx(aspect.stretch(upright))


@given(heights, heights, st.floats(-1, 1))
def test_stretch_is_limited(high, wide, slope):
    """The limit holds for upright lines, for flat lines and for everything between."""
    mass = Moments(14, 14, slope * high * wide, high**2, wide**2)
    factor = aspect.stretch(mass, deslant.slope(mass))
    assert 1 / aspect.MAX_STRETCH - 1e-9 <= factor <= aspect.MAX_STRETCH + 1e-9
    assert math.isfinite(factor)


@pytest.mark.parametrize("height", [0, 0.5, deslant.FLAT])
def test_flat_ink_is_left_alone(height):
    """An unfinished 7 is only a flat bar."""
    assert aspect.stretch(Moments(14, 14, 0, yy=height**2, xx=25)) == 1


def test_narrow_and_wide_writing_look_more_alike(four):
    """With the correction, a 4 differs less from a 4 half as wide."""

    def difference(straighten):
        one, other = (
            from_strokes([stroke * (width, 1) for stroke in four], straighten).pixels
            for width in (0.5, 1.0)
        )
        return np.abs(one - other).mean()

    assert difference(straighten=True) < 0.75 * difference(straighten=False)


def test_the_stretch_factor_is_reported(four):
    """The factor is 1 if straightening is off."""
    narrow = [stroke * (0.5, 1) for stroke in four]
    assert 1 < from_strokes(narrow).stretch <= aspect.MAX_STRETCH
    assert from_strokes(narrow, straighten=False).stretch == 1
