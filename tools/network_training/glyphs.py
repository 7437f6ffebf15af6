"""Letters and signs that are not digits, and the shapes of digits, as lines from point to point.

A glyph is a string: points "xy" on a grid of 4 by 6, y downwards, with a space between strokes. Tails go
below the grid.
"""

import numpy as np

# How far a corner moves, at most, from one writer to the next: a standard deviation, in units of the grid.
UNSTEADY = 0.35

# Letters that look like digits are left out: B, D, G, I, O, Q, S, Z, b, g, i, l, o, q, s, y, z. A name has a
# second word where people write a letter in several ways.
LETTERS = {
    "A": "062046 1333",
    "A round": "06021020304246 0444",
    "C": "4130100105163645",
    "E": "40000646 0333",
    "E round": "41301001120405163645",
    "F": "400006 0333",
    "H": "0006 4046 0343",
    "J": "4045361605",
    "K": "0006 400346",
    "K joined": "0006 40034046",
    "L": "000646",
    "M": "0600234046",
    "M round": "0601202223404146",
    "N": "06004640",
    "N round": "060016364030",
    "P": "06003041423303",
    "R": "0600304142330346",
    "R open": "0600400346",
    "T": "0040 2026",
    "T hooked": "014031 2026",
    "U": "000516364540",
    "V": "002640",
    "V round": "00142640",
    "W": "0016233640",
    "W round": "000516252225454640",
    "X": "0046 4006",
    "Y": "002340 2326",
    "Y round": "0013234340 2326",
    "a": "4332120305162634 4246",
    "a printed": "12324346 44140516364544",
    "a joined": "433212030516263443464656",
    "c": "4232120305163645",
    "d": "40464413040516364544",
    "e": "0444423312030516264645",
    "f": "41302126 0343",
    "h": "0006 0413334446",
    "k": "0006 3203 0336",
    "m": "0206 0312232426 2413334446",
    "n": "0206 0413334446",
    "p": "0208 021232434435261605",
    "r": "0206 04122232",
    "t": "202536 0242",
    "t joined": "20251636 0232",
    "u": "0205163645 4246",
    "u joined": "0205163645424555",
    "v": "022642",
    "w": "0216233642",
    "x": "0246 4206",
}

SIGNS = {
    "plus": "2125 0343",
    "plus wide": "3234 0363",
    "plus tall": "2026 1333",
    "plus slanted": "3115 0442",
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
    "minus": "0343",
    "divided": "0343 21212211 25252615",
    "plus or minus": "2024 0242 0545",
    "less": "410345",
    "greater": "014305",
    "at most": "400244 0646",
    "unequal": "0242 0444 3115",
    "root": "0314266080",
    "sum": "4000230646",
    "pi": "0242 1216 3236",
    "alpha": "4233241504031222334546",
    "gamma": "0213252718162542",
    "lambda": "0010213446 2306",
    "mu": "0208 0205163645 4246",
    "omega": "030516262426364543",
    "for all": "002640 1333",
    "and": "062046",
    "quote": "1012 3032",
    "brace": "30212213242536",
    "closing brace": "10212233242516",
    "bracket": "30101636",
    "closing bracket": "10303616",
    "euro": "4130100105163645 0232 0434",
    "pound": "4130201122260646 0333",
}

# Digits as people write them in different countries. MNIST's writers are from the United States, where few
# write a flag, a foot or a bar. A name begins with the digit.
DIGITS = {
    "0": "2010010516263645413020",
    "0 slashed": "2010010516263645413020 4006",
    "0 slashed inside": "2010010516263645413020 3115",
    "0 slashed the other way": "2010010516263645413020 0046",
    "1": "2026",
    "1 with flag": "122026",
    "1 with long flag": "032026",
    "1 with flag and foot": "122026 0646",
    "1 with foot": "2026 0646",
    "2": "0110304132050646",
    "2 with loop": "0110304133150605152646",
    "3": "0110304132234445361605",
    "3 with flat top": "0040224345361605",
    "4 closed": "36300444",
    "4 open": "000343 3036",
    "4 open and round": "0002133343 4046",
    "5": "400002334445361605",
    "5 with bar last": "100232443606 1040",
    "6": "301204163645331304",
    "7": "004016",
    "7 with bar": "004016 1333",
    "7 with serif and bar": "01004016 1333",
    "8": "41301001133345361605133341",
    "9 with straight leg": "41301001021333424146",
    "9 in two strokes": "4130100102133342 4046",
}


def lines(glyph):
    """Convert a glyph to strokes: a list of float64 (n, 2)."""
    return [
        np.array([[int(x), int(y)] for x, y in zip(stroke[::2], stroke[1::2], strict=True)], float)
        for stroke in glyph.split()
    ]


def written(alphabet, rng):
    """Write one of an alphabet's glyphs as somebody might: its name, and its strokes.

    Corners move a little, and are more or less rounded.
    """
    name = sorted(alphabet)[rng.integers(len(alphabet))]
    unsteady = rng.uniform(0, UNSTEADY)
    moved = [line + rng.normal(0, unsteady, line.shape) for line in lines(alphabet[name])]
    return name, [rounded(line, rng.integers(0, 3)) for line in moved]


def rounded(points, times):
    """Round the corners by cutting them this many times (Chaikin's curve). The ends stay in place."""
    for _ in range(times):
        begin, step = points[:-1], np.diff(points, axis=0)
        cut = np.stack([begin + step / 4, begin + step * 3 / 4], axis=1).reshape(-1, 2)
        points = np.concatenate([points[:1], cut, points[-1:]])
    return points
