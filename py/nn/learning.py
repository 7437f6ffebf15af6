"""Learning: finding the weights and biases that solve the task (at 13:31 and 15:47).

A batch is m inputs side by side: x has shape (inputs, m), and y has shape (outputs, m) and holds the wanted
outputs, each 0 or 1. A cost is the mean over the batch.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from nn.activations import ACTIVATIONS, sigmoid
from nn.products import product


class Cost(NamedTuple):
    """A measure of how wrong the outputs a = σ(z) are.

    ``value(z, y)`` is the cost, a float. ``slope(a, y)`` is its derivative by z for each input of the batch;
    it has z's shape and is not yet divided by m.
    """

    value: Callable
    slope: Callable


class Gradient(NamedTuple):
    """The derivative of a cost by every weight and bias, as lists of arrays shaped like W and b."""

    W: list
    b: list


def targets(labels, count):
    """Turn labels into wanted outputs: float32 (count, m), with a single 1 in each column.

    labels: m integers in 0..count − 1. Raises ValueError for anything else.
    """
    labels = np.asarray(labels)
    if labels.ndim != 1 or labels.dtype.kind not in "iu":
        raise ValueError(f"labels have shape {labels.shape} of {labels.dtype}, expected m integers")
    if labels.size and not (0 <= labels.min() and labels.max() < count):
        raise ValueError(
            f"labels run from {labels.min()} to {labels.max()}, expected 0 to {count - 1}"
        )
    return (np.arange(count)[:, None] == labels).astype(np.float32)


def _cross_entropy(z, y):
    # −y ln σ(z) − (1 − y) ln(1 − σ(z)), written so that it never takes the logarithm of 0.
    return float((np.logaddexp(0, z) - y * z).sum() / z.shape[1])


def _cross_entropy_slope(a, y):
    return a - y


def _quadratic(z, y):
    return float(np.square(sigmoid(z) - y).sum() / z.shape[1])


def _quadratic_slope(a, y):
    return 2 * (a - y) * a * (1 - a)


# Binary cross-entropy of each output separately (Nielsen, "Neural Networks and Deep Learning", eq. 63).
# It learns faster than the quadratic cost, because its slope does not vanish where an output is very wrong.
cross_entropy = Cost(_cross_entropy, _cross_entropy_slope)

# The squares of the differences, added up, as in the series' second chapter. Many books take half of that.
quadratic = Cost(_quadratic, _quadratic_slope)

COSTS = {"cross-entropy": cross_entropy, "quadratic": quadratic}


def backpropagate(network, x, y, cost=cross_entropy):
    """Compute the cost of a batch, a float, and its Gradient (Nielsen, eqs. BP1 to BP4).

    x: (inputs, m); y: (outputs, m). Raises ValueError if a shape does not fit the network, or if m is 0.
    """
    trace = network.trace(x)
    z, m = trace.z[-1], trace.a[0].shape[1]
    y = np.asarray(y, np.float32)
    if y.shape != z.shape:
        raise ValueError(f"y has shape {y.shape}, expected the outputs' shape, {z.shape}")
    if not m:
        raise ValueError("the batch is empty")
    gradient = Gradient([None] * len(network.W), [None] * len(network.b))
    hidden = ACTIVATIONS[network.activation]
    delta = cost.slope(trace.a[-1], y) / np.float32(m)
    for layer in reversed(range(len(network.W))):
        gradient.W[layer] = product(delta, trace.a[layer].T)
        gradient.b[layer] = delta.sum(axis=1, keepdims=True)
        if layer:
            slope = hidden.derivative(trace.z[layer - 1])
            delta = product(network.W[layer].T, delta) * slope
    return cost.value(z, y), gradient
