"""Pictures of weights: each neuron's on a scale of its own, as the bytes of images."""

import numpy as np

from engine import colormap
from preprocess.normalise import SIZE

# The most neurons of the gallery.
SHOWN = 128


def gallery(network):
    """Return the weights of the first layer after the input as images, one neuron after the other.

    Returns None if the input is no image.
    """
    weights = network.W[0][:SHOWN]
    if weights.shape[1] != SIZE**2:
        return None
    largest = np.abs(weights).max(axis=1, keepdims=True)
    return colormap.signed(weights / np.where(largest > 0, largest, 1), 1)


def direction(slopes):
    """Return which way a neuron's weights will move, as an image: up is blue, down is red.

    slopes: the gradient of the neuron's weights. They move against it.
    """
    return colormap.signed(-slopes, float(np.abs(slopes).max()))
