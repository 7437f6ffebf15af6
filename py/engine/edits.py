"""Edits: what the page may do to the dials, by name.

The page sends a name and plain numbers; ``nn.editing`` does the rest.
"""

import inspect

import numpy as np

from nn import brush
from nn.checks import OutOfRange, integer, number, quoted
from nn.editing import Dials
from preprocess import normalise

# The code of an edit that the page should not have asked for.
INVALID = "invalid"


def edit(dials, action, arguments, gesture=""):
    """Edit dials. Raise ValueError for an unknown action, or one that cannot be done; nothing changes then.

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


def refusal(error):
    """Return why an edit was refused: a dict with ``code``.

    The code is ``too-large`` for a number that no float32 can hold, ``out-of-range`` for one outside ``low``
    to ``high`` (which is missing if there is no end), and INVALID for what is no visitor's fault.
    """
    if isinstance(error, OutOfRange):
        limits = {"low": error.low, "high": error.high}
        return {"code": error.code} | {
            name: value for name, value in limits.items() if value is not None
        }
    return {"code": getattr(error, "code", INVALID)}


def _paint(dials, layer, index, value, radius, softness, *places, gesture):
    """Paint a neuron's weights with a brush; places: column, row, column, row, … in cells."""
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
            # A row of cells is no picture: the brush covers the cell below it.
            cover[int(min(max(column, 0), sources - 1))] = 1
    dials.paint(layer, index, cover, value, gesture)


def _edge(dials, layer, index):
    dials.set_row(layer, index, brush.edge_detector(normalise.SIZE))


# These are done step by step while something is dragged; the others happen at once.
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
