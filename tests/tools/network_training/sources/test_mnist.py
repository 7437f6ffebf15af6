"""Test that only MNIST's own files are read, and that its images are normalised as on the page."""

import numpy as np
import pytest

from network_training.sources import mnist
from preprocess import deslant
from preprocess.normalise import from_image


@pytest.fixture
def bars():
    """Twenty upright bars of different widths and positions, as uint8 images."""
    pictures = np.zeros((20, 28, 28), np.uint8)
    for number, picture in enumerate(pictures):
        picture[4:24, 8 + number // 4 : 11 + number // 2] = 200
    return pictures


def test_a_missing_file_says_what_to_do(tmp_path):
    """The message names the file and the remedy."""
    with pytest.raises(ValueError, match=r"train-images-idx3-ubyte is not in .*npm install"):
        mnist.read(tmp_path, "train")


def test_other_bytes_than_mnists_are_refused(tmp_path):
    """The name is not enough. Files in a folder data/ are found as well."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "t10k-images-idx3-ubyte").write_bytes(bytes(800))
    with pytest.raises(
        ValueError, match=r"has the MD5 .*, expected 2646ac647ad5339dbf082846283269ea"
    ):
        mnist.read(tmp_path, "t10k")


def test_prepared_images_equal_those_of_single_images(bars, monkeypatch):
    """They agree to 1/255."""
    monkeypatch.setattr(mnist, "CHUNK", 7)
    rows = mnist.prepare(bars, mnist.transforms(bars))
    expected = [from_image(picture / 255).pixels.ravel() for picture in bars]
    assert rows / 255 == pytest.approx(np.array(expected), abs=0.5 / 255 + 1e-6)


def test_augmented_images_differ_slightly(bars):
    """None equals the original, none is far from it, and the seed decides."""
    transforms = mnist.transforms(bars)
    originals = mnist.prepare(bars, transforms) / 255
    varied = mnist.augment(bars, transforms, np.random.default_rng(3))
    again = mnist.augment(bars, transforms, np.random.default_rng(3))
    assert np.array_equal(varied, again)
    change = abs(varied / 255 - originals).mean(axis=1)
    assert 0.001 < change.min()
    assert change.max() < 0.15
    for row in varied.reshape(-1, 28, 28):
        mass = deslant.moments(row)
        assert (mass.x, mass.y) == pytest.approx((14, 14), abs=1)


def test_augmented_strokes_get_thinner_and_thicker(bars):
    """Both happen over many images, and black stays black."""
    transforms = mnist.transforms(np.repeat(bars[:1], 100, axis=0))
    varied = mnist.augment(np.repeat(bars[:1], 100, axis=0), transforms, np.random.default_rng(3))
    ink = varied.sum(axis=1) / mnist.prepare(bars[:1], transforms[:1]).sum()
    assert ink.min() < 0.8
    assert ink.max() > 1.2
    assert not varied[:, :28].any()
