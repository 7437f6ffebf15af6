"""Choose among the networks of a training run, and calibrate the one that is chosen."""

import sys

import numpy as np

from network_training import model_cards
from network_training.dataset import joined
from nn.network import Network

# The temperatures T to choose from. Outputs become σ(z / T).
TEMPERATURES = np.arange(0.5, 2.01, 0.05)


def choose(networks, recipe, digits):
    """Choose the best network of a training run by validation: the network, its seed and its score.

    digits: the datasets to validate with, by file, MNIST's under "mnist".

    A network with idle neurons is chosen only if all have some. Its last layer is then divided by the
    temperature that makes its brightest output most nearly a probability.
    """
    ranked = []
    for network, seed in zip(networks, recipe.seeds, strict=True):
        good, wasted = score(network, digits), model_cards.idle(network, digits["mnist"])
        print(f"{recipe.name}, seed {seed}: validation {good:.4f}, {wasted} idle", file=sys.stderr)
        ranked.append((-wasted, good, seed, network))
    _, good, seed, network = max(ranked, key=lambda entry: entry[:3])
    return calibrate(network, digits), seed, good


def score(network, digits):
    """Compute the mean of MNIST's accuracy and the balanced accuracy on the digits of all pens together."""
    reached = [model_cards.measure(network, dataset) for dataset in together(digits)]
    return float(np.mean([reached[0]["accuracy"], *(r["balanced_accuracy"] for r in reached[1:])]))


def together(digits):
    """Return MNIST's dataset and, if there are any pens, one of all their digits. One file may have few."""
    pens = [dataset for file, dataset in digits.items() if file != "mnist"]
    return [digits["mnist"], *([joined(pens)] if pens else [])]


def calibrate(network, digits):
    """Divide the last layer by the temperature with the smallest calibration error."""

    def error(candidate):
        return sum(
            model_cards.calibration_error(
                candidate.feedforward(model_cards.columns(dataset)), dataset.labels
            )
            for dataset in together(digits)
        )

    candidates = [with_temperature(network, temperature) for temperature in TEMPERATURES]
    return min(candidates, key=error)


def with_temperature(network, temperature):
    """Make a network whose outputs are σ(z / temperature)."""
    last = np.float32(temperature)
    W = [*network.W[:-1], network.W[-1] / last]
    return Network(W, [*network.b[:-1], network.b[-1] / last], network.activation)
