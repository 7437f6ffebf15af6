"""Test that slices of training digits come out as they went in, and that other bytes are refused."""

import tracemalloc
import zlib

import numpy as np
import pytest

from datasets import training_digits
from datasets.training_digits import LEVELS, MAX_IMAGES, Slice
from preprocess import normalise_batch
from preprocess.normalise import from_image

LABELS = [3, 1, 4, 1, 5, 9]


@pytest.fixture
def part(rng):
    images = rng.integers(0, LEVELS + 1, (len(LABELS), 784), np.uint8)
    return Slice(images, np.array(LABELS, np.uint8))


def content(labels, images):
    return bytes(labels) + np.asarray(images, np.uint8).tobytes()


def blank(count):
    return np.zeros((count, 784), np.uint8)


def test_a_slice_comes_out_as_it_went_in(part):
    unpacked = training_digits.unpack(training_digits.pack(part))
    assert np.array_equal(unpacked.images, part.images)
    assert np.array_equal(unpacked.labels, part.labels)
    assert (unpacked.images.dtype, unpacked.labels.dtype) == (np.uint8, np.uint8)


def test_the_largest_slice_is_accepted():
    part = Slice(blank(MAX_IMAGES), np.zeros(MAX_IMAGES, np.uint8))
    assert training_digits.unpack(training_digits.pack(part)).images.shape == (MAX_IMAGES, 784)


def test_all_sixty_thousand_images_are_in_the_slices():
    assert sum(count for _, count in training_digits.SLICES) == 60_000


def test_levels_are_the_nearest_to_the_inputs(rng):
    """Never further away than half a level; black stays black, and white white."""
    columns = rng.random((784, 50), np.float32)
    columns[:, 0], columns[:, 1] = 0, 1
    images = training_digits.quantise(columns)
    inputs = training_digits.inputs(images)
    assert (images.dtype, inputs.dtype, inputs.shape) == (np.uint8, np.float32, (50, 784))
    assert np.abs(inputs.T - columns).max() <= 0.5 / LEVELS + 1e-6
    assert (inputs[0].max(), inputs[1].min()) == (0, 1)


def test_images_are_those_that_the_pad_would_make(rng):
    """What is learned from goes through the code that a drawing goes through."""
    pictures = np.zeros((20, 28, 28), np.uint8)
    for picture in pictures:
        top, left = rng.integers(0, 12, 2)
        picture[top : top + rng.integers(6, 16), left : left + 3] = rng.integers(60, 256)
        picture[top + rng.integers(0, 6), left : left + rng.integers(3, 16)] = 255
    part = Slice(
        training_digits.quantise(normalise_batch.columns(pictures)), np.zeros(20, np.uint8)
    )
    unpacked = training_digits.unpack(training_digits.pack(part))
    for row, picture in zip(training_digits.inputs(unpacked.images), pictures, strict=True):
        assert row == pytest.approx(
            from_image(picture / 255).pixels.ravel(), abs=0.5 / LEVELS + 1e-5
        )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "cut short"),
        (b"<!doctype html>", "cannot be inflated"),
        (zlib.compress(b""), "take 0 bytes, expected 785 for each, and one or more"),
        (zlib.compress(b"digits"), "take 6 bytes, expected 785 for each"),
        (zlib.compress(content([1, 2], blank(2)) + b"x"), "take 1571 bytes"),
        (zlib.compress(content([1, 2], blank(2)))[:-1], "cut short"),
        (zlib.compress(content([1, 2], blank(2))) + b"xy", "followed by 2 bytes, expected none"),
        (zlib.compress(content([1, 10], blank(2))), "label is 10, expected 0 to 9"),
        (zlib.compress(content([1], blank(1) + 16)), "a pixel of 16, expected 0 to 15"),
        (zlib.compress(bytes(785 * MAX_IMAGES + 1), 1), "more than 20,000"),
        (zlib.compress(bytes(785 * (MAX_IMAGES + 1)), 1), "more than 20,000"),
    ],
)
def test_other_bytes_are_refused(data, message):
    with pytest.raises(ValueError, match=f"^a? ?training digits?.* {message}"):
        training_digits.unpack(data)


def test_a_bomb_does_not_fill_the_memory():
    """A megabyte that would inflate to two hundred."""
    deflater = zlib.compressobj(1)
    bomb = b"".join(deflater.compress(bytes(10_000_000)) for _ in range(20)) + deflater.flush()
    assert len(bomb) < 1e6
    tracemalloc.start()
    try:
        with pytest.raises(ValueError, match="more than 20,000"):
            training_digits.unpack(bomb)
        assert tracemalloc.get_traced_memory()[1] < 40e6
    finally:
        tracemalloc.stop()
