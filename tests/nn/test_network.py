"""Test the network's shapes and counts, and its forward pass against three oracles."""

import math

import numpy as np
import pytest

from nn.network import Network


@pytest.fixture
def small():
    """Two inputs, two hidden neurons and one output: small enough to work out by hand."""
    W = [np.array([[1.0, -1.0], [2.0, 0.5]]), np.array([[3.0, -2.0]])]
    b = [np.array([[0.5], [-1.0]]), np.array([[0.25]])]
    return W, b


def by_hand(W, b, activation, a):
    """Compute the outputs for one input in plain Python, without NumPy."""
    squish = {"sigmoid": lambda z: 1 / (1 + math.exp(-z)), "relu": lambda z: max(0.0, z)}
    for layer, (weights, biases) in enumerate(zip(W, b, strict=True)):
        last = layer == len(W) - 1
        function = squish["sigmoid" if last else activation]
        a = [
            function(sum(w * x for w, x in zip(row, a, strict=True)) + bias)
            for row, (bias,) in zip(weights.tolist(), biases.tolist(), strict=True)
        ]
    return a


def test_trace_matches_values_worked_by_hand(small):
    """With ReLU and input [1, 1], the sums are 0.5 and 1.5, then 3·0.5 − 2·1.5 + 0.25 = −1.25."""
    trace = Network(*small, "relu").trace([[1], [1]])
    assert [z.ravel().tolist() for z in trace.z] == [[0.5, 1.5], [-1.25]]
    assert trace.a[0].ravel().tolist() == [1, 1]
    assert trace.a[1].ravel().tolist() == [0.5, 1.5]
    assert trace.a[2].item() == pytest.approx(1 / (1 + math.exp(1.25)))


def test_outputs_are_sigmoids_even_with_relu(small):
    """A hidden ReLU may be as bright as it likes, but an output stays between 0 and 1."""
    trace = Network(*small, "relu").trace([[10], [0]])
    assert trace.a[1].ravel().tolist() == [10.5, 19]
    assert trace.z[1].item() == pytest.approx(31.5 - 38 + 0.25)
    assert trace.a[2].item() == pytest.approx(1 / (1 + math.exp(6.25)))


@pytest.mark.parametrize("activation", ["sigmoid", "relu"])
@pytest.mark.parametrize("shape", [(784, 16, 16, 10), (5, 3), (7, 4, 3, 2, 6), (1, 1, 1)])
def test_feedforward_agrees_with_plain_python(shape, activation, rng):
    """The oracle is the same arithmetic in loops. The shapes have nothing to do with digits."""
    network = Network.random(shape, activation, rng)
    network.b = [rng.normal(0, 1, b.shape).astype(np.float32) for b in network.b]
    inputs = rng.random((shape[0], 3))
    outputs = network.feedforward(inputs)
    for column in range(3):
        expected = by_hand(network.W, network.b, activation, inputs[:, column].tolist())
        assert outputs[:, column] == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("activation", ["sigmoid", "relu"])
def test_feedforward_agrees_with_scikit_learn(activation, rng):
    """scikit-learn's multilabel classifier is the same network with its weights transposed."""
    neural = pytest.importorskip("sklearn.neural_network")
    network = Network.random((20, 8, 6, 4), activation, rng)
    network.b = [rng.normal(0, 1, b.shape).astype(np.float32) for b in network.b]
    inputs = rng.random((20, 50))
    oracle = neural.MLPClassifier(
        (8, 6), activation={"sigmoid": "logistic", "relu": "relu"}[activation], max_iter=1
    )
    with pytest.warns(UserWarning, match="iterations"):
        oracle.fit(inputs.T, rng.integers(0, 2, (50, 4)))
    oracle.coefs_ = [W.T.astype(float) for W in network.W]
    oracle.intercepts_ = [b.ravel().astype(float) for b in network.b]
    assert network.feedforward(inputs).T == pytest.approx(oracle.predict_proba(inputs.T), abs=1e-5)


