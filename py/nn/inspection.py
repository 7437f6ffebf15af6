"""Looking inside: where a neuron's number comes from.

Public: ``terms``, ``Terms`` and ``favourite``.
"""

from typing import NamedTuple

import numpy as np

from nn.activations import ACTIVATIONS


class Terms(NamedTuple):
    """A weighted sum taken apart: ``z`` is the sum of ``products``, ``rest`` and ``bias``.

    ``sources`` are the neurons of the layer before whose products are largest by size, largest first;
    ``weights``, ``activations`` and ``products`` are theirs, float32 (count,). ``rest`` is the sum of
    the others' products, of which there are ``others``.
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
    """Take the weighted sum of one neuron apart into its largest terms (at 8:58).

    layer: 1 for the first hidden layer; trace: of one input. Returns Terms; products of 0 are never
    among the largest.
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
        # By difference, so that what is shown adds up to the z that was computed.
        z - bias - float(chosen.sum(dtype=np.float64)),
        len(products) - len(order),
        bias,
        z,
    )


def favourite(network, layer, index, size, rng, steps=120):
    """Find an input that a neuron responds to strongly, by gradient ascent on its weighted sum.

    Starts from faint noise and keeps every activation within 0..1; blurs a little on the way, as ink
    is smooth. size: (rows, columns) of the input as a picture. Returns float32 (rows·columns, 1). It is
    one of many such inputs, and rarely looks like a digit.
    """
    a = rng.random((network.shape[0], 1), np.float32) * 0.1
    for step in range(steps):
        slope = _slope(network, network.trace(a), layer, index)
        a += 0.5 * (1 - step / steps) * slope / (np.abs(slope).max() + 1e-12)
        a = np.clip(_blur(a.reshape(size)), 0, 1).reshape(-1, 1).astype(np.float32)
    return a


def _slope(network, trace, layer, index):
    """Give the derivative of a neuron's weighted sum by every input: (inputs, 1), the chain rule."""
    derivative = ACTIVATIONS[network.activation].derivative
    slope = network.W[layer - 1][index][:, None]
    for before in range(layer - 2, -1, -1):
        slope = network.W[before].T @ (slope * derivative(trace.z[before]))
    return slope


def _blur(picture, share=0.08):
    """Mix every pixel with its four neighbours."""
    padded = np.pad(picture, 1, mode="edge")
    around = padded[:-2, 1:-1] + padded[2:, 1:-1] + padded[1:-1, :-2] + padded[1:-1, 2:]
    return (1 - share) * picture + share * around / 4
