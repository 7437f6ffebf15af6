"""The visitor's own digits in the engine: the same inputs as from the pad, read by the network in use."""

import json

import numpy as np
import pytest

from engine import answers, session
from engine.learning import examples
from nn.network import Network

SEVEN = [[[20.25, 10.5], [70.0, 12.0], [35.0, 90.0]]]
FOUR = [[[30.0, 10.0], [25.0, 55.0], [75.0, 55.0]], [[60.0, 30.0], [60.0, 95.0]]]
DOT = [[[50.0, 50.0]]]


@pytest.fixture
def network(monkeypatch):
    """A network in use, and something on the pad."""
    network = Network.random((784, 16, 16, 10), "relu", np.random.default_rng(1))
    fresh = session.Session()
    fresh.open("random", network)
    fresh.use("random")
    for module in (answers, examples):
        monkeypatch.setattr(module, "session", fresh)
    return network


def on_the_pad(drawing, straighten):
    """Return the reply about a drawing on the pad."""
    points = [number for stroke in drawing for point in stroke for number in point]
    return answers.answer(points, [len(stroke) for stroke in drawing], straighten)


@pytest.mark.parametrize("straighten", [True, False])
def test_inputs_are_those_of_the_pad_bit_for_bit(network, straighten):
    """Each row is what ``answer`` sends through the network, and the pad keeps what is on it."""
    drawings = [SEVEN, FOUR, DOT]
    wanted = [on_the_pad(drawing, straighten)["a"][:784] for drawing in drawings]
    before = on_the_pad(FOUR, straighten)["a"].tobytes()
    found = examples.inputs(json.dumps(drawings), straighten)
    assert found.dtype == np.float32
    assert found.shape == (3 * 784,)
    assert found.tobytes() == np.concatenate(wanted).astype(np.float32).tobytes()
    assert answers.session.answer()["a"].tobytes() == before


def test_readings_are_the_brightest_outputs_of_the_network_in_use(network):
    inputs = np.random.default_rng(2).normal(0, 5, (50, 784)).astype(np.float32)
    read = examples.readings(memoryview(inputs.ravel()))
    assert [int(network.feedforward(row[:, None]).argmax()) for row in inputs] == read.tolist()
    assert len(set(read.tolist())) > 1
