"""Turns: what the page may do to the dials, by name.

Public: ``turn``. The page sends a name and plain numbers; ``nn.editing`` does the rest.
"""

import inspect

import numpy as np

from nn import brush
from nn.checks import integer, number, quoted
from nn.editing import Dials
from preprocess import normalise


def turn(dials, action, arguments, gesture=""):
    """Turn dials. Raises ValueError for an action that there is not, or that cannot be done.

    Actions with the same gesture (not "") are one step of undo, such as one drag of a slider.
    """
    if not isinstance(action, str) or action not in ACTIONS:
        raise ValueError(f"'{quoted(action)}' is nothing that dials can do")
    named = {"gesture": gesture or None} if action in DRAGGED else {}
    try:
        wanted = inspect.signature(ACTIONS[action]).bind(dials, *arguments, **named)
    except TypeError as error:
        raise ValueError(f"'{action}' cannot be done with that: {error}") from None
    ACTIONS[action](*wanted.args, **wanted.kwargs)


def _paint(dials, layer, index, value, radius, softness, *places, gesture):
    """Draw a brush over a neuron's weights; places: column, row, column, row, … in cells."""
    sources = dials.network.shape[integer(layer, len(dials.network.shape), "layer", 1) - 1]
    size = normalise.SIZE if sources == normalise.SIZE**2 else None
    cover = np.zeros(sources, np.float32)
    if len(places) % 2:
        raise ValueError(f"places are {len(places)} numbers, expected a column and a row of each")
    radius, softness = number(radius, "radius"), number(softness, "softness")
    places = [number(one, "a place to paint") for one in places]
    for column, row in zip(places[::2], places[1::2], strict=True):
        if size:
            np.maximum(cover, brush.brush(size, row, column, radius, softness), out=cover)
        else:
            # A row of sixteen cells is no picture: the brush covers the cell it is on.
            cover[int(min(max(column, 0), sources - 1))] = 1
    dials.paint(layer, index, cover, value, gesture)


def _edge(dials, layer, index):
    dials.set_row(layer, index, brush.edge_detector(normalise.SIZE))


# What is done while something is dragged, step by step; the others are done at once.
DRAGGED = {"bias": Dials.set_bias, "weight": Dials.set_weight, "paint": _paint}

DONE = {
    "edge": _edge,
    "hold": Dials.hold,
    "flip": Dials.flip,
    "swap": Dials.swap,
    "noise": lambda dials, layer, share: dials.add_noise(layer, share, np.random.default_rng()),
    "zero": Dials.zero,
    "prune": Dials.prune,
    "randomise": lambda dials: dials.randomise(np.random.default_rng()),
    "put back": Dials.put_back,
    "undo": Dials.undo,
    "redo": Dials.redo,
}

ACTIONS = DRAGGED | DONE
