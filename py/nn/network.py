"""The network: layers of neurons, and the weights and biases that connect them."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from nn.activations import ACTIVATIONS, sigmoid
from nn.products import product


class Trace(NamedTuple):
    """All numbers of one forward pass.

    ``a[0]`` is the input and ``a[-1]`` the output. ``z[l]`` is the weighted sum that becomes ``a[l + 1]``, so
    there is one z fewer. All are float32 of shape (neurons of the layer, m), a column for each of m inputs.
    """

    a: list
    z: list


class Network:
    """A function from input activations to output activations, made of weights and biases.

    ``W[l]`` has a row for each neuron of the next layer and a column for each neuron of the previous layer
    (at 13:40). ``b[l]`` is a column vector. Both are lists of float32 arrays. ``activation`` names the
    activation function of the hidden layers. Outputs are always sigmoids: each says on its own, between 0
    and 1, how strongly the network believes in it.
    """

    def __init__(self, W, b, activation="sigmoid"):
        """Make a network from the weights and biases of every layer after the input.

        W: a sequence of (n, k) arrays, where k is the previous array's n. b: as many (n, 1) arrays. All are
        converted to float32, and copied only if that changes them. Raises ValueError if there is no layer, if
        shapes do not match, or if the activation is unknown.
        """
        if activation not in ACTIVATIONS:
            known = ", ".join(ACTIVATIONS)
            raise ValueError(f"activation is {activation!r}, expected one of: {known}")
        self.W = [np.asarray(weights, np.float32) for weights in W]
        self.b = [np.asarray(biases, np.float32) for biases in b]
        self.activation = activation
        _check_shapes(self.W, self.b)

    @classmethod
    def random(cls, shape, activation, rng):
        """Make an untrained network, with random weights and biases of 0.

        shape: the number of neurons in each layer, input first, such as (784, 16, 16, 10). rng: a NumPy
        Generator. The weights of a neuron with k inputs are normal with σ = 1/√k for sigmoid and √(2/k) for
        ReLU (He et al. 2015). That keeps sums near 1, where both functions have a slope. Raises ValueError
        for fewer than two layers and for a layer without neurons.
        """
        shape = tuple(shape)
        if len(shape) < 2 or min(shape) < 1:
            raise ValueError(f"shape is {shape}, expected two or more layers with neurons")
        gain = 2 if activation == "relu" else 1
        W = [rng.normal(0, (gain / k) ** 0.5, (n, k)) for k, n in pairwise(shape)]
        b = [np.zeros((n, 1)) for n in shape[1:]]
        return cls(W, b, activation)

    @property
    def shape(self):
        """The number of neurons in each layer, input first: (784, 16, 16, 10) in the video."""
        return (self.W[0].shape[1], *(len(weights) for weights in self.W))

    @property
    def count(self):
        """The number of weights and biases, the "dials and knobs": 13,002 in the video (at 12:08)."""
        return sum(array.size for array in (*self.W, *self.b))

    def feedforward(self, a):
        """Compute the outputs for inputs a: the whole network is a function (at 15:39).

        a: (inputs, m), a column for each of m inputs. Returns float32 (outputs, m), in 0..1.
        Raises ValueError if a is not made of columns with one number for each input neuron.
        """
        return self.trace(a).a[-1]

    def trace(self, a):
        """Compute every activation and weighted sum on the way to the outputs: a' = σ(W a + b), at 14:43.

        Returns a Trace. The argument and errors are those of feedforward.
        """
        a = np.asarray(a, np.float32)
        if a.ndim != 2 or len(a) != self.W[0].shape[1]:
            raise ValueError(
                f"input has shape {a.shape}, expected columns of {self.shape[0]} numbers"
            )
        hidden = ACTIVATIONS[self.activation].function
        trace = Trace([a], [])
        for W, b in zip(self.W, self.b, strict=True):
            squish = sigmoid if len(trace.z) == len(self.W) - 1 else hidden
            z = product(W, a) + b
            a = squish(z)
            trace.z.append(z)
            trace.a.append(a)
        return trace


def _check_shapes(W, b):
    if not W or len(W) != len(b):
        raise ValueError(
            f"{len(W)} weight matrices and {len(b)} biases, expected equal numbers, at least 1"
        )
    before = None
    for layer, (weights, biases) in enumerate(zip(W, b, strict=True)):
        if weights.ndim != 2 or 0 in weights.shape:
            raise ValueError(f"W[{layer}] has shape {weights.shape}, expected rows and columns")
        if before is not None and weights.shape[1] != before:
            raise ValueError(
                f"W[{layer}] has {weights.shape[1]} columns, "
                f"expected {before}: one for each row of W[{layer - 1}]"
            )
        before = len(weights)
        if biases.shape != (before, 1):
            raise ValueError(f"b[{layer}] has shape {biases.shape}, expected ({before}, 1)")
