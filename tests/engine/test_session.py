"""What the engine remembers: networks side by side, and how well they read the test digits."""

import contextlib
import zlib

import numpy as np
import pytest

from datasets import test_digits
from engine import answers, replies
from engine.session import Session
from nn.network import Network

STROKE = np.array([[20, 10], [70, 12], [35, 90]], float)
NAMES = ["one", "other"]


def idx(array):
    """Write an array as MNIST's files are written."""
    sizes = b"".join(size.to_bytes(4, "big") for size in array.shape)
    return bytes([0, 0, 8, array.ndim]) + sizes + array.tobytes()


@pytest.fixture
def digits():
    """As many test digits as are used: blots of noise."""
    rng = np.random.default_rng(3)
    pictures = np.zeros((1000, 28, 28), np.uint8)
    pictures[:, 6:22, 8:20] = rng.integers(0, 256, (1000, 16, 12))
    labels = rng.integers(0, 10, 1000).astype(np.uint8)
    return test_digits.unpack(zlib.compress(idx(labels) + idx(pictures)))


@pytest.fixture
def session():
    session = Session()
    for seed, name in enumerate(NAMES):
        activation = ("sigmoid", "relu")[seed]
        rng = np.random.default_rng(seed)
        session.open(name, Network.random((784, 6, 5, 10), activation, rng))
    session.use("one")
    return session


def prepared(session, digits):
    session.digits = digits
    while not session.prepare():
        pass
    return session


def by_hand(network, a, relu):
    """Compute the activations of each layer after the input, in plain NumPy and float64."""
    layers = []
    for at, (W, b) in enumerate(zip(network.W, network.b, strict=True)):
        z = W.astype(float) @ a + b
        a = np.maximum(0, z) if relu and at < len(network.W) - 1 else 1 / (1 + np.exp(-z))
        layers.append(a)
    return layers


def test_sides_have_the_activations_of_each_network_on_the_same_drawing(session):
    session.look_at([STROKE], True)
    pixels = session.answer()["a"][:784, None]
    for name, side in zip(NAMES, session.compare(NAMES), strict=True):
        session.use(name)
        layers = by_hand(session.network, pixels.astype(float), name == "other")
        assert side["a"] == pytest.approx(np.concatenate(layers).ravel(), abs=1e-4)
        assert (side["id"], side["hidden"]) == (name, 11)
        assert side["digit"] == session.answer()["digit"]


def test_there_is_no_accuracy_without_test_digits(session):
    assert all("accuracy" not in side for side in session.compare(NAMES))


def test_each_network_is_evaluated_on_the_test_digits(session, digits):
    """Right answers, and dead and saturated neurons, counted by hand. One of each is made on purpose."""
    session.edit("hold", [1, 2, 0], "")
    session.edit("hold", [2, 0, 0.999], "")
    prepared(session, digits)
    sides = session.compare(NAMES)
    inputs = digits.inputs(1000).astype(float)
    for name, side in zip(NAMES, sides, strict=True):
        session.use(name)
        *hidden, outputs = by_hand(session.network, inputs, name == "other")
        right = outputs.argmax(axis=0) == digits.labels[:1000]
        least = 0 if name == "other" else 0.05
        dead = [(a <= least).all(axis=1) for a in hidden]
        ends = [((a < 0.05) | (a > 0.95)).mean(axis=1) >= 0.95 for a in hidden]
        saturated = (
            0 if name == "other" else sum((e & ~d).sum() for e, d in zip(ends, dead, strict=True))
        )
        assert side["accuracy"] == pytest.approx(right.mean())
        assert side["of"] == 1000
        assert side["dead"] == sum(layer.sum() for layer in dead)
        assert side["saturated"] == saturated
    assert sides[0]["dead"] >= 1
    assert sides[0]["saturated"] >= 1


def test_a_network_is_evaluated_again_after_an_edit(session, digits):
    prepared(session, digits)
    before = session.compare(NAMES)[0]
    session.edit("hold", [2, 0, 0], "")
    after = session.compare(NAMES)[0]
    assert (before["edited"], after["edited"]) == (False, True)
    assert (before["dead"], after["dead"]) == (0, 1)
    session.edit("undo", [], "")
    again = session.compare(NAMES)[0]
    assert (again["edited"], again["dead"], again["accuracy"]) == (False, 0, before["accuracy"])


def test_edits_can_be_put_back_in_another_session(session):
    """A worker that takes over from one that died has its edits, and the original network."""
    original = session.network
    session.edit("bias", [1, 0, 3.5], "")
    edited = replies.dials(session.network)
    another = Session()
    another.open("one", original, edited)
    another.use("one")
    assert replies.dials(another.network).tobytes() == edited.tobytes()
    another.edit("put back", [], "")
    assert another.network.b[0][0, 0] == original.b[0][0, 0]


def test_a_rehearsal_leaves_the_pad_alone(session):
    """Also when it fails."""
    session.look_at([STROKE], True)
    before = session.answer()["a"]
    with contextlib.suppress(ZeroDivisionError), session.aside():
        session.look_at([], True)
        assert session.answer()["why"] == "blank"
        raise ZeroDivisionError
    np.testing.assert_array_equal(session.answer()["a"], before)


@pytest.mark.parametrize("shape", [(784, 10), (784, 1, 10), (784, 3, 128, 7, 10)])
def test_networks_of_any_shape_are_answered_described_and_compared(session, digits, shape):
    """Every neuron can be looked into, every layer taken apart, and hidden neurons are counted."""
    network = Network.random(shape, "relu", np.random.default_rng(5))
    session.open("any", network)
    session.use("any")
    session.look_at([STROKE], True)
    prepared(session, digits)
    last = len(shape) - 1
    answer = session.answer(last, 9)
    assert len(answer["a"]) == sum(shape)
    assert len(answer["inside"]["sides"]) == 2
    pixels = answer["a"][:784, None].astype(float)
    layers = by_hand(network, pixels, relu=True)
    assert answer["a"][784:] == pytest.approx(np.concatenate(layers).ravel(), abs=1e-4)
    for layer in range(1, len(shape)):
        reply = session.layer(layer)
        assert reply["after"] == pytest.approx(layers[layer - 1].ravel(), abs=1e-4)
        for index in range(shape[layer]):
            assert session.inside(layer, index)["others"] <= shape[layer - 1]
        assert session.favourite(layer, 0).shape == (784, 1)
    (side,) = session.compare(["any"])
    assert side["hidden"] == sum(shape[1:-1])
    assert 0 <= side["dead"] <= side["hidden"]
    assert side["saturated"] == 0


def test_a_neuron_of_a_network_that_was_replaced_is_no_error(session, monkeypatch):
    """The page may ask about it before it hears of the network that is in use now."""
    monkeypatch.setattr(answers, "session", session)
    session.open("shallow", Network.random((784, 10), "sigmoid", np.random.default_rng(0)))
    session.use("shallow")
    assert session.answer(2, 4)["inside"] is None
    assert session.answer(1, 10)["inside"] is None
    assert session.answer(1, 9)["inside"] is not None
    assert answers.inside(2, 4) is answers.favourite(1, 10) is answers.layer(2) is None
    assert answers.layer(1) is not None
