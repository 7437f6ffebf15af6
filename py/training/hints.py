"""Hints: what goes wrong in a run, and which settings to change."""

import math
from typing import NamedTuple

from training.settings import BATCH, RANGES, default_rate

# A run is slow if after so many images its accuracy is low, and has hardly risen lately.
PATIENCE, LOW, RISE = 30_000, 0.5, 0.03

# After so many images, no larger a share of the hidden neurons should do nothing.
SETTLED, MANY = 10_000, 1 / 3

# A run overfits if the test cost rose by so much above its lowest value, and the training images are read so
# much better than the test images.
WORSE, GAP = 1.25, 0.02

# A single measurement is too noisy: so many are averaged.
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
    settings = run.settings
    if exploded:
        return Hint("exploding", _slower(settings), run.checkpoints.best())
    useless = dead + saturated
    if run.images >= SETTLED and useless > MANY * sum(settings.shape[1:-1]):
        # They will not learn any more, so the run has to begin again.
        code = "dead" if dead >= saturated else "saturated"
        return Hint(code, _slower(settings), 0)
    if _is_slow(run):
        return Hint("slow", _faster(settings))
    before = _overfitting_since(run.progress.points)
    if before is not None:
        return Hint("overfitting", _general(settings), run.checkpoints.nearest(before))
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
    """Return the number of images at which the test cost was lowest, or None if the run does not overfit."""
    tested = [p for p in points if not math.isnan(p.test_cost)]
    ends = range(SMOOTHED, len(tested) + 1)
    costs = [sum(p.test_cost for p in tested[end - SMOOTHED : end]) / SMOOTHED for end in ends]
    if not costs or costs[-1] < WORSE * min(costs):
        return None
    last = tested[-1]
    gap = last.train_accuracy - last.test_accuracy
    return tested[costs.index(min(costs)) + SMOOTHED - 1].images if gap >= GAP else None


def _default(settings):
    return default_rate(settings.optimiser, settings.activation)


def _slower(settings):
    """Return a rate that makes smaller steps: the default, or less if that was too much."""
    default = _default(settings)
    if settings.rate >= FAR * default:
        return {"rate": default}
    return {"rate": max(RANGES["rate"][0], float(f"{settings.rate / 4:.2g}"))}


def _faster(settings):
    """The rate first, if it is far from the default; then the cost, whose slope vanishes; then Adam."""
    default = _default(settings)
    if not default / FAR <= settings.rate <= default * FAR:
        return {"rate": default}
    if settings.cost == "quadratic":
        return {"cost": "cross-entropy"}
    if settings.optimiser != "adam":
        return {"optimiser": "adam", "rate": default_rate("adam", settings.activation)}
    if settings.batch > BATCH:
        return {"batch": BATCH}
    return {"decay": 0.0} if settings.decay else {"rate": settings.rate * FAR}


def _general(settings):
    """More images, real or varied, cannot be learned by heart; then smaller weights."""
    if settings.count < 60_000:
        return {"count": 60_000}
    if not settings.augment:
        return {"augment": True}
    return {"decay": min(1.0, max(0.05, 4 * settings.decay))}
