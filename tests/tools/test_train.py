"""Training: on a hundred pictures made here, a few steps, the same every time."""

import hashlib
import json
import math
from itertools import islice

import numpy as np
import pytest

import mnist
import train
from nn import files, learning
from nn.network import Network


@pytest.fixture
def rng():
    """Random numbers, the same for every test and run."""
    return np.random.default_rng(20171005)


@pytest.fixture
def digits(rng):
    """A hundred pictures that anybody can tell apart: label n is a bar that begins in row 4 + n."""
    labels = np.arange(100, dtype=np.uint8) % 10
    pictures = np.zeros((100, 28, 28), np.uint8)
    for picture, label in zip(pictures, labels, strict=True):
        picture[4:24, 6:9] = 200
        picture[4 + label : 8 + label, 6:22] = rng.integers(150, 255)
    return pictures, labels


@pytest.fixture
def folder(digits, tmp_path, monkeypatch):
    """The same, in place of MNIST's files."""
    monkeypatch.setattr(mnist, "MD5", {})
    for part in ("train", "t10k"):
        for kind, array in zip(("images-idx3-ubyte", "labels-idx1-ubyte"), digits, strict=True):
            shape = np.array(array.shape, ">u4").tobytes()
            data = bytes([0, 0, 8, array.ndim]) + shape + array.tobytes()
            (tmp_path / f"{part}-{kind}").write_bytes(data)
            mnist.MD5[f"{part}-{kind}"] = hashlib.md5(data, usedforsecurity=False).hexdigest()
    return tmp_path


def options(*more):
    """Ask for a short training."""
    return train.parse(["--passes", "40", "--batch", "20", "--rate", "0.02", *more])


def test_training_learns_and_is_deterministic(digits):
    """The cost falls to less than a half, and the same seed gives the same weights."""
    pictures, labels = digits
    rows, wanted = pictures.reshape(100, -1), learning.targets(labels, 10)

    def cost(network):
        x = (rows / np.float32(255)).T
        return learning.backpropagate(network, x, wanted)[0]

    untrained = train.train(rows, labels, 4, options("--rate", "0"), 100)
    one, other = (train.train(rows, labels, 4, options(), 100) for _ in range(2))
    assert cost(one) < cost(untrained) / 2
    for a, b in zip((*one.W, *one.b), (*other.W, *other.b), strict=True):
        assert np.array_equal(a, b)


def test_blank_lights_nothing(digits, monkeypatch):
    """Every batch has pictures without ink in it, and no output is right for them."""
    pictures, labels = digits

    def brightest():
        network = train.train(pictures.reshape(100, -1), labels, 4, options("--passes", "200"), 100)
        return network.feedforward(np.zeros((784, 1))).max()

    with_blanks = brightest()
    monkeypatch.setattr(train, "BLANKS", 0)
    assert with_blanks < min(0.1, brightest() / 2)


def test_command_writes_weights_and_card(folder, capsys):
    """From idx files to a model card whose every number can be checked."""
    out = folder / "weights"
    arguments = ["--mnist", str(folder), "--out", str(out), "--hidden", "6", "--copies", "1"]
    arguments += ["--passes", "30", "--batch", "20", "--hold-back", "20", "--activation", "relu"]
    assert train.main([*arguments, "--tries", "2"]) == 0
    network = files.load(out / "784-6-10-relu.npz")
    card = json.loads((out / "784-6-10-relu.json").read_text())
    assert card["name"] == "784-6-10-relu"
    assert card["shape"] == list(network.shape) == [784, 6, 10]
    assert card["activation"] == network.activation == "relu"
    assert card["count"] == network.count == 784 * 6 + 6 * 10 + 6 + 10
    assert card["sha256"] == hashlib.sha256((out / "784-6-10-relu.npz").read_bytes()).hexdigest()
    assert set(card["accuracy"]) == {"mnist_test", "validation"}
    assert all(0 <= value <= 1 for value in card["accuracy"].values())
    assert card["data"]["licence"] == "CC BY-SA 3.0"
    assert card["seed"] in (1, 2)
    assert str(folder) not in card["command"]
    assert vars(train.parse(card["command"].split()[2:]))["hidden"] == [6]
    assert "seed 2" in capsys.readouterr().err


def test_same_command_gives_same_bytes(folder):
    """The sha256 of a card can be reproduced."""
    arguments = ["--mnist", str(folder), "--copies", "1", "--passes", "2", "--hold-back", "20"]
    for out in ("one", "two"):
        assert train.main([*arguments, "--batch", "20", "--out", str(folder / out)]) == 0
    one, two = ((folder / out / "784-16-16-10-sigmoid.npz").read_bytes() for out in ("one", "two"))
    assert one == two


def test_missing_data_is_one_sentence(tmp_path, capsys):
    """No traceback for somebody who has not installed the packages yet."""
    assert train.main(["--mnist", str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith("train: train-images-idx3-ubyte is not in")


def test_tidying_is_the_slope_of_its_cost(rng):
    """Finite differences of smooth·Σ(difference of neighbours)² + sparse·Σ|w|."""
    weights = rng.normal(0, 1, (2, 784))

    def cost():
        pictures = weights.reshape(2, 28, 28)
        rough = np.square(np.diff(pictures, axis=1)).sum() + np.square(np.diff(pictures)).sum()
        return 0.3 * rough + 0.2 * abs(pictures).sum()

    slope = np.zeros_like(weights)
    train.tidy(slope, weights, 0.3, 0.2)
    for place in [(0, 0), (0, 27), (1, 28), (1, 400), (0, 783)]:
        here = weights[place]
        weights[place] = here + 1e-6
        above = cost()
        weights[place] = here - 1e-6
        below = cost()
        weights[place] = here
        assert slope[place] == pytest.approx((above - below) / 2e-6, abs=1e-4)


def test_schedule_warms_up_and_comes_to_rest():
    """0 at both ends, 1 after a twentieth."""
    assert [train.schedule(share) for share in (0, 0.025, 0.05, 1)] == pytest.approx([0, 0.5, 1, 0])
    assert train.schedule(0.525) == pytest.approx(0.5)
    assert not math.isnan(train.schedule(0.9))


def test_batches_show_everything_before_anything_twice():
    """Ten pictures in batches of five: every two batches are all of them."""
    some = list(islice(train.batches(10, 5, np.random.default_rng(1)), 4))
    assert sorted(np.concatenate(some[:2])) == sorted(np.concatenate(some[2:])) == list(range(10))
    assert len(next(train.batches(3, 5, np.random.default_rng(1)))) == 3


def test_score_reads_rows_of_bytes():
    """A network whose brightest output is that of the brightest pixel."""
    network = Network([10 * np.eye(3)], [np.zeros((3, 1))])
    rows = np.array([[255, 0, 0], [0, 0, 255]], np.uint8)
    assert train.score(network, rows, np.array([0, 1])) == 0.5
