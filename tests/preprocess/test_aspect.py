"""Breadth: narrow and wide ink are brought nearer to each other, gently and within limits."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from preprocess import aspect, deslant
from preprocess.deslant import Mass
from preprocess.normalise import from_strokes

heights = st.floats(0, 8)


def test_usual_proportions_are_left_alone():
    """Ink as broad as most digits."""
    assert aspect.stretch(Mass(14, 14, 0, down=36, wide=36 / aspect.USUAL**2)) == pytest.approx(1)


def test_narrow_ink_becomes_wider_by_its_share():
    """A tenth narrower than usual is worked by hand; as much wider is undone as much."""
    usual = 36 / aspect.USUAL**2
    narrow = aspect.stretch(Mass(14, 14, 0, down=36, wide=usual * 0.81))
    wide = aspect.stretch(Mass(14, 14, 0, down=36, wide=usual / 0.81))
    assert narrow == pytest.approx(0.9**-aspect.SHARE)
    assert narrow * wide == pytest.approx(1)


def test_slant_does_not_count_as_breadth():
    """Sheared ink is as broad as it will be once the slant is out."""
    upright = Mass(14, 14, across=0, down=36, wide=9)
    slope = 0.4
    leaning = Mass(14, 14, across=slope * 36, down=36, wide=9 + slope**2 * 36)
    assert aspect.stretch(leaning, slope) == pytest.approx(aspect.stretch(upright))


@given(heights, heights, st.floats(-1, 1))
def test_stretch_is_limited(high, wide, slope):
    """A line that stands and a line that lies, and all between."""
    mass = Mass(14, 14, slope * high * wide, high**2, wide**2)
    factor = aspect.stretch(mass, deslant.lean(mass))
    assert 1 / aspect.MOST - 1e-9 <= factor <= aspect.MOST + 1e-9
    assert math.isfinite(factor)


@pytest.mark.parametrize("height", [0, 0.5, deslant.FLAT])
def test_flat_ink_is_left_alone(height):
    """The bar of a 7 that is not yet finished."""
    assert aspect.stretch(Mass(14, 14, 0, down=height**2, wide=25)) == 1


def test_narrow_and_wide_writing_look_more_alike(four):
    """A 4 half as wide differs less from its like than without."""

    def difference(straighten):
        one, other = (
            from_strokes([stroke * (width, 1) for stroke in four], straighten).pixels
            for width in (0.5, 1.0)
        )
        return np.abs(one - other).mean()

    assert difference(straighten=True) < 0.75 * difference(straighten=False)


def test_stretch_is_told(four):
    """And is 1 where straightening is switched off."""
    narrow = [stroke * (0.5, 1) for stroke in four]
    assert 1 < from_strokes(narrow).stretch <= aspect.MOST
    assert from_strokes(narrow, straighten=False).stretch == 1
