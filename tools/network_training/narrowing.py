"""Narrow a network while it is trained: remove the hidden neurons that matter least.

A network that begins wide, loses neurons step by step and is trained between the steps ends better than one
that has the final shape from the start (``weights/EXPERIMENTS.md``). What removing a neuron would do to the
cost is estimated by the first term of its Taylor series (Molchanov et al. 2017, "Pruning Convolutional Neural
Networks for Resource Efficient Inference").
"""

import numpy as np

from nn.activations import ACTIVATIONS
from nn.network import Network


def narrow(network, optimiser, x, y, widths):
    """Remove neurons until the hidden layers have these widths: the new network.

    optimiser: what trains the network; it goes on with the new one, and remembers what it knew of the weights
    that stay. x: (inputs, m) and y: (outputs, m), a batch to judge the neurons by. widths: the neurons to
    keep in each hidden layer. What a removed neuron did on average, the biases after it do from now on.
    """
    trace = network.trace(x)
    kept = [np.arange(network.shape[0])]
    kept += [
        np.sort(np.argsort(-values, kind="stable")[:width])
        for values, width in zip(importance(network, trace, y), widths, strict=True)
    ]
    kept.append(np.arange(network.shape[-1]))
    b = [biases.copy() for biases in network.b]
    for layer in range(1, len(network.W)):
        mean = trace.a[layer].mean(axis=1, keepdims=True)
        mean[kept[layer]] = 0
        b[layer] += network.W[layer] @ mean
    cut = _cutter(kept)
    smaller = Network(*cut([*network.W, *b]), network.activation)
    memory = [
        np.concatenate([*W, *b], axis=None)
        for W, b in (cut(_arrays(row, network)) for row in optimiser.memory)
    ]
    optimiser.network = smaller
    optimiser.memory = np.array(memory, np.float32).reshape(len(memory), smaller.count)
    return smaller


def importance(network, trace, y):
    """Estimate how much each hidden neuron matters: an array for each hidden layer.

    This is the mean square, over a batch, of (a − mean of a) · ∂cost/∂a.
    """
    slope = ACTIVATIONS[network.activation].derivative
    delta, found = trace.a[-1] - y, []
    for layer in range(len(network.W) - 1, 0, -1):
        by_a = network.W[layer].T @ delta
        a = trace.a[layer]
        found.append(np.square((a - a.mean(axis=1, keepdims=True)) * by_a).mean(axis=1))
        delta = by_a * slope(trace.z[layer - 1])
    return found[::-1]


def _cutter(kept):
    """Return a function that keeps these neurons of each layer in a list of weights and then biases."""

    def cut(arrays):
        layers = len(kept) - 1
        W = [
            np.ascontiguousarray(W[after][:, before])
            for W, before, after in zip(arrays[:layers], kept, kept[1:], strict=False)
        ]
        return W, [b[after] for b, after in zip(arrays[layers:], kept[1:], strict=True)]

    return cut


def _arrays(numbers, network):
    """Split a row of an optimiser's memory into arrays shaped like a network's weights and then biases."""
    arrays = [*network.W, *network.b]
    ends = np.cumsum([array.size for array in arrays])
    parts = np.split(numbers, ends[:-1])
    return [part.reshape(array.shape) for part, array in zip(parts, arrays, strict=True)]
