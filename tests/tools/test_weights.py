"""The shipped weights: each loads, and is what its model card says."""

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from nn import files
from nn.pixels import from_strokes
from nn.scoring import Verdict, verdict

WEIGHTS = sorted((Path(__file__).resolve().parents[2] / "weights").glob("*.npz"))

SEVEN = [np.array([(100, 90), (260, 84), (215, 207), (170, 330)])]
ZERO = [200 + np.array([(80 * np.sin(t), -120 * np.cos(t)) for t in np.linspace(0, 6.2, 40)])]
ONE = [np.array([(200, 60), (196, 340)])]


@pytest.fixture(params=WEIGHTS, ids=lambda path: path.stem)
def path(request):
    """Take one shipped network after the other."""
    return request.param


def test_there_are_weights():
    """Without any, the tests below would all pass."""
    assert "784-16-16-10-sigmoid" in [path.stem for path in WEIGHTS]


def test_card_describes_weights(path):
    """Name, shape, count and bytes are those of the file beside it, whose size a page can bear."""
    network, card = files.load(path), json.loads(path.with_suffix(".json").read_text())
    assert card["name"] == path.stem
    assert card["shape"] == list(network.shape)
    assert card["activation"] == network.activation
    assert card["count"] == network.count
    assert card["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert path.stat().st_size <= 60_000
    assert card["accuracy"]["mnist_test"] >= 0.96


def test_plain_digits_are_read(path):
    """A 7, a 0 and a 1 drawn as plainly as can be, and no answer of a blank's own."""
    network = files.load(path)
    for drawing, digit in ((SEVEN, 7), (ZERO, 0), (ONE, 1)):
        assert verdict(network.feedforward(from_strokes(drawing).column)) == Verdict(digit)
    assert network.feedforward(from_strokes([]).column).max() < 0.5
