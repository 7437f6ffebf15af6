"""Turns: what the page may do to the dials, by name.

Public: ``turn``. The page sends a name and plain numbers; ``nn.dials`` does the rest.
"""

import numpy as np

from nn import brush, pixels
from nn.dials import Dials


def turn(dials, action, arguments, gesture=""):
    """Turn dials. Raises ValueError for an action that there is not, or that cannot be done.

    Actions with the same gesture (not "") are one step of undo, such as one drag of a slider.
    """
    if action in DRAGGED:
        DRAGGED[action](dials, *arguments, gesture=gesture or None)
    elif action in DONE:
        DONE[action](dials, *arguments)
    else:
        raise ValueError(f"{action!r} is nothing that dials can do")


def _paint(dials, layer, index, value, radius, softness, *places, gesture):
    """Draw a brush over a neuron's weights; places: column, row, column, row, … in cells."""
    sources = dials.network.shape[layer - 1]
    size = pixels.SIZE if sources == pixels.SIZE**2 else None
    cover = np.zeros(sources, np.float32)
    for column, row in zip(places[::2], places[1::2], strict=True):
        if size:
            np.maximum(cover, brush.brush(size, row, column, radius, softness), out=cover)
        else:
            # A row of sixteen cells is no picture: the brush covers the cell it is on.
            cover[int(min(max(column, 0), sources - 1))] = 1
    dials.paint(layer, index, cover, value, gesture)


def _edge(dials, layer, index):
    dials.set_row(layer, index, brush.edge_detector(pixels.SIZE))


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
