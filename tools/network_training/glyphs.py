"""Letters and signs that are not digits, as lines from point to point.

A glyph is a string: points "xy" on a grid of 4 by 6, y downwards, with a space between strokes.
"""

import numpy as np

# Letters that look like digits are left out: B, D, G, I, J, O, Q, S, Z, b, g, i, l, o, q, s, y, z.
LETTERS = {
    "A": "062046 1333",
    "C": "4130100105163645",
    "E": "40000646 0333",
    "F": "400006 0333",
    "H": "0006 4046 0343",
    "K": "0006 400346",
    "M": "0600234046",
    "N": "06004640",
    "P": "06003041423303",
    "R": "0600304142330346",
    "T": "0040 2026",
    "U": "000516364540",
    "V": "002640",
    "W": "0016233640",
    "X": "0046 4006",
    "Y": "002340 2326",
    "d": "40464413040516364544",
    "e": "0444423312030516264645",
    "f": "41302126 0343",
    "h": "0006 0413334446",
    "k": "0006 3203 0336",
    "m": "0206 0312232426 2413334446",
    "n": "0206 0413334446",
    "r": "0206 04122232",
    "t": "202536 0242",
    "w": "0216233642",
    "x": "0246 4206",
}

SIGNS = {
    "plus": "2145 0343",
    "times": "0145 4105",
    "equals": "0242 0444",
    "hash": "1016 3036 0242 0444",
    "at": "3322132434334344452616050301102041",
    "question": "011030414323242526",
    "percent": "4006 0010110100 3545463635",
    "star": "2125 0244 0442",
    "tick": "031640",
    "brackets": "20001626 30404636",
    "ground": "0040 1131 2232",
}


def lines(glyph):
    """Convert a glyph to strokes: a list of float64 (n, 2)."""
    return [
        np.array([[int(x), int(y)] for x, y in zip(stroke[::2], stroke[1::2], strict=True)], float)
        for stroke in glyph.split()
    ]


def rounded(points, times):
    """Round the corners by cutting them this many times (Chaikin's curve). The ends stay in place."""
    for _ in range(times):
        begin, step = points[:-1], np.diff(points, axis=0)
        cut = np.stack([begin + step / 4, begin + step * 3 / 4], axis=1).reshape(-1, 2)
        points = np.concatenate([points[:1], cut, points[-1:]])
    return points
