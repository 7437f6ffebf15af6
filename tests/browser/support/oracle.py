"""What the page should say, worked out once more: the weights as they are shipped, the formulas of the video.

Nothing here is the project's own arithmetic. Activations are columns, one for each input.
"""

from pathlib import Path

import numpy as np
from faults import SITE

from datasets import test_digits

WEIGHTS = Path(__file__).resolve().parents[3] / "weights"
SIGMOID, RELU = "784-16-16-10-sigmoid", "784-16-16-10-relu"

# What is written with two decimals is right if it is not further off than this.
WRITTEN = 0.0052

TESTED = 1000


def shipped(name):
    """Read a network's arrays, float64 by their names in the file: W0, b0, W1 and so on."""
    with np.load(WEIGHTS / f"{name}.npz") as arrays:
        return {key: arrays[key].astype(np.float64) for key in arrays.files if key[0] in "Wb"}


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def feedforward(network, a, relu=False):
    """Give the activations of all layers, input first, and the sums, of which the input has none."""
    activations, sums, last = [a], [None], len(network) // 2 - 1
    for layer in range(last + 1):
        z = network[f"W{layer}"] @ activations[-1] + network[f"b{layer}"]
        activations.append(np.maximum(z, 0) if relu and layer < last else sigmoid(z))
        sums.append(z)
    return activations, sums


def tested_digits():
    """Give the first test digits in the order of the page: what the network sees, and their labels."""
    found = test_digits.unpack((SITE / "digits/mnist-test.bin").read_bytes())
    return np.float64(found.inputs(TESTED)), found.labels[:TESTED]
