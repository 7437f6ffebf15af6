"""Fuzz strokes: numbers of any size and position become a 28×28 image of the drawing, or are refused."""

import math
from fractions import Fraction

import numpy as np
from drawings import drawings, wild
from hypothesis import strategies as st

from preprocess import affine, despeckle, rasterise, strokes
from preprocess.normalise import BOX, CENTRE, SIZE, from_strokes
from targets.target import Target, attempt

ANY = st.one_of(
    st.floats(),
    st.sampled_from([0.0, -0.0, 5e-324, 1e308, -1.7e308, 1e-305, math.nan, math.inf, -math.inf]),
)
NEAR = st.integers(-3, 3).map(lambda n: 1e9 + n * 2.0**-22)

# Around the image, so that the oracle's pen is never cut off.
MARGIN = SIZE


@st.composite
def shapes(draw):
    """Make an unusual stroke: a straight line, a dot of many points, or a scribble."""
    count = draw(st.integers(1, 40))
    x, y = draw(wild), draw(wild)
    size = draw(st.sampled_from([0.0, 1.0, 1e-9, 1e-300, 1e300, 300.0]))
    rng = np.random.default_rng(draw(st.integers(0, 99)))
    along = rng.random((count, 1)) * draw(st.sampled_from([(1, 0), (0, 1), (1, -2), (0, 0)]))
    where = draw(st.sampled_from([along, rng.random((count, 2))]))
    with np.errstate(over="ignore"):
        return (np.array([x, y]) / 2 + where * size).astype(
            draw(st.sampled_from([np.float64, np.float32, np.longdouble]))
        )


@st.composite
def cases(draw):
    """Make a drawing, and choose whether to straighten it."""
    kinds = [
        drawings(wild, least=0),
        drawings(ANY, least=0),
        drawings(NEAR),
        drawings(st.integers(0, 400)),
        st.lists(shapes(), max_size=4),
    ]
    return draw(st.one_of(kinds)), draw(st.booleans())


def promise(case):
    """The 784 numbers in 0..1 agree with arithmetic that does not round."""
    drawing, straighten = case
    exact = [[tuple(map(exactly, point)) for point in stroke] for stroke in drawing]
    seen = attempt(lambda: from_strokes(drawing, straighten), r"stroke \d+, point \d+ is ", 20)
    points = [point for stroke in exact for point in stroke]
    refused = any(None in point for point in points)
    assert (seen is None) == refused
    if refused:
        return
    assert seen.pixels.shape == (SIZE, SIZE)
    assert seen.pixels.dtype == np.float32
    assert seen.pixels.min() >= 0
    assert seen.pixels.max() <= 1
    assert seen.column.shape == (SIZE * SIZE, 1)
    assert seen.ink == bool(points) == seen.pixels.any()
    if points:
        assert np.isfinite(seen.transform).all()
        assert np.isfinite(seen.centred).all()
        compare(seen, exact, straighten)


def exactly(number):
    """Convert a coordinate to a fraction, or to None if it is not a finite float64."""
    with np.errstate(over="ignore"):
        number = float(number)
    return Fraction(number) if math.isfinite(number) else None


def compare(seen, exact, straighten):
    """Compare with the drawing moved and scaled to 0..1 without rounding, and with a simple pen."""
    normal, is_near = normalised([stroke for stroke in exact if stroke])
    if is_near:
        return  # A rounding error may decide what is a speck.
    here = from_strokes(normal, straighten)
    assert abs(here.pixels - seen.pixels).max() <= 1e-3, "position or size makes a difference"
    small = from_strokes([np.ldexp(stroke, -40) for stroke in normal], straighten)
    assert (small.pixels == here.pixels).all(), "a power of two makes a difference"

    mapped = [affine.apply(here.transform, stroke) for stroke in normal]
    points = np.concatenate(mapped)
    extent = np.ptp(points, axis=0).max()
    assert extent <= BOX - 2 * rasterise.reach(rasterise.WIDTH) + 1e-6
    canvas = drawn(mapped)
    inner = canvas[MARGIN:-MARGIN, MARGIN:-MARGIN]
    assert abs(inner - here.pixels).max() <= 1e-3, "differs from what a pen draws there"
    rows, columns = np.indices(canvas.shape) - MARGIN
    centre = np.array([(columns * canvas).sum(), (rows * canvas).sum()]) / canvas.sum()
    assert abs(centre - CENTRE).max() <= 0.5, f"centred at {centre}"


def normalised(exact):
    """Move and scale strokes to 0..1 in fractions: arrays without specks, and whether a limit was close.

    Ink that is too small to enlarge is one dot.
    """
    axes = list(zip(*(point for stroke in exact for point in stroke), strict=True))
    low = [min(axis) for axis in axes]
    side = max(max(axis) - least for axis, least in zip(axes, low, strict=True))
    smallest = Fraction(strokes.SMALLEST) * max(1, *map(abs, low))
    if abs(side - smallest) < smallest / 10**9:
        return [np.zeros((1, 2))], True
    if side < smallest:
        return [np.zeros((1, 2))], False
    moved = [
        [[(v - least) / side for v, least in zip(p, low, strict=True)] for p in s] for s in exact
    ]
    boxes = [[(min(axis), max(axis)) for axis in zip(*stroke, strict=True)] for stroke in moved]
    sides = [max(high - low for low, high in box) for box in boxes]
    largest = max(sides)
    if largest < despeckle.DOTS:
        return [np.array(stroke, np.float64) for stroke in moved], False
    kept = [
        box for box, side in zip(boxes, sides, strict=True) if side >= despeckle.SMALL * largest
    ]
    lows = [min(box[axis][0] for box in kept) for axis in range(2)]
    highs = [max(box[axis][1] for box in kept) for axis in range(2)]
    left, is_near = [], False
    for stroke, box, size in zip(moved, boxes, sides, strict=True):
        beyond = max(
            max(lows[axis] - box[axis][1], box[axis][0] - highs[axis]) for axis in range(2)
        )
        is_small, is_far = size < despeckle.SMALL * largest, beyond > despeckle.NEAR * largest
        near = abs(size - despeckle.SMALL * largest), abs(beyond - despeckle.NEAR * largest)
        is_near |= min(near) < 1e-9
        if not (is_small and is_far):
            left.append(np.array(stroke, np.float64))
    return left, is_near


def drawn(mapped):
    """Draw strokes at the image's scale with a margin, every pixel against every segment, in float64."""
    size = SIZE + 2 * MARGIN
    y, x = np.indices((size, size)).reshape(2, -1, 1) - MARGIN
    nearest = np.full(size * size, np.inf)
    for stroke in mapped:
        starts, ends = (stroke[:-1], stroke[1:]) if len(stroke) > 1 else (stroke, stroke)
        step = ends - starts
        length = (step**2).sum(axis=1)
        t = ((x - starts[:, 0]) * step[:, 0] + (y - starts[:, 1]) * step[:, 1]) / (
            length + (length == 0)
        )
        t = t.clip(0, 1)
        away = np.hypot(x - starts[:, 0] - t * step[:, 0], y - starts[:, 1] - t * step[:, 1])
        np.minimum(nearest, away.min(axis=1), out=nearest)
    return np.clip(rasterise.WIDTH / 2 + 0.5 - nearest, 0, 1).reshape(size, size)


TARGET = Target("strokes", cases(), promise, 300)
