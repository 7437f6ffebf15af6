"""Pictures: what is refused, and sampling against hand-worked values."""

import numpy as np
import pytest

from preprocess import affine, image


def test_whole_pixels_move_unblurred(rng):
    """A move by whole pixels is a shift, and what comes in from outside is black."""
    pixels = rng.random((6, 6), np.float32)
    moved = image.resample(pixels[None], affine.moving(2, -1)[None], 6)[0]
    assert moved[:5, 2:] == pytest.approx(pixels[1:, :4])
    assert not moved[5].any()
    assert not moved[:, :2].any()


def test_half_a_pixel_is_mean_of_neighbours():
    """Bilinear: one bright pixel becomes two of a half."""
    pixels = np.zeros((1, 5, 5), np.float32)
    pixels[0, 2, 2] = 1
    moved = image.resample(pixels, affine.moving(0.5, 0)[None], 5)[0]
    assert moved[2].tolist() == [0, 0, 0.5, 0.5, 0]
    moved = image.resample(pixels, affine.moving(0.25, 0.5)[None], 5)[0]
    assert moved[2:4, 2:4].tolist() == [[0.375, 0.125], [0.375, 0.125]]


def test_edge_fades_to_black():
    """Beyond the last pixel there is ground, not that pixel again."""
    white = np.ones((1, 3, 3), np.float32)
    moved = image.resample(white, affine.moving(1.5, 1)[None], 6)[0]
    assert moved[2].tolist() == [0, 0.5, 1, 1, 0.5, 0]


def test_many_pictures_each_take_their_own_way(rng):
    """In one go as one by one."""
    pixels = rng.random((4, 7, 9), np.float32)
    ways = affine.IDENTITY + rng.normal(0, 0.2, (4, 2, 3))
    together = image.resample(pixels, ways, 8)
    for number in range(4):
        alone = image.resample(pixels[[number]], ways[[number]], 8)
        assert np.array_equal(together[[number]], alone)


def test_halving_takes_means_and_says_where():
    """Four pixels become one, odd edges are filled with ground, and the map follows."""
    assert image.halve(np.array([[1, 0, 1], [0, 1, 1], [1, 1, 1.0]])).tolist() == [
        [0.5, 0.5],
        [0.5, 0.25],
    ]
    centres = np.array([[0.5, 0.5], [2.5, 0.5]])
    assert affine.apply(image.HALVING, centres).tolist() == [[0, 0], [1, 0]]


def test_corners_surround_ink():
    """One pixel of ink in column 2 of row 1 reaches half a pixel each way."""
    pixels = np.zeros((3, 4))
    pixels[1, 2] = 0.7
    pixels[0, 0] = image.FAINT / 2
    corners = image.corners(pixels)
    assert corners.min(axis=0).tolist() == [1.5, 0.5]
    assert corners.max(axis=0).tolist() == [2.5, 1.5]


@pytest.mark.parametrize(
    ("pixels", "message"),
    [
        ([[0.5, np.nan]], "row 0, column 1 is nan, expected 0 to 1"),
        ([[0, 0], [0, 255]], "row 1, column 1 is 255"),
        ([[-0.1]], "row 0, column 0 is -0.1"),
        ([0.5, 0.5], r"shape \(2,\)"),
        (np.zeros((2, 2, 3)), r"shape \(2, 2, 3\)"),
        (np.zeros((0, 3)), r"shape \(0, 3\)"),
        ([["a"]], "of <U1"),
        ([[0], [0, 1]], "no grid of numbers"),
    ],
)
def test_what_is_no_picture_is_refused(pixels, message):
    """Each says which pixel, or what was found instead."""
    with pytest.raises(ValueError, match=message):
        image.check(pixels)
