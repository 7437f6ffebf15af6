"""Choose among the networks of a training run, and calibrate the one that is chosen."""

import sys
from typing import NamedTuple

import numpy as np

from network_training import model_cards
from network_training.dataset import Dataset, joined
from nn import scoring
from nn.network import Network

# The temperatures T to choose from. Outputs become σ((z − c) / T).
TEMPERATURES = np.arange(0.5, 2.01, 0.05)

# How much it counts that what is no digit gets no answer, beside digits that are right. Digits come first: a
# point of digits for twelve of the others.
OTHERS = 0.08

# A file with fewer digits says little about their share.
LARGE = 500


class Validation(NamedTuple):
    """The datasets to choose with.

    ``digits`` are by file, MNIST's under "mnist". ``varied`` are distorted drawings of the pens' digits, and
    many more, or None. ``others`` lists sets of what is no digit.
    """

    digits: dict
    varied: Dataset | None = None
    others: tuple = ()


def choose(networks, recipe, validation):
    """Choose the best network of a training run by validation: the network and its seed.

    A network with idle neurons is chosen only if all have some. All are calibrated first.
    """
    ranked = []
    for network, seed in zip(networks, recipe.seeds, strict=True):
        calibrated = calibrate(network, validation.digits, recipe.unsure)
        good = score(calibrated, validation)
        wasted = model_cards.idle(network, validation.digits["mnist"])
        print(f"{recipe.name}, seed {seed}: validation {good:.4f}, {wasted} idle", file=sys.stderr)
        ranked.append((-wasted, good, seed, calibrated))
    _, _, seed, network = max(ranked, key=lambda entry: entry[:3])
    return network, seed


def score(network, validation):
    """Compute how good a network is: its accuracy, and OTHERS times the mean share of unsure others."""
    good = accuracy(network, validation)
    if validation.others:
        refused = [model_cards.unsure(network, dataset) for dataset in validation.others]
        good += OTHERS * float(np.mean(refused))
    return good


def accuracy(network, validation):
    """Compute the mean accuracy on MNIST's digits, the pens' and the varied ones.

    The pens' accuracy is balanced over the ten digits, and that of all their digits together.
    """
    mnist, *pens = together(validation.digits)
    pens += [validation.varied] if validation.varied else []
    reached = [model_cards.measure(network, mnist)["accuracy"]]
    reached += [model_cards.measure(network, dataset)["balanced_accuracy"] for dataset in pens]
    return float(np.mean(reached))


def together(digits):
    """Return MNIST's dataset and, if there are any pens, one of all their digits. One file may have few."""
    pens = [dataset for file, dataset in digits.items() if file != "mnist"]
    return [digits["mnist"], *([joined(pens)] if pens else [])]


def calibrate(network, digits, unsure=None):
    """Divide the last layer by the temperature with the smallest calibration error.

    unsure: the share of digits that shall get no answer, as the mean over the large files. For that, the
    biases of all outputs are lowered or raised equally. With None they stay as they are.
    """

    def error(candidate):
        return sum(
            model_cards.calibration_error(
                candidate.feedforward(model_cards.columns(dataset)), dataset.labels
            )
            for dataset in together(digits)
        )

    candidates = [with_temperature(network, temperature) for temperature in TEMPERATURES]
    if unsure is not None:
        candidates = [shifted(candidate, digits, unsure) for candidate in candidates]
    return min(candidates, key=error)


def with_temperature(network, temperature):
    """Make a network whose outputs are σ(z / temperature)."""
    last = np.float32(temperature)
    W = [*network.W[:-1], network.W[-1] / last]
    return Network(W, [*network.b[:-1], network.b[-1] / last], network.activation)


def shifted(network, digits, unsure):
    """Lower or raise the biases of all outputs equally, so that this share of digits gets no answer.

    Digits whose two brightest outputs are too close come on top of that; there are few.
    """
    large = [dataset for dataset in digits.values() if len(dataset.rows) >= LARGE]
    margins = [np.sort(margin(network, dataset)) for dataset in large or digits.values()]
    limits = np.sort(np.concatenate(margins))
    shares = np.mean([np.searchsorted(z, limits) / len(z) for z in margins], axis=0)
    limit = limits[np.searchsorted(shares, unsure)]
    b = [*network.b[:-1], network.b[-1] - np.float32(limit)]
    return Network(network.W, b, network.activation)


def margin(network, dataset):
    """Compute by how much the largest z of each drawing exceeds what an answer needs: float64 (n,).

    It is minus infinity for ink that is apart, which never has an answer.
    """
    z = network.trace(model_cards.columns(dataset)).z[-1].max(axis=0)
    needed = scoring.needed(strokes=dataset.strokes)
    return np.where(dataset.apart, -np.inf, z - np.log(needed / (1 - needed)))
