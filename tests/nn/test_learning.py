"""Test costs against known values, and gradients against finite differences and scikit-learn.

Optimisers have their own tests.
"""

import math

import numpy as np
import pytest

from nn.learning import COSTS, backpropagate, targets
from nn.network import Network
from nn.optimisers import Adam


@pytest.fixture
def batch(rng):
    """Seven inputs of five numbers, and the wanted values of three outputs for each."""
    return rng.random((5, 7)), targets(rng.integers(0, 3, 7), 3)


def test_targets_have_a_single_1_in_each_column():
    """For label 2 of three, the third output is wanted and the others are not."""
    assert targets([2, 0], 3).tolist() == [[0, 1], [0, 0], [1, 0]]
    assert targets(np.array([], int), 3).shape == (3, 0)


@pytest.mark.parametrize("labels", [[3], [-1], [0.5], [[0, 1]]])
def test_labels_without_an_output_are_refused(labels):
    with pytest.raises(ValueError, match="labels"):
        targets(labels, 3)


def test_costs_match_values_worked_by_hand():
    """The outputs are 1/2, where 1 is wanted, and 3/4, where 0 is wanted."""
    z, y = np.array([[0.0], [math.log(3)]]), np.array([[1.0], [0.0]])
    assert COSTS["cross-entropy"].value(z, y) == pytest.approx(math.log(2) + math.log(4))
    assert COSTS["quadratic"].value(z, y) == pytest.approx(0.5**2 + 0.75**2)


def test_cross_entropy_of_a_certain_and_wrong_output_is_finite():
    """An output of 0 where 1 is wanted costs its weighted sum, not infinity."""
    assert COSTS["cross-entropy"].value(np.array([[-500.0]]), np.ones((1, 1))) == 500


def test_cross_entropy_agrees_with_scikit_learn(rng):
    """The oracle is log_loss of each output separately, added up."""
    metrics = pytest.importorskip("sklearn.metrics")
    z, y = rng.normal(0, 2, (3, 40)), rng.integers(0, 2, (3, 40))
    expected = sum(
        metrics.log_loss(wanted, 1 / (1 + np.exp(-sums))) for wanted, sums in zip(y, z, strict=True)
    )
    assert COSTS["cross-entropy"].value(z, y) == pytest.approx(expected)


@pytest.mark.parametrize("shape", [(5, 3), (5, 4, 3), (5, 4, 4, 3), (5, 4, 3, 4, 3)])
@pytest.mark.parametrize("activation", ["sigmoid", "relu"])
@pytest.mark.parametrize("cost", COSTS)
def test_gradient_agrees_with_finite_differences(cost, activation, shape, batch, rng):
    """Nudging any weight or bias changes the cost by its derivative."""
    x, y = batch
    network = Network.random(shape, activation, rng)
    # float32 does not have enough digits for finite differences.
    network.W = [W.astype(float) for W in network.W]
    network.b = [rng.normal(0, 0.3, b.shape) for b in network.b]
    _, gradient = backpropagate(network, x, y, COSTS[cost])
    for arrays, slopes in ((network.W, gradient.W), (network.b, gradient.b)):
        for array, slope in zip(arrays, slopes, strict=True):
            assert slope.shape == array.shape
            for place in np.ndindex(array.shape):
                here = array[place]
                array[place] = here + 1e-4
                above, _ = backpropagate(network, x, y, COSTS[cost])
                array[place] = here - 1e-4
                below, _ = backpropagate(network, x, y, COSTS[cost])
                array[place] = here
                assert slope[place] == pytest.approx((above - below) / 2e-4, rel=1e-3, abs=1e-5)


@pytest.mark.parametrize("hidden", [(), (6,), (6, 5), (6, 5, 4)])
@pytest.mark.parametrize("activation", ["sigmoid", "relu"])
def test_cost_and_gradient_agree_with_scikit_learn(activation, hidden, rng):
    """Its multilabel classifier has the same outputs, and binary cross-entropy as its cost.

    It has nothing with sigmoid outputs and the quadratic cost.
    """
    neural = pytest.importorskip("sklearn.neural_network")
    network = Network.random((20, *hidden, 4), activation, rng)
    x, y = rng.random((20, 50)), rng.integers(0, 2, (4, 50)).astype(float)
    oracle = neural.MLPClassifier(
        hidden, activation={"sigmoid": "logistic", "relu": "relu"}[activation], alpha=0, max_iter=1
    )
    with pytest.warns(UserWarning, match="iterations"):
        oracle.fit(x.T, y.T.astype(int))
    oracle.coefs_ = [W.T.astype(float) for W in network.W]
    oracle.intercepts_ = [b.ravel().astype(float) for b in network.b]
    layers = len(network.W)
    expected_cost, W, b = oracle._backprop(
        x.T, y.T, None, [x.T] + [None] * layers, [None] * layers, [None] * layers, [None] * layers
    )
    cost, gradient = backpropagate(network, x, y)
    assert cost == pytest.approx(expected_cost, rel=1e-5)
    for layer in range(layers):
        assert gradient.W[layer] == pytest.approx(W[layer].T, abs=1e-6)
        assert gradient.b[layer].ravel() == pytest.approx(b[layer], abs=1e-6)


def test_backpropagation_returns_the_mean_cost_of_the_batch(batch, rng):
    """Repeating the batch does not change the mean."""
    x, y = batch
    network = Network.random((5, 4, 3), "sigmoid", rng)
    once, gradient = backpropagate(network, x, y)
    twice, same = backpropagate(network, np.hstack([x, x]), np.hstack([y, y]))
    assert once == pytest.approx(COSTS["cross-entropy"].value(network.trace(x).z[-1], y))
    assert twice == pytest.approx(once, rel=1e-5)
    assert same.W[0] == pytest.approx(gradient.W[0], abs=1e-6)
    assert gradient.W[0].dtype == np.float32


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        (np.zeros((5, 2)), np.zeros((3, 1)), r"y has shape \(3, 1\)"),
        (np.zeros((5, 2)), np.zeros((2, 2)), r"y has shape \(2, 2\)"),
        (np.zeros((5, 0)), np.zeros((3, 0)), "empty"),
    ],
)
def test_a_batch_that_does_not_fit_is_refused(x, y, message, rng):
    """There must be as many columns of targets as of inputs, and at least one."""
    with pytest.raises(ValueError, match=message):
        backpropagate(Network.random((5, 3), "sigmoid", rng), x, y)


@pytest.mark.parametrize("activation", ["sigmoid", "relu"])
@pytest.mark.parametrize("cost", COSTS)
def test_a_network_learns_what_no_single_layer_can(activation, cost):
    """No line separates the four inputs of exclusive or."""
    x, y = np.array([[0, 0, 1, 1], [0, 1, 0, 1]]), np.array([[0, 1, 1, 0]])
    network = Network.random((2, 8, 1), activation, np.random.default_rng(5))
    adam = Adam(network)
    for _ in range(600):
        _, gradient = backpropagate(network, x, y, COSTS[cost])
        adam.step(gradient, 0.05)
    assert np.rint(network.feedforward(x)).tolist() == y.tolist()
