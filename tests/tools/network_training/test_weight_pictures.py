"""Test that the PNG can be read by an independent decoder, and that each weight is in its place."""

import struct
import zlib

import numpy as np
import pytest

import weight_pictures
from nn import files
from nn.network import Network


def chunks(data):
    """Parse and check a PNG file. Returns a dict of its chunks."""
    assert data.startswith(weight_pictures.PNG)
    found, at = {}, len(weight_pictures.PNG)
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        body = data[at + 4 : at + 8 + length]
        assert struct.unpack(">I", data[at + 8 + length : at + 12 + length])[0] == zlib.crc32(body)
        found[body[:4]] = body[4:]
        at += 12 + length
    return found


def test_the_png_holds_the_image():
    """It has the image's size, eight bits for each of three colours, and a filter byte of 0 per row."""
    picture = np.arange(2 * 3 * 3, dtype=np.uint8).reshape(2, 3, 3)
    found = chunks(weight_pictures.png(picture))
    assert struct.unpack(">IIBBBBB", found[b"IHDR"]) == (3, 2, 8, 2, 0, 0, 0)
    rows = np.frombuffer(zlib.decompress(found[b"IDAT"]), np.uint8).reshape(2, 10)
    assert not rows[:, 0].any()
    assert np.array_equal(rows[:, 1:].reshape(2, 3, 3), picture)


def test_positive_weights_are_blue_and_negative_ones_red():
    """The largest weight has the full colour, and one half as large half of it."""
    weights = np.zeros(784)
    weights[28 * 3 + 5], weights[0] = 2.0, -1.0
    shown = weight_pictures.colours(weights)
    assert shown[3, 5].tolist() == list(weight_pictures.POSITIVE)
    assert shown[0, 0] == pytest.approx(np.array(weight_pictures.NEGATIVE) / 2, abs=1)
    assert np.count_nonzero(shown.any(axis=2)) == 2


def test_the_command_writes_a_small_file(tmp_path):
    """Sixteen neurons make two rows. A file that is not a network gives an error."""
    network = Network.random((784, 16, 10), "relu", np.random.default_rng(1))
    files.save(tmp_path / "n.npz", network)
    assert weight_pictures.main([str(tmp_path / "n.npz"), str(tmp_path / "p" / "n.png")]) == 0
    header = chunks((tmp_path / "p" / "n.png").read_bytes())[b"IHDR"]
    assert struct.unpack(">II", header[:8]) == (8 * 88 + 4, 2 * 88 + 4)
    assert weight_pictures.main([str(tmp_path / "missing.npz"), str(tmp_path / "n.png")]) == 1
