"""Reads the engine's report on a training run as plain Python.

``read`` is quick: of a reply's many numbers, each read by itself would take a call into JavaScript.
"""

import json

import js

# What stays in JavaScript: arrays, and what other modules read.
KEPT = ("points", "gallery", "network", "checkpoints", "step", "state")

# The numbers of a point of the chart: images, cost and accuracy on training images and test images.
NUMBERS = 5


def read(reply):
    """Return a reply as a dict. What it lacks is None for the names in KEPT, and absent for others."""
    # Python's None has become undefined, which JSON leaves out.
    kept = {name: getattr(reply, name, None) for name in KEPT}
    kept = {name: None if value is js.undefined else value for name, value in kept.items()}
    # JSON.stringify writes an array of a million bytes as well, so those are left out first.
    rest = js.Object.assign(js.Object.new(), reply)
    for name, value in kept.items():
        if value is not None:
            setattr(rest, name, None)
    plain = json.loads(js.JSON.stringify(rest))
    plain.update(kept)
    return plain


def points(array):
    """List the points in an array of numbers: (images, train_cost, test_cost, train_accuracy, test_accuracy).

    A number that was not measured is NaN.
    """
    if not array.length:
        return []
    nan = float("nan")
    # JSON knows no NaN.
    text = (
        array.join().replace("NaN", "null").replace("-Infinity", "null").replace("Infinity", "null")
    )
    flat = [nan if number is None else number for number in json.loads("[%s]" % text)]
    return [tuple(flat[at : at + NUMBERS]) for at in range(0, len(flat), NUMBERS)]
