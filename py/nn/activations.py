"""Activation functions: what squishes a weighted sum into an activation.

Public: ``sigmoid``, ``relu``, their derivatives, and ``ACTIVATIONS``, the two by name.

Every function takes an array (or a number) of any shape, works element by element, and gives
floating-point numbers of the same shape: float32 stays float32.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

# The largest x of which e^x is a float32 is 88.7.
LOWEST = 88


class Activation(NamedTuple):
    """One activation function and its derivative, both of z."""

    function: Callable
    derivative: Callable

    def __call__(self, z):
        """Give the activations of the sums z."""
        return self.function(z)


def sigmoid(z):
    """Squish any real number into 0..1: σ(z) = 1 / (1 + e^−z), at 10:32.

    Shape and dtype of z (integers become float64). Exact to rounding for every z from −88 up, 6e-39
    below, and without a warning for any float, infinities included; NaN stays NaN.
    """
    # Not further down than where e^−z is still a float32: σ is 6e-39 there.
    return 1 / (1 + np.exp(-np.maximum(_floating(z), -LOWEST)))


def sigmoid_derivative(z):
    """Give the slope of sigmoid at z: σ'(z) = σ(z)·(1 − σ(z)), in 0..1/4."""
    a = sigmoid(z)
    # 1 − σ(z) is σ(−z); the second form does not lose its digits where σ(z) is nearly 1.
    return a * sigmoid(-_floating(z))


def relu(z):
    """Keep what is positive, be silent otherwise: max(0, z), at 17:19."""
    return np.maximum(_floating(z), 0)


def relu_derivative(z):
    """Give the slope of relu at z: 1 where z is positive, else 0 (at 0 as well, by convention)."""
    z = _floating(z)
    return (z > 0).astype(z.dtype)


def _floating(z):
    z = np.asarray(z)
    return z if z.dtype.kind == "f" else z.astype(np.float64)


ACTIVATIONS = {
    "sigmoid": Activation(sigmoid, sigmoid_derivative),
    "relu": Activation(relu, relu_derivative),
}
