"""Test that narrowing removes the neurons that matter least, and forgets nothing about the others."""

import numpy as np
import pytest

from network_training.narrowing import importance, narrow
from nn.network import Network
from nn.optimisers import Adam


@pytest.fixture
def rng():
    """Random numbers, the same for every test and run."""
    return np.random.default_rng(20171005)


@pytest.fixture(params=["sigmoid", "relu"])
def network(request, rng):
    """A small network with two hidden layers, whose biases are not 0."""
    network = Network.random((6, 5, 4, 3), request.param, rng)
    for biases in network.b:
        biases += rng.normal(0, 0.5, biases.shape)
    return network


@pytest.fixture
def batch(rng):
    """Thirty inputs, and what is wanted for them."""
    return rng.random((6, 30), np.float32), np.eye(3, dtype=np.float32)[rng.integers(0, 3, 30)].T


def test_neurons_that_do_nothing_go_first_and_nothing_changes(network, batch):
    """One is never listened to, and one always says the same."""
    x, y = batch
    network.W[1][:, 3] = 0
    network.W[1][2] = 0
    before = network.feedforward(x)
    smaller = narrow(network, Adam(network), x, y, (4, 3))
    assert smaller.shape == (6, 4, 3, 3)
    assert smaller.activation == network.activation
    assert smaller.W[0] == pytest.approx(np.delete(network.W[0], 3, axis=0))
    assert smaller.W[2] == pytest.approx(np.delete(network.W[2], 2, axis=1))
    assert smaller.feedforward(x) == pytest.approx(before, abs=1e-6)


def test_a_removed_neuron_leaves_its_mean_behind(network, batch):
    """The mean of what the next layer adds up stays the same."""
    x, y = batch
    smaller = narrow(network, Adam(network), x, y, (4, 4))
    before, after = network.trace(x).z[1], smaller.trace(x).z[1]
    assert after.mean(axis=1) == pytest.approx(before.mean(axis=1), abs=1e-5)
    assert after != pytest.approx(before, abs=1e-3)


def test_importance_agrees_with_small_changes(network, batch):
    """The cost's change is measured with one neuron's activation at a time a little higher."""
    x, y = batch
    trace = network.trace(x)
    found = importance(network, trace, y)
    assert [len(values) for values in found] == [5, 4]
    for layer, values in enumerate(found, 1):
        a = trace.a[layer].astype(np.float64)
        for neuron, value in enumerate(values):
            little = np.zeros_like(a)
            little[neuron] = 1e-4
            up, down = (costs(network, layer, a + step, y) for step in (little, -little))
            slope = (up - down) / 2e-4
            expected = np.square((a[neuron] - a[neuron].mean()) * slope).mean()
            assert value == pytest.approx(expected, rel=2e-3, abs=1e-9)


def costs(network, layer, a, y):
    """Compute each input's cross-entropy from the activations of a layer, in double precision."""
    for depth in range(layer, len(network.W)):
        z = network.W[depth].astype(np.float64) @ a + network.b[depth]
        relu = network.activation == "relu" and depth < len(network.W) - 1
        a = np.maximum(z, 0) if relu else 1 / (1 + np.exp(-z))
    return -(y * np.log(a) + (1 - y) * np.log(1 - a)).sum(axis=0)


def test_the_optimiser_goes_on_with_what_it_knew_of_the_rest(network, batch):
    """Its memory holds the weights' own values here, so both must shrink alike."""
    adam = Adam(network)
    adam.memory[:] = np.concatenate([*network.W, *network.b], axis=None)
    adam.steps = 7
    smaller = narrow(network, adam, *batch, (3, 2))
    assert adam.network is smaller
    assert (adam.steps, adam.memory.shape) == (7, (2, smaller.count))
    weights = np.concatenate(smaller.W, axis=None)
    assert np.array_equal(adam.memory[1][: weights.size], weights)
    # Biases take over what removed neurons did, except those of the first layer.
    first = smaller.b[0].ravel()
    assert np.array_equal(adam.memory[1][weights.size :][: first.size], first)
