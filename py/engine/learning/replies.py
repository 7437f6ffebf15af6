"""Replies: how a run is going, as numbers, arrays and codes."""

import numpy as np

from datasets import training_digits
from engine import colormap, replies
from engine.edits import refusal
from engine.learning.display import LEARNED
from nn.learning import COSTS, targets
from nn.scoring import choices
from training import settings

# The pictures of a batch that one slow step shows.
SHOWN = 16

# What there is to say of a run before there is one.
NO_RUN = {
    "images": 0,
    "steps": 0,
    "elapsed": 0.0,
    "epoch": 0.0,
    "train_accuracy": np.nan,
    "train_cost": np.nan,
    "points": np.zeros(0),
    "begin": 0,
    "marks": [],
    "before": None,
    "hidden": 0,
    "settings": None,
    "checkpoints": np.zeros(0),
    "bytes": 0,
    "at": -1,
}


def progress(trainer, since=0, shown=True):
    """Describe a run.

    since: how many points of the chart the page has; shown: whether to describe the network even if it has
    not changed.

    - ``status``, ``why``, ``at``, ``speed``: see Trainer; ``images``, ``steps`` and, as ``elapsed``, seconds:
      see Run.
    - ``epoch``: how often each image was used, on average.
    - ``accuracy``, ``test_cost``, ``tested``, ``dead``, ``saturated``, ``own_accuracy``: see Measured; not
      measured is −1, and NaN for the cost. ``before``: ``accuracy`` and ``own_accuracy`` at the start, or
      None without examples. ``hidden``: how many hidden neurons there are.
    - ``train_accuracy``, ``train_cost``: see Progress. ``points``: those after ``begin``, float64, five
      numbers each. ``begin`` is ``since``, or 0 if the chart begins anew. ``marks``: all of them.
    - ``hint``, ``remedy``, ``best``: see Hint. ``checkpoints``: the images of each; ``bytes``: of all.
    - ``loaded``, ``total``: bytes of the slices, about; ``available``: images that have arrived; ``trouble``:
      why one did not come, or why the run stopped, or None.
    - ``settings``: those in force. ``network`` (fields as in ``network_in_use``) and ``gallery`` (see
      ``replies.gallery``): of the network LEARNED, if it has changed.
    """
    changed = trainer.publish() or shown
    reply = _trainer(trainer) | _material(trainer) | NO_RUN
    if trainer.run:
        reply |= _run(trainer.run, since) | _checkpoints(trainer)
        reply |= _network(trainer) if changed else {}
    return reply


def refused(trainer, error):
    """Describe a run, and as ``refused`` why settings were: ``edits.refusal``, and the setting's ``name``."""
    return progress(trainer) | {"refused": refusal(error) | {"name": error.setting}}


def step(lesson, before, after, cost, layer, index):
    """Describe one step.

    lesson: Lesson; before, after: networks; cost: a key of COSTS; layer, index: of a neuron.

    - ``images``: the first SHOWN of the batch, uint8 RGBA; ``labels``, ``said``: their labels and what the
      network answered; ``outputs``: of each, float32 (SHOWN · 10).
    - ``right`` of ``size``: how much of the batch was read correctly; ``before``, ``after``: its cost.
    - ``gradient``: which way the neuron's weights moved, as an image; ``weights_before``,
      ``weights_after``: images on one scale; ``largest_move``: of one of its weights.
    - ``layer``, ``index``: the neuron, which is the first one if the network does not have the one asked for.
    """
    if not (1 <= layer < len(before.shape) and 0 <= index < before.shape[layer]):
        layer, index = 1, 0
    batch = lesson.batch
    inputs = training_digits.inputs(batch.levels)
    outputs = before.feedforward(inputs[:SHOWN].T)
    z = after.trace(inputs.T).z[-1]
    old, new = before.W[layer - 1][index], after.W[layer - 1][index]
    scale = float(max(np.abs(old).max(), np.abs(new).max()))
    return {
        "images": colormap.grey(inputs[:SHOWN]),
        "labels": batch.labels[:SHOWN].astype(np.uint8),
        "said": choices(outputs).astype(np.uint8),
        "outputs": np.ascontiguousarray(outputs.T).ravel(),
        "right": lesson.right,
        "size": len(batch.labels),
        "before": lesson.cost,
        "after": COSTS[cost].value(z, targets(batch.labels, len(z))),
        "gradient": _direction(lesson.gradient.W[layer - 1][index]),
        "weights_before": colormap.signed(old, scale),
        "weights_after": colormap.signed(new, scale),
        "largest_move": float(np.abs(new - old).max()),
        "layer": layer,
        "index": index,
    }


def _trainer(trainer):
    measured, hint = trainer.measured, trainer.hint
    return {
        "status": trainer.status,
        "why": trainer.why,
        "speed": trainer.speed,
        "accuracy": measured.accuracy,
        "test_cost": measured.cost,
        "tested": measured.tested,
        "dead": measured.dead,
        "saturated": measured.saturated,
        "own_accuracy": measured.own,
        "hint": hint.code,
        "remedy": hint.remedy,
        "best": hint.best,
    }


def _material(trainer):
    material = trainer.material
    return {
        "loaded": material.loaded,
        "total": material.total,
        "available": material.images.available,
        "trouble": trainer.trouble or material.trouble,
    }


def _run(run, since):
    begin = since if since <= len(run.progress.points) else 0
    return {
        "images": run.images,
        "steps": run.steps,
        "elapsed": run.seconds,
        "epoch": run.images / run.settings.count,
        "train_accuracy": run.progress.accuracy,
        "train_cost": run.progress.cost,
        "points": np.array(run.progress.points[begin:], np.float64).ravel(),
        "begin": begin,
        "marks": [mark._asdict() for mark in run.progress.marks],
        "before": run.before and dict(zip(("accuracy", "own_accuracy"), run.before, strict=True)),
        "hidden": sum(run.settings.shape[1:-1]),
        "settings": settings.write(run.settings),
    }


def _checkpoints(trainer):
    checkpoints = trainer.run.checkpoints
    return {
        "checkpoints": np.array([c.images for c in checkpoints.kept], np.float64),
        "bytes": checkpoints.bytes,
        "at": trainer.display.at,
    }


def _network(trainer):
    gallery = replies.gallery(trainer.session.opened(LEARNED).network)
    return {"network": replies.described(trainer.session, LEARNED), "gallery": gallery}


def _direction(slopes):
    """Return which way a neuron's weights will move, as an image: up is blue, down is red.

    slopes: the gradient of the neuron's weights. They move against it.
    """
    return colormap.signed(-slopes, float(np.abs(slopes).max()))
