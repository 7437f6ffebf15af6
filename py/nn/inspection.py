"""Look inside a network: what makes up a weighted sum, and which input a neuron prefers."""

from typing import NamedTuple

import numpy as np

from nn.activations import ACTIVATIONS


class Terms(NamedTuple):
    """A weighted sum split into its terms: ``z`` is the sum of ``products``, ``rest`` and ``bias``.

    ``sources`` are the neurons of the previous layer with the largest products by absolute value, largest
    first. ``weights``, ``activations`` and ``products`` are theirs, float32 (count,). ``rest`` is the sum of
    the other products, and ``others`` their number.
    """

    sources: np.ndarray
    weights: np.ndarray
    activations: np.ndarray
    products: np.ndarray
    rest: float
    others: int
    bias: float
    z: float


def terms(network, trace, layer, index, count):
    """Split the weighted sum of one neuron into its largest terms (at 8:58): Terms.

    layer: 1 for the first hidden layer; trace: that of a single input; count: the number of terms wanted.
    Products of 0 are never among the largest.
    """
    weights, before = network.W[layer - 1][index], trace.a[layer - 1][:, 0]
    products = weights * before
    order = np.argsort(-np.abs(products), kind="stable")[:count]
    order = order[products[order] != 0]
    z = float(trace.z[layer - 1][index, 0])
    bias = float(network.b[layer - 1][index, 0])
    chosen = products[order]
    return Terms(
        order,
        weights[order],
        before[order],
        chosen,
        # Computed as a difference, so that the parts add up to the z of the forward pass.
        z - bias - float(chosen.sum(dtype=np.float64)),
        len(products) - len(order),
        bias,
        z,
    )


def favourite(network, layer, index, size, rng, steps=120):
    """Find an input that a neuron responds to strongly, by gradient ascent on its weighted sum.

    The search starts from faint noise and keeps every activation in 0..1. It blurs slightly at each step,
    because ink is smooth. size: (rows, columns) of the input as an image. Returns float32 (rows·columns, 1).
    Many inputs would do as well, and the result rarely looks like a digit.
    """
    a = rng.random((network.shape[0], 1), np.float32) * 0.1
    for step in range(steps):
        slope = _slope(network, network.trace(a), layer, index)
        a += 0.5 * (1 - step / steps) * slope / (np.abs(slope).max() + 1e-12)
        a = np.clip(_blur(a.reshape(size)), 0, 1).reshape(-1, 1).astype(np.float32)
    return a


def _slope(network, trace, layer, index):
    """Compute the derivative of a neuron's weighted sum by every input, by the chain rule: (inputs, 1)."""
    derivative = ACTIVATIONS[network.activation].derivative
    slope = network.W[layer - 1][index][:, None]
    for before in range(layer - 2, -1, -1):
        slope = network.W[before].T @ (slope * derivative(trace.z[before]))
    return slope


def _blur(image, share=0.08):
    """Mix every pixel with its four neighbours."""
    padded = np.pad(image, 1, mode="edge")
    around = padded[:-2, 1:-1] + padded[2:, 1:-1] + padded[1:-1, :-2] + padded[1:-1, 2:]
    return (1 - share) * image + share * around / 4
