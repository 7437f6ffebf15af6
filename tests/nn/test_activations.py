"""Activation functions: hand-worked values, extremes, and slopes against finite differences."""

import math
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn.activations import ACTIVATIONS, relu, relu_derivative, sigmoid, sigmoid_derivative


def test_sigmoid_gives_hand_worked_values():
    """σ(0) is a half, σ(ln 3) three quarters, and σ(−z) the rest to one."""
    z = np.array([0.0, math.log(3), -math.log(3), 2.0])
    assert sigmoid(z) == pytest.approx([0.5, 0.75, 0.25, 0.8807970779778823])


def test_sigmoid_is_calm_at_extremes():
    """No sum is too large: the ends are within the smallest float32 of exact, and nothing warns."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ends = sigmoid(np.array([-np.inf, -1e308, -800.0, 800.0, 1e308, np.inf]))
    assert ends == pytest.approx([0, 0, 0, 1, 1, 1], rel=0, abs=1e-38)


def test_sigmoid_keeps_small_values():
    """Far to the left it is e^z, where a careless formula would give 0; beyond float32, next to 0."""
    assert sigmoid(np.float64(-80)) == pytest.approx(math.exp(-80), rel=1e-12, abs=0)
    assert 0 <= sigmoid(np.float64(-700)) < 1e-38


@given(st.floats(allow_nan=False))
def test_sigmoid_stays_between_0_and_1(z):
    """Whatever the sum is, the activation is between 0 and 1, and mirrored about a half."""
    a = float(sigmoid(z))
    assert 0 <= a <= 1
    assert a + float(sigmoid(-z)) == pytest.approx(1)


def test_relu_gives_hand_worked_values():
    """max(0, a), at 17:19."""
    assert relu(np.array([-2.0, -0.0, 0.0, 3.5, np.inf])).tolist() == [0, 0, 0, 3.5, np.inf]
    assert relu_derivative(np.array([-2.0, 0.0, 3.5])).tolist() == [0, 0, 1]


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_derivative_is_slope_of_function(name):
    """A finite difference is the oracle, away from ReLU's corner."""
    activation = ACTIVATIONS[name]
    z = np.array([-6.0, -2.0, -0.3, 0.4, 1.0, 5.0])
    rise = activation(z + 1e-6) - activation(z - 1e-6)
    assert activation.derivative(z) == pytest.approx(rise / 2e-6, rel=1e-6, abs=1e-9)


def test_sigmoid_derivative_keeps_digits_on_both_sides():
    """Where σ(z) rounds to 1 the slope is still e^−z, as it is on the other side."""
    assert sigmoid_derivative(np.array([-40.0, 40.0])) == pytest.approx(
        math.exp(-40), rel=1e-9, abs=0
    )


@pytest.mark.parametrize("function", [sigmoid, sigmoid_derivative, relu, relu_derivative])
def test_float32_stays_float32(function):
    """Half the memory is asked for by the caller's dtype; integers become float64."""
    assert function(np.ones((2, 3), np.float32)).dtype == np.float32
    assert function(np.ones((2, 3), np.float32)).shape == (2, 3)
    assert function(np.array([1, 2])).dtype == np.float64
