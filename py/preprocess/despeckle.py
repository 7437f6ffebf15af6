"""Specks: what a resting hand or a slip of the pen leaves beside a digit.

Public: ``sweep``.

A stray dot in a corner would shrink the digit to make room for itself, which costs twenty points of
accuracy.
"""

import numpy as np

from preprocess.strokes import Strokes

# Of the largest stroke's longer side: a speck is smaller than this …
SMALL = 0.1

# … and further than this beyond the box around all ink that is not small.
NEAR = 0.1

# Strokes that are all smaller than this, of the drawing's longer side, are dots: how a hand trembled does
# not say which of them was meant.
DOTS = 1e-3


def sweep(ink):
    """Leave out the strokes that are specks: the same Strokes where none is.

    A speck is small beside the largest stroke, and lies outside of what is not small. The largest stroke
    always stays, so a lone dot is still ink.
    """
    ends = np.flatnonzero(np.append(~ink.joined, True))
    if len(ends) == 1:
        return ink
    begins = np.append(0, ends[:-1] + 1)
    low, high = np.minimum.reduceat(ink.points, begins), np.maximum.reduceat(ink.points, begins)
    sides = (high - low).max(axis=1)
    small = sides < SMALL * sides.max()
    if not small.any() or sides.max() < DOTS:
        return ink
    beyond = np.maximum(low[~small].min(axis=0) - high, low - high[~small].max(axis=0)).max(axis=1)
    speck = small & (beyond > NEAR * sides.max())
    if not speck.any():
        return ink
    kept = ~np.repeat(speck, ends - begins + 1)
    # A stroke is kept or left out as a whole, so whether its points are joined stays true.
    joined = np.append(ink.joined, False)[kept][:-1]
    return Strokes(ink.points[kept], joined, ink.unit)
