"""The weights that a run begins with, and copies of weights."""

import math

import numpy as np

from nn.network import Network
from training import randomness

# The mean square of an image's pixels. ``Network.random`` expects inputs with a mean square of 1.
INK = 0.1

# A sigmoid's slope is at most 1/4. Twice the usual weights keep the gradient from fading on its way back.
BEHIND_SIGMOID = 2

# The share of the digits that an output stands for. It begins with the bias that gives about this activation.
SHARE = 0.1


def random(settings):
    """Make an untrained network for images, always the same for the same seed, shape and activation.

    With the plain weights and biases of ``Network.random`` it would learn at half the speed, and several
    ReLUs would die in the first steps.
    """
    rng = randomness.generator(settings.seed, randomness.WEIGHTS)
    network = Network.random(settings.shape, settings.activation, rng)
    network.W[0] *= np.float32(math.sqrt(1 / INK))
    if settings.activation == "sigmoid":
        for weights in network.W[1:]:
            weights *= BEHIND_SIGMOID
    network.b[-1] += np.float32(math.log(SHARE / (1 - SHARE)))
    return network


def copy(network):
    """Copy a network, so that a change of one does not change the other."""
    W, b = ([array.copy() for array in arrays] for arrays in (network.W, network.b))
    return Network(W, b, network.activation)


def flat(network):
    """Return all weights and biases in a row: float32 (network.count,)."""
    return np.concatenate([*network.W, *network.b], axis=None)


def fill(network, numbers):
    """Set all weights and biases to numbers in the order of ``flat``."""
    start = 0
    for array in (*network.W, *network.b):
        array[:] = numbers[start : start + array.size].reshape(array.shape)
        start += array.size


def finite(network):
    """Tell whether no weight or bias is infinite or NaN."""
    return all(np.isfinite(array).all() for array in (*network.W, *network.b))
