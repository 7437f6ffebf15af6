"""Test every optimiser against scikit-learn's and values worked by hand, and going on from a state."""

import math

import numpy as np
import pytest

from nn.learning import Gradient, backpropagate, targets
from nn.network import Network
from nn.optimisers import OPTIMISERS, Adam, GradientDescent, Momentum

# Those of scikit-learn, and their arguments. ``learning_rate_init`` is the rate.
ORACLES = {
    "descent": ("SGDOptimizer", {"momentum": 0, "nesterov": False}),
    "momentum": ("SGDOptimizer", {"momentum": 0.9, "nesterov": False}),
    "adam": ("AdamOptimizer", {}),
}


def one_weight(value=0.0):
    """Make a network with a single weight and a single bias."""
    return Network([np.full((1, 1), value)], [np.full((1, 1), value)])


def slope_of(weight, bias=0.0):
    """Make a gradient for it."""
    return Gradient([np.full((1, 1), weight, np.float32)], [np.full((1, 1), bias, np.float32)])


def learn(network, optimiser, steps, rng, rate=0.01):
    """Take steps on random batches."""
    for _ in range(steps):
        x, y = rng.random((6, 9), np.float32), targets(rng.integers(0, 3, 9), 3)
        _, gradient = backpropagate(network, x, y)
        optimiser.step(gradient, rate)


def bits(network):
    return [array.tobytes() for array in (*network.W, *network.b)]


@pytest.mark.parametrize("name", OPTIMISERS)
def test_steps_agree_with_scikit_learn(name, rng):
    """Both take the same gradients, large and small, for forty steps."""
    theirs = pytest.importorskip("sklearn.neural_network._stochastic_optimizers")
    network = Network.random((6, 5, 3), "sigmoid", rng)
    arrays = [array.astype(float) for array in (*network.W, *network.b)]
    kind, arguments = ORACLES[name]
    oracle = getattr(theirs, kind)(arrays, learning_rate_init=0.02, **arguments)
    optimiser = OPTIMISERS[name](network)
    for _ in range(40):
        slopes = [rng.normal(0, 10 ** rng.uniform(-3, 1), array.shape) for array in arrays]
        layers = len(network.W)
        given = [slope.astype(np.float32) for slope in slopes]
        optimiser.step(Gradient(given[:layers], given[layers:]), 0.02)
        oracle.update_params(arrays, slopes)
    for array, expected in zip((*network.W, *network.b), arrays, strict=True):
        assert array.dtype == np.float32
        assert array == pytest.approx(expected, rel=1e-3, abs=1e-4)
    assert optimiser.steps == 40


def test_gradient_descent_matches_values_worked_by_hand():
    """The change is −rate · slope."""
    network = one_weight(1)
    GradientDescent(network).step(slope_of(3, -2), 0.1)
    assert network.W[0].item() == pytest.approx(0.7)
    assert network.b[0].item() == pytest.approx(1.2)


def test_momentum_matches_values_worked_by_hand():
    """Slopes of 1 and 3 at rates of 0.1 and 0.2 give velocities of −0.1, then −0.09 − 0.6."""
    network = one_weight()
    momentum = Momentum(network)
    momentum.step(slope_of(1), 0.1)
    assert network.W[0].item() == pytest.approx(-0.1)
    momentum.step(slope_of(3), 0.2)
    assert network.W[0].item() == pytest.approx(-0.1 - 0.69)


def test_the_first_step_of_adam_is_as_long_as_the_rate():
    """Both means are corrected for their start, so the step is ±rate for any slope."""
    network = one_weight()
    Adam(network).step(slope_of(1e-3, -50), 0.01)
    assert network.W[0].item() == pytest.approx(-0.01, rel=1e-4)
    assert network.b[0].item() == pytest.approx(0.01, rel=1e-4)


def test_the_second_step_of_adam_matches_values_worked_by_hand():
    """Slopes of 1 and 3 give means 0.1 and 0.39, and squares 0.001 and 0.009999, before correction."""
    network = one_weight()
    adam = Adam(network)
    for slope in (1, 3):
        adam.step(slope_of(slope), 0.1)
    second = (0.39 / 0.19) / math.sqrt(0.009999 / 0.001999)
    assert network.W[0].item() == pytest.approx(-0.1 * (1 + second), rel=1e-4)


@pytest.mark.parametrize("name", OPTIMISERS)
def test_decay_shrinks_weights_and_not_biases(name):
    """The slope is 0 here, so decay is the only change."""
    network = one_weight(2)
    optimiser = OPTIMISERS[name](network, decay=0.5)
    optimiser.step(slope_of(0), 0.1)
    optimiser.step(slope_of(0), 0.2)
    assert network.W[0].item() == pytest.approx(2 * (1 - 0.1 * 0.5) * (1 - 0.2 * 0.5))
    assert network.b[0].item() == 2


def test_decay_is_the_slope_of_the_squared_weights(rng):
    """For plain gradient descent, it is the same as adding decay / 2 · Σw² to the cost: L2."""
    network, other = (Network.random((4, 3), "relu", np.random.default_rng(7)) for _ in range(2))
    slopes = [rng.normal(0, 1, (3, 4)).astype(np.float32)], [np.zeros((3, 1), np.float32)]
    GradientDescent(network, decay=0.3).step(Gradient(*slopes), 0.1)
    penalised = [slopes[0][0] + 0.3 * other.W[0]]
    GradientDescent(other).step(Gradient(penalised, slopes[1]), 0.1)
    assert network.W[0] == pytest.approx(other.W[0], abs=1e-6)


@pytest.mark.parametrize("name", OPTIMISERS)
def test_a_run_goes_on_from_a_state_bit_for_bit(name):
    """The rest of a run is the same in a new optimiser, which has taken other steps before."""
    network = Network.random((6, 5, 3), "relu", np.random.default_rng(1))
    optimiser = OPTIMISERS[name](network, decay=0.01)
    learn(network, optimiser, 7, np.random.default_rng(2))
    state = optimiser.state()
    copy = Network([W.copy() for W in network.W], [b.copy() for b in network.b], "relu")
    learn(network, optimiser, 9, np.random.default_rng(3))

    spare = Network.random((6, 5, 3), "relu", np.random.default_rng(4))
    other = OPTIMISERS[name](spare, decay=0.01)
    learn(spare, other, 3, np.random.default_rng(5))
    other.network = copy
    other.restore(*state)
    learn(copy, other, 9, np.random.default_rng(3))
    assert bits(copy) == bits(network)
    assert other.steps == optimiser.steps == 16


def test_a_state_does_not_change_with_later_steps():
    """It is a copy, and so is what restore takes."""
    network = one_weight()
    adam = Adam(network)
    adam.step(slope_of(1), 0.1)
    steps, memory = adam.state()
    before = memory.copy()
    adam.step(slope_of(2), 0.1)
    adam.restore(steps, memory)
    adam.step(slope_of(2), 0.1)
    assert steps == 1
    assert np.array_equal(memory, before)


def test_a_memory_of_another_network_or_optimiser_is_refused():
    """A smaller one would be repeated to fit."""
    _, memory = Momentum(one_weight()).state()
    with pytest.raises(ValueError, match=r"shape \(1, 2\), expected \(2, 2\)"):
        Adam(one_weight()).restore(1, memory)


@pytest.mark.parametrize("name", OPTIMISERS)
def test_a_step_changes_arrays_in_place(name):
    """Whoever holds the network's arrays sees them learn."""
    network = one_weight()
    weights = network.W[0]
    OPTIMISERS[name](network).step(slope_of(1), 0.1)
    assert network.W[0] is weights
    assert weights.item() < 0
