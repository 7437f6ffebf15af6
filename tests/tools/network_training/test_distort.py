"""Test that distorted strokes still look like the digit, have about its size, and have ink."""

import numpy as np
import pytest

from network_training import distort
from preprocess.normalise import from_strokes

FOUR = [np.array([(30.0, 0), (0, 60), (60, 60)]), np.array([(50.0, 30), (45, 100)])]


@pytest.mark.parametrize(
    "strokes",
    [FOUR, [np.array([(5.0, 5)])], [np.array([(1.0, 1)] * 4)], [np.array([(0.0, 0), (0, 9)])]],
)
def test_distorted_strokes_have_ink_and_about_the_original_size(strokes):
    """They are centred on the origin, and the longer side is near 1, unless the stroke is a dot."""
    rng = np.random.default_rng(1)
    dot = not np.ptp(np.concatenate(strokes), axis=0).any()
    for _ in range(200):
        made = distort.distort(strokes, rng)
        points = np.concatenate(made)
        assert np.isfinite(points).all()
        assert dot or 0.5 < np.ptp(points, axis=0).max() < 1.8
        assert from_strokes(made).ink


def test_distortions_differ_from_each_other_less_than_digits_do():
    """The network's input is different each time."""
    rng = np.random.default_rng(1)
    plain = from_strokes(FOUR).pixels
    made = [from_strokes(distort.distort(FOUR, rng)).pixels for _ in range(50)]
    changes = [abs(one - plain).mean() for one in made]
    assert min(changes) > 0.001
    assert np.median(changes) < 0.08


def test_equal_seeds_give_equal_strokes():
    """They are equal bit by bit, and the original strokes are unchanged."""
    before = [stroke.copy() for stroke in FOUR]
    one, other = (distort.distort(FOUR, np.random.default_rng(9)) for _ in range(2))
    assert all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))
    assert all(np.array_equal(a, b) for a, b in zip(before, FOUR, strict=True))
