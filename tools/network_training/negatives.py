"""Make negatives: drawings that are not digits, for which every output should stay dark.

Most kinds are strokes: a list of float64 (n, 2) in any unit, y downwards, never without ink. ``IMAGES`` are
(28, 28) arrays in 0..1 that go straight to the network, because no pen draws them.
"""

import numpy as np

from network_training import doodles, glyphs
from preprocess.normalise import SIZE


def letter(rng):
    """Write a random letter."""
    return glyphs.written(glyphs.LETTERS, rng)[1]


def scribble(rng):
    """Draw a line that wanders at random, long enough to cross itself."""
    count = rng.integers(80, 240)
    turns = np.cumsum(rng.normal(0, rng.uniform(0.2, 1.0), count)) + rng.uniform(0, 2 * np.pi)
    heading = np.cumsum(rng.normal(0, 0.15, count)) + turns
    walk = np.cumsum(np.column_stack([np.cos(heading), np.sin(heading)]), axis=0)
    return [walk - np.linspace(0, rng.uniform(0.3, 0.9), count)[:, None] * walk[-1]]


def knots(rng):
    """Go back and forth between random points, in curves or straight lines."""
    return [glyphs.rounded(rng.uniform(0, 1, (rng.integers(8, 20), 2)), rng.integers(0, 3))]


def sign(rng):
    """Write a random sign: one of mathematics, of money or of punctuation."""
    return glyphs.written(glyphs.SIGNS, rng)[1]


def several(rng, digits):
    """Place two or three digits, each a list of strokes, side by side."""
    strokes, right = [], 0.0
    for digit in digits:
        points = np.concatenate(digit)
        low, high = points.min(axis=0), points.max(axis=0)
        size = rng.uniform(0.8, 1.2) / max((high - low).max(), 1e-9)
        drop = np.array([right, rng.uniform(-0.15, 0.15)])
        strokes += [(stroke - low) * size + drop for stroke in digit]
        right += (high - low)[0] * size + rng.uniform(0.05, 0.45)
    return strokes


def half(rng, digit):
    """Keep the half of a digit above, below, left or right of its middle.

    digit: a list of strokes. If little more than a line would be left, keep the other half; if that is no
    better, return an empty list.
    """
    points = np.concatenate(digit)
    axis, side = rng.integers(2), rng.choice([-1, 1])
    middle = (points[:, axis].min() + points[:, axis].max()) / 2
    least = 0.25 * np.ptp(points, axis=0).max()
    for sign_of in (side, -side):
        beyond = [sign_of * (stroke[:, axis] - middle) > 0 for stroke in digit]
        kept = [run for pair in zip(digit, beyond, strict=True) for run in _runs(*pair)]
        if kept and (np.ptp(np.concatenate(kept), axis=0) > least).all():
            return kept
    return []


def noise(rng):
    """Make white noise of random density and brightness."""
    pixels = rng.random((SIZE, SIZE)) * rng.uniform(0.3, 1)
    return pixels * (rng.random((SIZE, SIZE)) < rng.choice([0.1, 0.3, 1.0]))


def filled(rng):
    """Fill the image, or most of it, with nearly white pixels."""
    pixels = np.zeros((SIZE, SIZE))
    edge = rng.integers(0, 7)
    pixels[edge : SIZE - edge, edge : SIZE - edge] = rng.uniform(0.5, 1)
    return pixels * rng.uniform(0.85, 1, (SIZE, SIZE))


def blank(rng):
    """Make an image with little or no ink."""
    return rng.random((SIZE, SIZE)) * rng.choice([0, 0.05])


KINDS = {
    "letter": letter,
    "scribble": scribble,
    "knots": knots,
    "zigzag": doodles.zigzag,
    "spiral": doodles.spiral,
    "wave": doodles.wave,
    "hatching": doodles.hatching,
    "polygon": doodles.polygon,
    "wheel": doodles.wheel,
    "flower": doodles.flower,
    "arrow": doodles.arrow,
    "sign": sign,
    "smiley": doodles.smiley,
    "star": doodles.star,
    "house": doodles.house,
    "noise": noise,
    "filled": filled,
    "blank": blank,
}
OF_DIGITS = {"several": several, "half": half}
IMAGES = ("noise", "filled", "blank")

# How many times as often as the others a kind is trained on. People like to write 10, or their age; letters
# and signs are of many kinds themselves.
OFTEN = {"several": 4, "letter": 4, "sign": 4}

# Kinds that are never trained on. They show how a network treats drawings that nobody thought of.
HELD_BACK = ("smiley", "star")

# How many random digits to try until one can be halved.
TRIES = 100

# Half of another digit is too often a different digit, or a line.
HALVED = (2, 3, 4, 5)


def draw(kind, rng, digits=()):
    """Make one negative of a kind: strokes, or an image for the kinds in IMAGES.

    digits: a sequence of objects with ``digit`` and ``strokes``, for the kinds in OF_DIGITS. Raises
    ValueError for an unknown kind, and if digits are needed but missing.
    """
    if kind in KINDS:
        return KINDS[kind](rng)
    if kind not in OF_DIGITS or not len(digits):
        raise ValueError(f"cannot make negatives of kind {kind!r} from {len(digits)} digits")
    if kind == "several":
        chosen = rng.integers(len(digits), size=rng.integers(2, 4))
        return several(rng, [digits[number].strokes for number in chosen])
    for _ in range(TRIES):
        digit = digits[rng.integers(len(digits))]
        if digit.digit in HALVED and (kept := half(rng, digit.strokes)):
            return kept
    # No digit tried could be halved.
    return knots(rng)


def _runs(points, keep):
    """Split a stroke into the runs of kept points, each of two points or more."""
    edges = np.flatnonzero(np.diff(keep)) + 1
    return [
        run
        for run, good in zip(np.split(points, edges), np.split(keep, edges), strict=True)
        if good[0] and len(run) > 1
    ]
