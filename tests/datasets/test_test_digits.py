"""Test that the packed digits are unpacked, shuffled and normalised."""

import struct
import zlib

import numpy as np
import pytest

from datasets import test_digits
from preprocess import normalise_batch
from preprocess.normalise import from_image

LABELS = [3, 1, 4, 1, 5, 9, 2, 6]


def idx(array):
    array = np.asarray(array, np.uint8)
    return struct.pack(f">HBB{array.ndim}I", 0, 8, array.ndim, *array.shape) + array.tobytes()


def write_far(shape):
    """Write the header of an idx file without data."""
    return struct.pack(f">HBB{len(shape)}I", 0, 8, len(shape), *shape)


def pack(labels, pictures):
    return zlib.compress(idx(labels) + idx(pictures))


def scribbles(count, rng):
    """Make images of two crossing bars each, with different slants, greys and positions."""
    pictures = np.zeros((count, 28, 28), np.uint8)
    for picture in pictures:
        top, left = rng.integers(0, 12, 2)
        for row in range(rng.integers(1, 16)):
            picture[top + row, left + row // 2 : left + row // 2 + 3] = rng.integers(6, 256)
        picture[top + rng.integers(0, 12), left : left + rng.integers(1, 16)] = 255
    return pictures


@pytest.fixture
def pictures(rng):
    return scribbles(len(LABELS), rng)


@pytest.fixture
def digits(pictures):
    return test_digits.unpack(pack(LABELS, pictures))


def test_every_digit_comes_out_once_with_its_label(digits, pictures):
    packed = sorted((label, p.tobytes()) for label, p in zip(LABELS, pictures, strict=True))
    found = sorted((int(n), p.tobytes()) for n, p in zip(digits.labels, digits.images, strict=True))
    assert found == packed
    assert (digits.images.dtype, digits.labels.dtype) == (np.uint8, np.uint8)


def test_the_order_is_shuffled_and_always_the_same(digits, pictures):
    assert digits.labels.tolist() != LABELS
    again = test_digits.unpack(pack(LABELS, pictures))
    assert again.labels.tolist() == digits.labels.tolist()
    # The order of NumPy's pinned version, here and in the browser.
    ten = test_digits.unpack(pack(range(10), np.ones((10, 28, 28)) * 9))
    assert ten.labels.tolist() == [4, 6, 2, 7, 3, 5, 9, 0, 8, 1]


def test_inputs_equal_those_of_single_images(rng):
    pictures = scribbles(60, rng)
    digits = test_digits.Digits(pictures, np.zeros(60, np.uint8))
    a = digits.inputs(60)
    assert (a.shape, a.dtype) == ((784, 60), np.float32)
    for column, picture in zip(a.T, pictures, strict=True):
        assert column == pytest.approx(from_image(picture / 255).pixels.ravel(), abs=1e-6)


def test_inputs_can_be_asked_for_in_parts(digits):
    whole = digits.inputs(8)
    assert digits.inputs(3, 2) == pytest.approx(whole[:, 2:5], abs=1e-6)
    assert digits.inputs(100, 6) == pytest.approx(whole[:, 6:], abs=1e-6)
    assert digits.inputs(100, 8).shape == (784, 0)


def test_find_chooses_randomly_among_the_digits_of_a_label(digits, rng):
    ones = {digits.find(1, rng) for _ in range(50)}
    assert ones == set(np.flatnonzero(digits.labels == 1))
    assert {digits.find(None, rng) for _ in range(200)} == set(range(8))
    with pytest.raises(ValueError, match="no test digit is a 7"):
        digits.find(7, rng)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "begins with"),
        (b"<!doctype html>", "cannot be inflated"),
        (pack(LABELS, np.zeros((8, 28, 28)))[:-30], "expected"),
        (zlib.compress(b"digits"), "begins with"),
        (zlib.compress(idx(LABELS)), "begins with"),
        (zlib.compress(idx(np.zeros((2, 28, 28))) + idx(LABELS)), "expected"),
        (pack(LABELS, np.zeros((7, 28, 28))), r"\(8,\) labels and \(7, 28, 28\) images"),
        (pack(LABELS, np.zeros((8, 27, 28))), r"\(8, 27, 28\) images, expected \(n,\) and"),
        (pack([], np.zeros((0, 28, 28))), r"\(0,\) labels"),
        (pack([1, 2], np.stack([np.full((28, 28), 6), np.full((28, 28), 5)])), "digit 1 is blank"),
        (pack([1], np.ones((1, 28, 28)) * 9)[:-1], "cut short"),
        (zlib.compress(idx([1]) + write_far((0, 2**32 - 1, 2**32 - 1))), "expected shorter"),
        (pack([1, 10], np.zeros((2, 28, 28))), "label is 10, expected 0 to 9"),
        (pack(np.zeros(21_000), np.zeros((21_000, 28, 28), np.uint8)), "expected 16464000"),
    ],
)
def test_other_bytes_are_refused(data, message):
    with pytest.raises(ValueError, match=message):
        test_digits.unpack(data)


@pytest.mark.parametrize(
    ("pictures", "message"),
    [
        (np.zeros((2, 28, 28), np.uint8), "image 0 is blank"),
        (np.ones((2, 28, 29), np.uint8), r"images are \(28, 29\), expected at most 28"),
    ],
)
def test_an_image_that_is_blank_or_too_large_is_refused(pictures, message):
    """A blank image has no transform, and some pixels of a large one would be skipped."""
    with pytest.raises(ValueError, match=message):
        normalise_batch.columns(pictures)
