"""Pixels from pictures: ink that is not strokes, on the same road."""

import numpy as np
import pytest

from preprocess import deslant
from preprocess.normalise import MIDDLE, from_picture, from_strokes


def test_picture_takes_the_same_road(seven, four):
    """What the network sees of a drawing's picture is what it sees of the drawing, but for blur."""
    for drawing in (seven, four):
        centred = from_strokes(drawing, straighten=False).pixels
        assert abs(from_picture(centred).pixels - from_strokes(drawing).pixels).mean() < 0.03


def test_picture_in_a_corner_is_boxed_and_centred():
    """A bar of 2 by 10 becomes one of 4 by 20 with its mass at 14, wherever it was."""
    picture = np.zeros((40, 60))
    picture[3:13, 50:52] = 1
    seen = from_picture(picture, straighten=False)
    mass = deslant.weigh(seen.pixels)
    assert (mass.x, mass.y) == pytest.approx((MIDDLE, MIDDLE), abs=0.05)
    assert seen.seen[:, :2] == pytest.approx(2 * np.eye(2))
    assert seen.pixels.sum() == pytest.approx(80, rel=0.05)


def test_large_picture_is_averaged_not_skipped():
    """Lines of one pixel in a picture of 560 become grey, none are lost between samples."""
    picture = np.zeros((560, 560))
    picture[:, ::4] = 1
    seen = from_picture(picture, straighten=False)
    assert seen.pixels[8:20, 8:20] == pytest.approx(np.full((12, 12), 0.25), abs=0.02)


def test_digit_already_made_like_mnist_stays_as_it_is():
    """A picture in its box of 20 and centred is moved by nothing and blurred by nothing."""
    picture = np.zeros((28, 28), np.float32)
    picture[5:24, 12:17] = 0.5
    picture[4, 14] = 0.25
    picture[24, 14] = 0.25
    picture = np.delete(picture, 23, axis=0)
    picture = np.vstack([picture, np.zeros((1, 28), np.float32)])
    seen = from_picture(picture, straighten=False)
    mass = deslant.weigh(picture)
    assert seen.seen[:, :2] == pytest.approx(np.eye(2))
    assert seen.seen[:, 2] == pytest.approx([MIDDLE - mass.x, MIDDLE - mass.y])


@pytest.mark.parametrize("ground", [np.zeros((28, 28)), np.full((5, 9), 0.01)])
def test_picture_without_ink_is_blank(ground):
    """Black, and what is too faint to be ink."""
    seen = from_picture(ground)
    assert not seen.pixels.any()
    assert not seen.ink
    assert seen.seen is None


def test_one_pixel_of_ink_fills_the_box():
    """The smallest picture there is: white in the middle, half as bright at the edges of the box."""
    pixels = from_picture([[1]], straighten=False).pixels
    assert pixels[14, [4, 14, 24]] == pytest.approx([0.5, 1, 0.5])
    assert pixels[[4, 24], 14] == pytest.approx([0.5, 0.5])


def test_picture_out_of_range_is_refused():
    """0 to 255 is another kind of picture."""
    with pytest.raises(ValueError, match="is 255, expected 0 to 1"):
        from_picture(np.full((3, 3), 255))
