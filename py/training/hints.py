"""Hints: what goes wrong in a run, and which settings to change."""

import math
from typing import NamedTuple

from training.settings import default_rate

# A run is slow if after so many images its accuracy is low, and has hardly risen lately.
PATIENCE, LOW, RISE = 30_000, 0.5, 0.03

# So large a share of the hidden neurons does nothing.
MANY = 0.25

# A run overfits if test accuracy fell by so much, and training accuracy is higher by more than a little.
FALL, GAP = 0.01, 0.03

# Points of the chart whose mean is compared: a single measurement is too noisy.
SMOOTHED = 3

# How many times the default a rate must be to be blamed.
FAR = 2


class Hint(NamedTuple):
    """``code``: "", "exploding", "dead", "saturated", "slow" or "overfitting".

    ``remedy``: settings to change, by name. ``best``: the index of the checkpoint to go back to, or −1.
    """

    code: str = ""
    remedy: dict = {}  # noqa: RUF012, nobody writes to it
    best: int = -1


def find(run, exploded=False, dead=0, saturated=0):
    """Find what goes wrong in a run: Hint.

    exploded: whether it ended that way; dead, saturated: how many hidden neurons are (see
    ``nn.diagnostics``).
    """
    hidden = sum(run.settings.shape[1:-1])
    if exploded:
        return Hint("exploding", _slower(run.settings), run.checkpoints.best())
    if hidden and dead > MANY * hidden:
        return Hint("dead", _against_dead(run.settings), run.checkpoints.best())
    if hidden and saturated > MANY * hidden:
        return Hint("saturated", _against_saturated(run.settings))
    if _is_slow(run):
        return Hint("slow", _faster(run.settings))
    peak = _overfitting_since(run.progress.points)
    if peak is not None:
        return Hint("overfitting", _general(run.settings), run.checkpoints.nearest(peak))
    return Hint()


def _is_slow(run):
    points = run.progress.points
    if run.images < PATIENCE or not points:
        return False
    accuracy = run.progress.accuracy
    earlier = [p.train_accuracy for p in points if p.images <= run.images / 2]
    before = earlier[-1] if earlier and not math.isnan(earlier[-1]) else 0.0
    return accuracy < LOW and accuracy - before < RISE


def _overfitting_since(points):
    """Return the number of images at which test accuracy was best, or None if it has not fallen."""
    tested = [p for p in points if not math.isnan(p.test_accuracy)]
    if len(tested) < 3 * SMOOTHED:
        return None
    means = [
        sum(p.test_accuracy for p in tested[end - SMOOTHED : end]) / SMOOTHED
        for end in range(SMOOTHED, len(tested) + 1)
    ]
    best = max(range(len(means)), key=means.__getitem__)
    peak = tested[best + SMOOTHED - 1]
    last = tested[-1]
    fell = means[best] - means[-1] >= FALL
    rose = last.train_accuracy > peak.train_accuracy
    return peak.images if fell and rose and last.train_accuracy - means[-1] >= GAP else None


def _default(settings):
    return default_rate(settings.optimiser, settings.activation)


def _slower(settings):
    return {"rate": min(_default(settings), settings.rate / 10)}


def _faster(settings):
    """The rate first, if it is far from the default; then the cost, whose slope vanishes; then Adam."""
    default = _default(settings)
    if not default / FAR <= settings.rate <= default * FAR:
        return {"rate": default}
    if settings.cost == "quadratic":
        return {"cost": "cross-entropy"}
    if settings.optimiser != "adam":
        return {"optimiser": "adam", "rate": default_rate("adam", settings.activation)}
    return {"batch": max(1, settings.batch // 4)} if settings.batch > 64 else {"decay": 0.0}


def _against_dead(settings):
    """A dead neuron does not learn any more, so the run goes back, with a rate that kills fewer."""
    if settings.rate > FAR * _default(settings):
        return {"rate": _default(settings)}
    return {"rate": settings.rate / 4}


def _against_saturated(settings):
    """Smaller weights bring sums back to where a sigmoid has a slope."""
    if settings.rate > FAR * _default(settings):
        return {"rate": _default(settings), "decay": 0.1}
    return {"decay": min(1.0, max(0.1, 4 * settings.decay))}


def _general(settings):
    """More images, real or varied, cannot be learned by heart; then smaller weights."""
    if settings.count < 60_000:
        return {"count": 60_000}
    if not settings.augment:
        return {"augment": True}
    return {"decay": min(1.0, max(0.05, 4 * settings.decay))}