def test_inputs_of_a_batch_do_not_mix(rng):
    """A column gives the same outputs alone as in a batch."""
    network = Network.random((30, 9, 5), "sigmoid", rng)
    inputs = rng.random((30, 4))
    together = network.feedforward(inputs)
    apart = np.hstack([network.feedforward(inputs[:, [n]]) for n in range(4)])
    assert together == pytest.approx(apart, abs=1e-6)


def test_the_videos_network_has_13002_weights_and_biases(rng):
    """There are 784·16 + 16·16 + 16·10 weights and 16 + 16 + 10 biases, at 12:08."""
    network = Network.random((784, 16, 16, 10), "sigmoid", rng)
    assert network.count == 13_002
    assert network.shape == (784, 16, 16, 10)
    assert [W.shape for W in network.W] == [(16, 784), (16, 16), (10, 16)]
    assert [b.shape for b in network.b] == [(16, 1), (16, 1), (10, 1)]
    assert {array.dtype for array in (*network.W, *network.b)} == {np.dtype(np.float32)}


def test_trace_has_every_layer(rng):
    """The input has no weighted sum, so there is one z fewer than a. All are float32."""
    trace = Network.random((784, 16, 16, 10), "sigmoid", rng).trace(np.zeros((784, 1)))
    assert [a.shape for a in trace.a] == [(784, 1), (16, 1), (16, 1), (10, 1)]
    assert [z.shape for z in trace.z] == [(16, 1), (16, 1), (10, 1)]
    assert {array.dtype for array in (*trace.a, *trace.z)} == {np.dtype(np.float32)}


def test_equal_seeds_make_equal_networks():
    one, same, other = (
        Network.random((6, 4, 2), "relu", np.random.default_rng(seed)) for seed in (1, 1, 2)
    )
    assert np.array_equal(one.W[0], same.W[0])
    assert not np.array_equal(one.W[0], other.W[0])


@pytest.mark.parametrize(("activation", "gain"), [("sigmoid", 1), ("relu", 2)])
def test_random_weights_keep_sums_in_range(activation, gain, rng):
    """The squares of a neuron's weights add up to about 1, or 2 for ReLU."""
    network = Network.random((400, 300, 2), activation, rng)
    assert np.square(network.W[0]).sum(axis=1).mean() == pytest.approx(gain, rel=0.05)
    assert not network.b[0].any()


@pytest.mark.parametrize(
    ("W", "b", "activation", "message"),
    [
        ([], [], "sigmoid", "at least 1"),
        ([np.ones((2, 3))], [], "sigmoid", "1 weight matrices and 0 biases"),
        ([np.ones(3)], [np.ones((3, 1))], "sigmoid", r"W\[0\] has shape \(3,\)"),
        ([np.ones((0, 3))], [np.ones((0, 1))], "sigmoid", r"W\[0\] has shape \(0, 3\)"),
        ([np.ones((2, 3))], [np.ones(2)], "sigmoid", r"b\[0\] has shape \(2,\), expected \(2, 1\)"),
        (
            [np.ones((2, 3)), np.ones((1, 3))],
            [np.ones((2, 1)), np.ones((1, 1))],
            "relu",
            r"W\[1\] has 3 columns, expected 2",
        ),
        ([np.ones((2, 3))], [np.ones((2, 1))], "tanh", "expected one of: sigmoid, relu"),
    ],
)
def test_arrays_that_do_not_fit_are_refused(W, b, activation, message):
    """The message names the array and the shape it should have."""
    with pytest.raises(ValueError, match=message):
        Network(W, b, activation)


@pytest.mark.parametrize("shape", [(), (784,), (784, 0, 10)])
def test_a_random_network_needs_two_layers_with_neurons(shape, rng):
    with pytest.raises(ValueError, match="two or more layers"):
        Network.random(shape, "sigmoid", rng)


@pytest.mark.parametrize("a", [np.zeros((3, 1)), np.zeros(2), np.zeros((1, 2)), 0.5])
def test_an_input_of_the_wrong_shape_is_refused(small, a):
    with pytest.raises(ValueError, match="expected columns of 2 numbers"):
        Network(*small).feedforward(a)
