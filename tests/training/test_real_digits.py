"""Test that networks learn real digits, with every optimiser and activation."""

import numpy as np
import prepared_digits
import pytest

from datasets.training_digits import LEVELS
from nn import batches, scoring
from nn.learning import targets
from nn.network import Network
from nn.optimisers import OPTIMISERS


@pytest.mark.parametrize(
    ("activation", "name", "rate"),
    [
        ("relu", "adam", 0.003),
        ("relu", "momentum", 0.02),
        ("relu", "descent", 0.1),
        ("sigmoid", "adam", 0.01),
        ("sigmoid", "momentum", 0.1),
        ("sigmoid", "descent", 2),
    ],
)
def test_a_network_learns_real_digits(activation, name, rate):
    """In ten passes over 3,000 training images, it learns to read 87 % of the first test images."""
    images, labels = prepared_digits.training(3_000)
    tests, wanted = prepared_digits.testing(1_000)
    rng = np.random.default_rng(1)
    network = Network.random((784, 16, 16, 10), activation, rng)
    optimiser = OPTIMISERS[name](network)
    for _ in range(10):
        for chosen in np.array_split(rng.permutation(len(images)), 47):
            y = targets(labels[chosen], 10)
            _, gradient = batches.backpropagate(network, images[chosen], y, LEVELS)
            optimiser.step(gradient, rate)
    chosen = scoring.choices(batches.feedforward(network, tests, LEVELS))
    assert scoring.accuracy(chosen, wanted) >= 0.87
