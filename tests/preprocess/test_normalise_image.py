"""Test that images are normalised as strokes are."""

import numpy as np
import pytest

from preprocess import deslant
from preprocess.normalise import CENTRE, from_image, from_strokes


def test_an_image_of_a_drawing_is_normalised_like_the_drawing(seven, four):
    """The network's inputs differ only by blur."""
    for drawing in (seven, four):
        centred = from_strokes(drawing, straighten=False).pixels
        assert abs(from_image(centred).pixels - from_strokes(drawing).pixels).mean() < 0.03


def test_an_image_in_a_corner_is_boxed_and_centred():
    """A bar of 2 by 10 becomes one of 4 by 20 with its mass at 14, wherever it was."""
    picture = np.zeros((40, 60))
    picture[3:13, 50:52] = 1
    seen = from_image(picture, straighten=False)
    mass = deslant.moments(seen.pixels)
    assert (mass.x, mass.y) == pytest.approx((CENTRE, CENTRE), abs=0.05)
    assert seen.transform[:, :2] == pytest.approx(2 * np.eye(2))
    assert seen.pixels.sum() == pytest.approx(80, rel=0.05)


def test_a_large_image_is_averaged():
    """Lines of one pixel in an image of 560×560 become grey, and none is lost between samples."""
    picture = np.zeros((560, 560))
    picture[:, ::4] = 1
    seen = from_image(picture, straighten=False)
    assert seen.pixels[8:20, 8:20] == pytest.approx(np.full((12, 12), 0.25), abs=0.02)


def test_a_digit_made_like_mnist_stays_as_it_is():
    """An image that fills its box of 20 and is centred is neither moved nor blurred."""
    picture = np.zeros((28, 28), np.float32)
    picture[5:24, 12:17] = 0.5
    picture[4, 14] = 0.25
    picture[24, 14] = 0.25
    picture = np.delete(picture, 23, axis=0)
    picture = np.vstack([picture, np.zeros((1, 28), np.float32)])
    seen = from_image(picture, straighten=False)
    mass = deslant.moments(picture)
    assert seen.transform[:, :2] == pytest.approx(np.eye(2))
    assert seen.transform[:, 2] == pytest.approx([CENTRE - mass.x, CENTRE - mass.y])


@pytest.mark.parametrize("ground", [np.zeros((28, 28)), np.full((5, 9), 0.01)])
def test_an_image_without_ink_is_blank(ground):
    """It is black, or too faint to be ink."""
    seen = from_image(ground)
    assert not seen.pixels.any()
    assert not seen.ink
    assert seen.transform is None


def test_one_pixel_of_ink_fills_the_box():
    """The smallest image becomes white in the middle and half as bright at the edges of the box."""
    pixels = from_image([[1]], straighten=False).pixels
    assert pixels[14, [4, 14, 24]] == pytest.approx([0.5, 1, 0.5])
    assert pixels[[4, 24], 14] == pytest.approx([0.5, 0.5])


def test_an_image_out_of_range_is_refused():
    """Pixels from 0 to 255 are not accepted."""
    with pytest.raises(ValueError, match="255 at row 0, column 0, expected 0 to 1"):
        from_image(np.full((3, 3), 255))
