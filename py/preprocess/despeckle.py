"""Remove specks: the marks that a resting hand or a slip of the pen leaves beside a digit.

A stray dot in a corner would shrink the digit to make room for itself, which costs twenty points of
accuracy.
"""

import numpy as np

from preprocess.strokes import Strokes

# As shares of the longer side of the largest stroke: a speck is smaller than SMALL, and lies further than
# NEAR outside the bounding box of all strokes that are not small.
SMALL = 0.1
NEAR = 0.1

# If every stroke is smaller than this share of the drawing's longer side, all are dots. Their sizes come
# from a trembling hand and do not say which of them was meant.
DOTS = 1e-3


def remove_specks(ink):
    """Remove the strokes that are specks. Returns the same Strokes if there are none.

    A speck is small compared with the largest stroke and lies away from the rest. The largest stroke always
    stays, so a lone dot still counts as ink.
    """
    begins = ink.begins
    if len(begins) == 1:
        return ink
    low, high = np.minimum.reduceat(ink.points, begins), np.maximum.reduceat(ink.points, begins)
    sides = (high - low).max(axis=1)
    small = sides < SMALL * sides.max()
    if not small.any() or sides.max() < DOTS:
        return ink
    distance = np.maximum(low[~small].min(axis=0) - high, low - high[~small].max(axis=0)).max(
        axis=1
    )
    speck = small & (distance > NEAR * sides.max())
    if not speck.any():
        return ink
    kept = ~np.repeat(speck, np.diff(begins, append=len(ink.points)))
    # Strokes are removed whole, so the entries of ``joined`` for the points that remain still hold.
    joined = np.append(ink.joined, False)[kept][:-1]
    return Strokes(ink.points[kept], joined, ink.unit)
