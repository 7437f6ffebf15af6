"""Write model cards: what a network is, how it was made, and how good it is."""

import hashlib
import json
from datetime import UTC, datetime

import numpy as np

from network_training.sources import mnist
from nn import files, scoring
from nn.activations import ACTIVATIONS

# Credits of the stroke files that the project knows, by file name.
CREDITS = {
    "pendigits_tra": {
        "name": "Pen-Based Recognition of Handwritten Digits (UCI), full trajectories, training part",
        "authors": "E. Alpaydın, F. Alimoğlu",
        "licence": "CC BY 4.0",
        "url": "https://doi.org/10.24432/C5MG6K",
    },
    "unipen_1a": {
        "name": "Unipen data set of on-line handwriting, train_r01_v07, section 1a: isolated digits",
        "authors": "The UNIPEN Consortium",
        "licence": "CC BY 4.0",
        "url": "https://doi.org/10.5281/zenodo.1195803",
    },
    "ipad_pencil": {
        "name": "handwritten-digits-corpus, its vector drawings rebuilt as strokes",
        "authors": "Sebastian Kahl",
        "licence": "Apache-2.0",
        "url": "https://github.com/skahl/handwritten-digits-corpus",
    },
    "omniglot": {
        "name": 'Omniglot, "Human-level concept learning through probabilistic program induction" (Science '
        "2015), strokes_background_small1 and _small2: characters that are no digits",
        "authors": "Brenden M. Lake, Ruslan Salakhutdinov, Joshua B. Tenenbaum",
        "licence": "MIT",
        "url": "https://github.com/brendenlake/omniglot",
    },
}

# A sigmoid neuron whose activation varies less than this (standard deviation over digits) carries nothing.
STUCK = 0.01

BINS = 15

# What an answer needs (``scoring.verdict``).
RULE = {
    "convincing": scoring.CONVINCING,
    "clear": scoring.CLEAR,
    "many_strokes": scoring.MANY,
    "sure": scoring.SURE,
}


def measure(network, dataset):
    """Measure a network on a dataset of digits: a dict of plain numbers for the card."""
    outputs = network.feedforward(columns(dataset))
    chosen, labels = scoring.choices(outputs), dataset.labels
    answered = scoring.answered(outputs, dataset.least)
    right = chosen == labels
    return {
        "n": len(labels),
        "accuracy": _rounded(scoring.accuracy(chosen, labels)),
        "balanced_accuracy": _rounded(scoring.balanced_accuracy(chosen, labels)),
        "per_digit": {str(d): _rounded(right[labels == d].mean()) for d in np.unique(labels)},
        "unsure": _rounded(1 - answered.mean()),
        "calibration_error": _rounded(calibration_error(outputs, labels)),
    }


def unsure(network, dataset):
    """Compute the share of a dataset that gets no answer on the page."""
    answered = scoring.answered(network.feedforward(columns(dataset)), dataset.least)
    return _rounded(1 - answered.mean())


def unsure_of_characters(network, datasets, drawn):
    """Measure a network on characters that it was not trained on, if there are any: entries for the card.

    datasets, drawn: from ``training_sets.character_sets``.
    """
    parts = [part for part in ("validation", "test") if part in datasets]
    if not parts:
        return {}
    return {
        "unsure_of_characters": {part: unsure(network, datasets[part]) for part in parts},
        "n_characters": {part: len({drawing.label for drawing in drawn[part]}) for part in parts},
        "n_drawings": {part: len(drawn[part]) for part in parts},
    }


def columns(dataset):
    """Convert a dataset to network inputs: float32 (784, n), in 0..1."""
    return (dataset.rows / np.float32(255)).T


def calibration_error(outputs, labels):
    """Compute the expected calibration error of the brightest output as a probability of being right.

    This is the mean difference between confidence and accuracy over 15 bins of equal width, weighted by the
    number of digits in each (Guo et al. 2017).
    """
    sure, right = outputs.max(axis=0), scoring.choices(outputs) == labels
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    total = sum(
        abs(sure[bins == b].sum(dtype=np.float64) - right[bins == b].sum()) for b in np.unique(bins)
    )
    return float(total / len(labels))


def idle(network, dataset):
    """Count hidden neurons that do nothing for any digit: ReLUs always at 0, sigmoids that never change."""
    trace = network.trace(columns(dataset))
    if ACTIVATIONS[network.activation] is ACTIVATIONS["relu"]:
        return int(sum((a.max(axis=1) <= 0).sum() for a in trace.a[1:-1]))
    return int(sum((a.std(axis=1) < STUCK).sum() for a in trace.a[1:-1]))


def write(folder, network, card):
    """Write a network and its card into a folder. Returns the path of the weights."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{card['name']}.npz"
    files.save(path, network)
    card = {
        **card,
        "shape": network.shape,
        "activation": network.activation,
        "count": network.count,
        "date": datetime.now(UTC).date().isoformat(),
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }
    text = json.dumps(card, indent=2, ensure_ascii=False) + "\n"
    path.with_suffix(".json").write_text(text, encoding="utf-8")
    return path


def data(files):
    """List the credits of all data, MNIST first. files: the names of the stroke files, if any."""
    unknown = {"licence": "see the file's source"}
    return [mnist.CREDIT] + [{"file": name, **CREDITS.get(name, unknown)} for name in files]


def _rounded(share):
    return round(float(share), 4)
