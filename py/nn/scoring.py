"""Scoring: read the answer from a network's outputs, and measure how often it is right."""

from typing import NamedTuple

import numpy as np

# Chosen on validation data (``weights/EXPERIMENTS.md``). With this limit about 3 in 100 digits get no answer,
# and as many non-digits as possible get none.
CONVINCING = 0.52

# Digits have one or two long strokes (``preprocess.strokes``): of 23,917 pen digits 0.6 % have more, of
# Omniglot's characters 41 %. From MANY strokes on, the answer has to be SURE.
MANY = 3
SURE = 0.8

# Two outputs that are nearly as bright as each other do not make one answer.
CLEAR = 0.1


class Verdict(NamedTuple):
    """The network's answer: its digit, or None and why there is none.

    ``why`` is "blank", "apart", "unsure", or "strokes" if fewer strokes would have an answer.
    """

    digit: int | None
    why: str = ""


def verdict(outputs, ink=True, apart=False, strokes=0):
    """Read the answer from the outputs: the brightest one (at 3:52), if it is bright enough.

    outputs: (n, 1) or (n,), in 0..1, n at least 1; ink: whether anything was drawn; apart: whether the ink
    is in two parts, side by side, as two digits at once are; strokes: how many long ones there are. The
    brightest output is the answer if it is at least CONVINCING, with MANY strokes at least SURE, and brighter
    than the runner-up by at least CLEAR. A blank drawing has no answer, nor have two parts, whatever the
    outputs. Raises ValueError for another shape and for NaN.
    """
    outputs = np.asarray(outputs, np.float64)
    if outputs.size == 0 or outputs.shape not in ((outputs.size,), (outputs.size, 1)):
        raise ValueError(f"outputs have shape {outputs.shape}, expected (n,) or (n, 1)")
    if np.isnan(outputs).any():
        raise ValueError("outputs have NaN in them, expected numbers from 0 to 1")
    if not ink:
        return Verdict(None, "blank")
    if apart:
        return Verdict(None, "apart")
    outputs = outputs.ravel()
    digit = int(outputs.argmax())
    runner_up = np.delete(outputs, digit).max(initial=0)
    # Outputs are float32, and 0.52 as a float32 is a little less than 0.52.
    if outputs[digit] < np.float32(CONVINCING) or outputs[digit] - runner_up < CLEAR:
        return Verdict(None, "unsure")
    if outputs[digit] < np.float32(needed(strokes=strokes)):
        return Verdict(None, "strokes")
    return Verdict(digit)


def needed(apart=False, strokes=0):
    """Compute how bright an answer has to be: float64 of the arguments' shape, infinite for two parts."""
    return np.where(apart, np.inf, np.where(np.asarray(strokes) >= MANY, SURE, CONVINCING))


def answered(outputs, least=CONVINCING):
    """Tell which columns of (n, m) outputs have an answer by the rule of ``verdict``: m booleans.

    least: how bright an answer has to be, one number or m (see ``needed``).
    """
    order = np.sort(np.asarray(outputs, np.float64), axis=0)
    runner_up = order[-2] if len(order) > 1 else 0.0
    return (order[-1] >= np.float32(least)) & (order[-1] - runner_up >= CLEAR)


def choices(outputs):
    """Find the brightest output of every column: (n, m) gives m integers in 0..n − 1."""
    return np.asarray(outputs).argmax(axis=0)


def accuracy(chosen, labels):
    """Compute the share of choices that are right, 0..1. Both arguments are m integers, m at least 1.

    Raises ValueError if they differ in length or are empty.
    """
    chosen, labels = _pair(chosen, labels)
    return float((chosen == labels).mean())


def balanced_accuracy(chosen, labels):
    """Compute the mean of the classes' accuracies, 0..1, so that a frequent class counts no more than others.

    Classes without labels are left out. Raises ValueError as accuracy does.
    """
    chosen, labels = _pair(chosen, labels)
    right = chosen == labels
    return float(np.mean([right[labels == label].mean() for label in np.unique(labels)]))


def confusion_matrix(chosen, labels, count):
    """Count which class was chosen for which label: integers (count, count), a row per label.

    Raises ValueError as accuracy does, and for an integer outside 0..count − 1.
    """
    chosen, labels = _pair(chosen, labels)
    both = np.concatenate([chosen, labels])
    if both.min() < 0 or both.max() >= count:
        raise ValueError(
            f"classes run from {both.min()} to {both.max()}, expected 0 to {count - 1}"
        )
    return np.bincount(labels * count + chosen, minlength=count * count).reshape(count, count)


def _pair(chosen, labels):
    chosen, labels = np.asarray(chosen), np.asarray(labels)
    if chosen.shape != labels.shape or chosen.ndim != 1 or not chosen.size:
        raise ValueError(
            f"choices and labels have shapes {chosen.shape} and {labels.shape}, "
            "expected (m,) for both, m at least 1"
        )
    return chosen, labels
