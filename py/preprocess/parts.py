"""Parts: ink that stands side by side, as two digits at once do.

Scaled down to 28×28, the 1 and the 0 of a 10 nearly touch. The strokes still tell that there is room between.
"""

import numpy as np

# Between two parts is at least this much room, in pixels of the image from the middles of the pen's lines.
ROOM = 1.0

# Each part has at least this share of the height of all ink: a comma beside a digit is no second one. Of
# 23,917 pen digits 21 are in two such parts, nine of them a 0 drawn as two brackets.
TALL = 0.5


def are_apart(placed):
    """Tell whether Strokes are in two parts, side by side. Their points are in pixels of the image."""
    points, begins = placed.points, placed.begins
    low, high = np.minimum.reduceat(points, begins), np.maximum.reduceat(points, begins)
    order = np.argsort(low[:, 0])
    low, high = low[order], high[order]
    # The boxes of the first strokes from the left, for every count of them, and of all the others.
    first = np.minimum.accumulate(low)[:-1], np.maximum.accumulate(high)[:-1]
    rest = np.minimum.accumulate(low[::-1])[-2::-1], np.maximum.accumulate(high[::-1])[-2::-1]
    room = rest[0][:, 0] - first[1][:, 0]
    height = np.minimum(*(top[:, 1] - bottom[:, 1] for bottom, top in (first, rest)))
    tall = height >= TALL * np.ptp(points[:, 1])
    return bool(((room >= ROOM) & tall).any())
