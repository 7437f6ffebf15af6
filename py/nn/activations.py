"""Activation functions, which squish a weighted sum into an activation.

Every function takes a number or an array of any shape, works element by element, and returns floats of the
same shape. float32 stays float32.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

# e^x fits in a float32 up to x = 88.7.
LOWEST = 88


class Activation(NamedTuple):
    """An activation function and its derivative. Both take z."""

    function: Callable
    derivative: Callable

    def __call__(self, z):
        """Apply the function to the sums z."""
        return self.function(z)


def sigmoid(z):
    """Squish any real number into 0..1: σ(z) = 1 / (1 + e^−z), at 10:32.

    Returns z's shape and dtype; integers become float64. The result is exact to rounding for z ≥ −88, and
    6e-39 below that. No float causes a warning, infinities included, and NaN stays NaN.
    """
    # Clipped at −88 because e^88 is the last that fits in a float32. There σ is 6e-39.
    return 1 / (1 + np.exp(-np.maximum(_floating(z), -LOWEST)))


def sigmoid_derivative(z):
    """Compute the slope of the sigmoid: σ'(z) = σ(z)·(1 − σ(z)), in 0..1/4."""
    # The same as e / (1 + e)². The slope is even, and e^−|z| keeps its digits where σ(z) is nearly 1.
    e = np.exp(-np.abs(_floating(z)))
    return e / np.square(1 + e)


def relu(z):
    """Keep positive sums and set the others to 0: max(0, z), at 17:19."""
    return np.maximum(_floating(z), 0)


def relu_derivative(z):
    """Compute the slope of ReLU: 1 where z is positive, else 0. At 0 it is 0 by convention."""
    z = _floating(z)
    return (z > 0).astype(z.dtype)


def _floating(z):
    z = np.asarray(z)
    return z if z.dtype.kind == "f" else z.astype(np.float64)


ACTIVATIONS = {
    "sigmoid": Activation(sigmoid, sigmoid_derivative),
    "relu": Activation(relu, relu_derivative),
}
