"""Test activation functions at known values and extremes, and slopes against finite differences."""

import math
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn.activations import ACTIVATIONS, relu, relu_derivative, sigmoid, sigmoid_derivative


def test_sigmoid_matches_values_worked_by_hand():
    """σ(0) is 1/2, σ(ln 3) is 3/4, and σ(−z) is 1 − σ(z)."""
    z = np.array([0.0, math.log(3), -math.log(3), 2.0])
    assert sigmoid(z) == pytest.approx([0.5, 0.75, 0.25, 0.8807970779778823])


def test_sigmoid_accepts_the_largest_sums_without_a_warning():
    """The results are exact to within the smallest float32."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ends = sigmoid(np.array([-np.inf, -1e308, -800.0, 800.0, 1e308, np.inf]))
    assert ends == pytest.approx([0, 0, 0, 1, 1, 1], rel=0, abs=1e-38)


def test_sigmoid_keeps_small_values():
    """For very negative z it is e^z, where a careless formula would give 0. Below float32 it is nearly 0."""
    assert sigmoid(np.float64(-80)) == pytest.approx(math.exp(-80), rel=1e-12, abs=0)
    assert 0 <= sigmoid(np.float64(-700)) < 1e-38


@given(st.floats(allow_nan=False))
def test_sigmoid_stays_between_0_and_1(z):
    """It is also symmetric: σ(z) + σ(−z) = 1."""
    a = float(sigmoid(z))
    assert 0 <= a <= 1
    assert a + float(sigmoid(-z)) == pytest.approx(1)


def test_relu_matches_values_worked_by_hand():
    """ReLU is max(0, a), at 17:19."""
    assert relu(np.array([-2.0, -0.0, 0.0, 3.5, np.inf])).tolist() == [0, 0, 0, 3.5, np.inf]
    assert relu_derivative(np.array([-2.0, 0.0, 3.5])).tolist() == [0, 0, 1]


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_each_derivative_is_the_slope_of_its_function(name):
    """A finite difference is the oracle, away from ReLU's corner."""
    activation = ACTIVATIONS[name]
    z = np.array([-6.0, -2.0, -0.3, 0.4, 1.0, 5.0])
    rise = activation(z + 1e-6) - activation(z - 1e-6)
    assert activation.derivative(z) == pytest.approx(rise / 2e-6, rel=1e-6, abs=1e-9)


def test_sigmoid_derivative_keeps_its_digits_on_both_sides():
    """The slope is e^−z even where σ(z) rounds to 1."""
    assert sigmoid_derivative(np.array([-40.0, 40.0])) == pytest.approx(
        math.exp(-40), rel=1e-9, abs=0
    )


@pytest.mark.parametrize("function", [sigmoid, sigmoid_derivative, relu, relu_derivative])
def test_float32_stays_float32_and_integers_become_float64(function):
    assert function(np.ones((2, 3), np.float32)).dtype == np.float32
    assert function(np.ones((2, 3), np.float32)).shape == (2, 3)
    assert function(np.array([1, 2])).dtype == np.float64
