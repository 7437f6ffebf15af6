"""Varied images are other pictures of the same digits, and always the same ones."""

import numpy as np
import prepared_digits
import pytest

from datasets.training_digits import LEVELS, inputs
from preprocess import image
from training import augmentation, randomness


@pytest.fixture
def levels():
    return prepared_digits.training(5_000).images[:64]


def test_the_same_seed_and_step_vary_in_the_same_way(levels):
    one, other = (augmentation.vary(levels, 3, 17) for _ in range(2))
    np.testing.assert_array_equal(one, other)
    for seed, step in ((3, 18), (4, 17)):
        assert (one != augmentation.vary(levels, seed, step)).any()


@pytest.mark.parametrize("step", [0, 1, 100, 255])
def test_it_is_what_resampling_does(levels, step):
    """To the nearest level. ``image.resample`` takes each image by itself, and several times as long."""
    transforms = augmentation._transforms(randomness.generator(5, randomness.VARYING))
    pictures = inputs(levels).reshape(-1, 28, 28)
    expected = image.resample(pictures, np.repeat(transforms[step : step + 1], 64, 0), 28)
    varied = augmentation.vary(levels, 5, step).reshape(-1, 28, 28)
    inner = np.s_[:, 3:-3, 3:-3]  # at the edge resampling takes what is beyond for black
    assert np.abs(varied / LEVELS - expected)[inner].max() <= 0.5 / LEVELS + 1e-5


def test_images_change_a_little_and_stay_near(levels):
    """The ink moves by less than two pixels, and its amount hardly changes."""
    row, column = np.mgrid[:28, :28].reshape(2, -1)
    amount = levels.sum(axis=1, dtype=float)
    centre = np.stack([levels @ row, levels @ column]) / amount
    for step in range(50):
        varied = augmentation.vary(levels, 1, step)
        assert varied.dtype == np.uint8
        assert varied.max() <= LEVELS
        assert (varied != levels).any(axis=1).all()
        ink = varied.sum(axis=1, dtype=float)
        assert np.abs(np.log(ink / amount)).max() < 0.35
        moved = np.stack([varied @ row, varied @ column]) / ink - centre
        assert np.hypot(*moved).max() < 2
