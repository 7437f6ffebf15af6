"""Model cards: what a network is, what it was made of, and what it reaches.

Public: ``measure``, ``calibration_error``, ``idle`` and ``write``.
"""

import hashlib
import json
from datetime import UTC, datetime

import numpy as np

from nn import files, scoring
from nn.activations import ACTIVATIONS
from training import mnist, negatives

# Credits of the stroke files that the project knows, by file.
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
}

# A sigmoid whose activation varies less than this (standard deviation over digits) says nothing.
STUCK = 0.01

BINS = 15


def measure(network, pools):
    """Measure a network on a pool of digits: a dict of plain numbers for the card."""
    outputs = network.feedforward(columns(pools))
    chosen, labels = scoring.choices(outputs), pools.labels
    answered = scoring.answered(outputs)
    right = chosen == labels
    return {
        "n": len(labels),
        "accuracy": _rounded(scoring.accuracy(chosen, labels)),
        "balanced_accuracy": _rounded(scoring.balanced_accuracy(chosen, labels)),
        "per_digit": {str(d): _rounded(right[labels == d].mean()) for d in np.unique(labels)},
        "unsure": _rounded(1 - answered.mean()),
        "calibration_error": _rounded(calibration_error(outputs, labels)),
    }


def unsure(network, pool):
    """Give the share of a pool that is called no digit."""
    return _rounded(1 - scoring.answered(network.feedforward(columns(pool))).mean())


def columns(pool):
    """Stand a pool's pictures side by side: float32 (784, n), within 0..1."""
    return (pool.rows / np.float32(255)).T


def calibration_error(outputs, labels):
    """Give the expected calibration error of the brightest output as a probability of being right.

    The mean difference of confidence and accuracy over 15 bins of equal width, weighted by how many
    fall in (Guo et al. 2017).
    """
    sure, right = outputs.max(axis=0), scoring.choices(outputs) == labels
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    total = sum(
        abs(sure[bins == b].sum(dtype=np.float64) - right[bins == b].sum()) for b in np.unique(bins)
    )
    return float(total / len(labels))


def idle(network, pool):
    """Count hidden neurons that do nothing for any digit: ReLUs never lit, sigmoids that never change."""
    trace = network.trace(columns(pool))
    if ACTIVATIONS[network.activation] is ACTIVATIONS["relu"]:
        return int(sum((a.max(axis=1) <= 0).sum() for a in trace.a[1:-1]))
    return int(sum((a.std(axis=1) < STUCK).sum() for a in trace.a[1:-1]))


def write(folder, network, card):
    """Write a network and its card into a folder; returns the path of the weights."""
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


def data(pens):
    """List the credits of all data, MNIST first. pens: the names of stroke files, none for none."""
    unknown = {"licence": "see where it is from"}
    return [mnist.CREDIT] + [{"file": name, **CREDITS.get(name, unknown)} for name in pens]


def held_back():
    """Name the kinds of negatives that were kept from training."""
    return list(negatives.HELD_BACK)


def _rounded(share):
    return round(float(share), 4)
