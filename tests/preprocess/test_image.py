"""Test which images are refused, and resampling against values worked out by hand."""

import numpy as np
import pytest

from preprocess import affine, image


def test_moving_by_whole_pixels_does_not_blur(rng):
    """The result is a shift, and pixels from outside the image are black."""
    pixels = rng.random((6, 6), np.float32)
    moved = image.resample(pixels[None], affine.translation(2, -1)[None], 6)[0]
    assert moved[:5, 2:] == pytest.approx(pixels[1:, :4])
    assert not moved[5].any()
    assert not moved[:, :2].any()


def test_moving_by_half_a_pixel_takes_the_mean_of_two_neighbours():
    """Interpolation is bilinear: one bright pixel becomes two of half the brightness."""
    pixels = np.zeros((1, 5, 5), np.float32)
    pixels[0, 2, 2] = 1
    moved = image.resample(pixels, affine.translation(0.5, 0)[None], 5)[0]
    assert moved[2].tolist() == [0, 0, 0.5, 0.5, 0]
    moved = image.resample(pixels, affine.translation(0.25, 0.5)[None], 5)[0]
    assert moved[2:4, 2:4].tolist() == [[0.375, 0.125], [0.375, 0.125]]


def test_edges_fade_to_black():
    """Beyond the last pixel there is background, not that pixel again."""
    white = np.ones((1, 3, 3), np.float32)
    moved = image.resample(white, affine.translation(1.5, 1)[None], 6)[0]
    assert moved[2].tolist() == [0, 0.5, 1, 1, 0.5, 0]


def test_a_batch_gives_the_same_as_one_image_at_a_time(rng):
    pixels = rng.random((4, 7, 9), np.float32)
    transforms = affine.IDENTITY + rng.normal(0, 0.2, (4, 2, 3))
    together = image.resample(pixels, transforms, 8)
    for number in range(4):
        alone = image.resample(pixels[[number]], transforms[[number]], 8)
        assert np.array_equal(together[[number]], alone)


def test_halving_averages_four_pixels():
    """Odd edges are padded with background, and HALVING gives the new coordinates."""
    assert image.halve(np.array([[1, 0, 1], [0, 1, 1], [1, 1, 1.0]])).tolist() == [
        [0.5, 0.5],
        [0.5, 0.25],
    ]
    centres = np.array([[0.5, 0.5], [2.5, 0.5]])
    assert affine.apply(image.HALVING, centres).tolist() == [[0, 0], [1, 0]]


def test_corners_surround_the_ink():
    """One ink pixel in column 2 of row 1 extends half a pixel each way."""
    pixels = np.zeros((3, 4))
    pixels[1, 2] = 0.7
    pixels[0, 0] = image.FAINT / 2
    corners = image.corners(pixels)
    assert corners.min(axis=0).tolist() == [1.5, 0.5]
    assert corners.max(axis=0).tolist() == [2.5, 1.5]


@pytest.mark.parametrize(
    ("pixels", "message"),
    [
        ([[0.5, np.nan]], "nan at row 0, column 1, expected 0 to 1"),
        ([[0, 0], [0, 255]], "255 at row 1, column 1"),
        ([[-0.1]], "-0.1 at row 0, column 0"),
        ([0.5, 0.5], r"shape \(2,\)"),
        (np.zeros((2, 2, 3)), r"shape \(2, 2, 3\)"),
        (np.zeros((0, 3)), r"shape \(0, 3\)"),
        ([["a"]], "of <U1"),
        ([[0], [0, 1]], "not a grid of numbers"),
    ],
)
def test_anything_but_an_image_is_refused(pixels, message):
    """The message says which pixel is wrong, or what was found instead."""
    with pytest.raises(ValueError, match=message):
        image.check(pixels)
