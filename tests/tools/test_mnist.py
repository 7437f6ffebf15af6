"""MNIST's tools: the idx reader's refusals, and pictures prepared as the network sees them."""

import struct

import numpy as np
import pytest

import mnist
from nn import slant
from nn.pixels import from_picture


def idx(shape, content=None):
    """Write an idx file of unsigned bytes."""
    size = int(np.prod(shape))
    head = bytes([0, 0, 8, len(shape)]) + struct.pack(f">{len(shape)}I", *shape)
    return head + (bytes(range(size)) if content is None else content)


@pytest.fixture
def bars():
    """Twenty upright bars of different widths and places, as uint8 pictures."""
    pictures = np.zeros((20, 28, 28), np.uint8)
    for number, picture in enumerate(pictures):
        picture[4:24, 8 + number // 4 : 11 + number // 2] = 200
    return pictures


def test_idx_is_read_row_by_row():
    """Lengths are big-endian, bytes in C order."""
    assert mnist.read_idx(idx((2, 3))).tolist() == [[0, 1, 2], [3, 4, 5]]
    assert mnist.read_idx(idx((4,))).tolist() == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "begins with"),
        (b"\0\0\x08", "begins with"),
        (b"\x1f\x8b\x08\0" + bytes(20), "begins with 1f 8b 08 00"),
        (b"\0\0\x0d\x01" + bytes(8), "begins with 00 00 0d 01"),
        (b"\0\0\x08\x03\0\0", "6 bytes, expected 16 of header"),
        (idx((2, 3))[:-1], "5 bytes of data, expected 6"),
        (idx((2, 3)) + b"x", "7 bytes of data, expected 6"),
        (idx((2**31, 2**31, 2**31), b""), "0 bytes of data, expected 9903520314283042199192993792"),
    ],
)
def test_wrong_idx_is_refused(data, message):
    """Gzipped, of floats, cut, too long, or absurd."""
    with pytest.raises(ValueError, match=message):
        mnist.read_idx(data)


def test_missing_file_says_what_to_do(tmp_path):
    """The reader names the file and the remedy."""
    with pytest.raises(ValueError, match=r"train-images-idx3-ubyte is not in .*npm install"):
        mnist.read(tmp_path, "train")


def test_other_bytes_than_mnist_are_refused(tmp_path):
    """A file of the right name is not enough; the folder data/ is looked into as well."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "t10k-images-idx3-ubyte").write_bytes(idx((1, 28, 28), bytes(784)))
    with pytest.raises(
        ValueError, match=r"has the md5 .*, expected 2646ac647ad5339dbf082846283269ea"
    ):
        mnist.read(tmp_path, "t10k")


def test_prepared_pictures_are_what_the_network_sees(bars, monkeypatch):
    """In one go as one by one, to a 255th."""
    monkeypatch.setattr(mnist, "CHUNK", 7)
    rows = mnist.prepare(bars, mnist.roads(bars))
    expected = [from_picture(picture / 255).pixels.ravel() for picture in bars]
    assert rows / 255 == pytest.approx(np.array(expected), abs=0.5 / 255 + 1e-6)


def test_varied_pictures_differ_a_little(bars):
    """None is the original, none is far from it, and the seed decides."""
    ways = mnist.roads(bars)
    originals = mnist.prepare(bars, ways) / 255
    varied = mnist.vary(bars, ways, np.random.default_rng(3))
    again = mnist.vary(bars, ways, np.random.default_rng(3))
    assert np.array_equal(varied, again)
    change = abs(varied / 255 - originals).mean(axis=1)
    assert 0.001 < change.min()
    assert change.max() < 0.15
    for row in varied.reshape(-1, 28, 28):
        mass = slant.weigh(row)
        assert (mass.x, mass.y) == pytest.approx((14, 14), abs=1)


def test_pen_gets_thinner_and_thicker(bars):
    """Over many pictures, both happen, and black stays black."""
    ways = mnist.roads(np.repeat(bars[:1], 100, axis=0))
    varied = mnist.vary(np.repeat(bars[:1], 100, axis=0), ways, np.random.default_rng(3))
    ink = varied.sum(axis=1) / mnist.prepare(bars[:1], ways[:1]).sum()
    assert ink.min() < 0.8
    assert ink.max() > 1.2
    assert not varied[:, :28].any()
