"""Distortion: another drawing of the same digit, about as large, never without ink."""

import numpy as np
import pytest

from preprocess.normalise import from_strokes
from training import distort

FOUR = [np.array([(30.0, 0), (0, 60), (60, 60)]), np.array([(50.0, 30), (45, 100)])]


@pytest.mark.parametrize(
    "strokes",
    [FOUR, [np.array([(5.0, 5)])], [np.array([(1.0, 1)] * 4)], [np.array([(0.0, 0), (0, 9)])]],
)
def test_distorted_ink_is_ink_of_about_that_size(strokes):
    """Dots, lines and digits; about the origin, with a longer side near 1 where there is one."""
    rng = np.random.default_rng(1)
    dot = not np.ptp(np.concatenate(strokes), axis=0).any()
    for _ in range(200):
        made = distort.distort(strokes, rng)
        points = np.concatenate(made)
        assert np.isfinite(points).all()
        assert dot or 0.5 < np.ptp(points, axis=0).max() < 1.8
        assert from_strokes(made).ink


def test_no_two_are_alike_but_all_resemble():
    """What the network sees differs each time, by less than one digit from another."""
    rng = np.random.default_rng(1)
    plain = from_strokes(FOUR).pixels
    made = [from_strokes(distort.distort(FOUR, rng)).pixels for _ in range(50)]
    changes = [abs(one - plain).mean() for one in made]
    assert min(changes) > 0.001
    assert np.median(changes) < 0.08


def test_same_seed_gives_same_strokes():
    """Bit by bit, and the strokes given are left as they were."""
    before = [stroke.copy() for stroke in FOUR]
    one, other = (distort.distort(FOUR, np.random.default_rng(9)) for _ in range(2))
    assert all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))
    assert all(np.array_equal(a, b) for a, b in zip(before, FOUR, strict=True))
