"""Test which neurons are dead or saturated, in layers made by hand with known activations."""

import numpy as np
import pytest

from nn.diagnostics import diagnose
from nn.network import Network


def logit(a):
    return float(np.log(a / (1 - a)))


def layer(activations, onward=1):
    """Make a sigmoid network with one input. Neuron i gives activations[i][0] for 0 and [1] for 1."""
    off, on = (np.array([[logit(a)] for a in column]) for column in zip(*activations, strict=True))
    return Network([on - off, np.ones((onward, len(off)))], [off, np.zeros((onward, 1))])


def inputs(ones, of):
    return np.float32([[1] * ones + [0] * (of - ones)])


def test_a_sigmoid_is_dead_if_it_never_rises():
    network = layer([(0.01, 0.049), (0.01, 0.051), (0.01, 0.99), (0.5, 0.5), (0.99, 0.96)])
    [dead], _ = diagnose(network, inputs(1, 1000))
    assert dead.tolist() == [True, False, False, False, False]


def test_a_sigmoid_is_saturated_if_it_is_nearly_always_close_to_0_or_1():
    """The last neuron is close to 0 half of the time and close to 1 otherwise. The first is dead instead."""
    network = layer([(0.01, 0.01), (0.96, 0.96), (0.94, 0.94), (0.06, 0.06), (0.01, 0.99)])
    [dead], [saturated] = diagnose(network, inputs(50, 100))
    assert dead.tolist() == [True, False, False, False, False]
    assert saturated.tolist() == [False, True, False, False, True]


@pytest.mark.parametrize(("ones", "expected"), [(5, True), (6, False)])
def test_a_saturated_sigmoid_may_be_in_between_for_five_inputs_in_a_hundred(ones, expected):
    _, [saturated] = diagnose(layer([(0.99, 0.5)]), inputs(ones, 100))
    assert saturated.tolist() == [expected]


def test_a_relu_is_dead_only_if_always_0_and_never_saturated():
    network = Network([[[-1], [1e-6], [1]], [[1, 1, 1]]], [[[0], [0], [-1]], [[0]]], "relu")
    [dead], [saturated] = diagnose(network, inputs(50, 100))
    assert dead.tolist() == [True, False, True]
    assert saturated.tolist() == [False, False, False]


def test_hidden_layers_are_diagnosed_and_the_output_layer_is_not():
    W = [np.zeros((n, k)) for k, n in ((3, 4), (4, 2), (2, 5))]
    b = [np.full((4, 1), -9), np.full((2, 1), 9), np.full((5, 1), -9)]
    dead, saturated = diagnose(Network(W, b), np.ones((3, 2)))
    assert [d.tolist() for d in dead] == [[True] * 4, [False] * 2]
    assert [s.tolist() for s in saturated] == [[False] * 4, [True] * 2]
    assert diagnose(Network(W[:1], b[:1]), np.ones((3, 2))) == ((), ())


def test_a_diagnosis_needs_inputs_of_the_right_shape():
    """Without inputs, every neuron would count as dead."""
    with pytest.raises(ValueError, match="no inputs, expected at least one"):
        diagnose(layer([(0.5, 0.5)]), np.ones((1, 0)))
    with pytest.raises(ValueError, match="expected columns of 1 numbers"):
        diagnose(layer([(0.5, 0.5)]), np.ones((2, 3)))
