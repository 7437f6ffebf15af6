"""What the page is shown: answers as plain arrays, worked out of the network's own numbers.

Public: ``answer``, ``inside`` and ``dials``. Nothing here knows a browser; ``engine`` sends it over.
"""

import numpy as np

import paint
from nn import affine, look, pen, scoring

# More points than this in the outline of a stroke cannot be told apart at the size of a picture.
OUTLINE_POINTS = 48

# The terms of a weighted sum that are sent; the page shows some of them.
TERMS = 12


def answer(network, seen, strokes):
    """Describe what a network makes of what it sees, and the ink's way into the picture.

    Gives ``a`` (all activations, input first) and ``z`` (all weighted sums), float32; ``rgba``, the
    input as the bytes of an image; ``digit`` ("" for none) and ``why`` ("", "blank" or "unsure");
    ``row``, the row of pixels to unroll; ``outline``, an SVG path of the strokes as drawn, ``seen``,
    the SVG matrix that takes it into the picture, ``frame``, the one back, ``box``, left, top, right
    and bottom of the ink in the picture; all [] without ink. And the Trace itself, which stays here.
    """
    trace = network.trace(seen.column)
    verdict = scoring.verdict(trace.a[-1], seen.ink)
    return trace, {
        "a": np.concatenate(trace.a).ravel(),
        "z": np.concatenate(trace.z).ravel(),
        "rgba": paint.grey(seen.pixels),
        "digit": "" if verdict.digit is None else str(verdict.digit),
        "why": verdict.why,
        "row": _telling_row(seen.pixels),
        "outline": " ".join(_outline(stroke) for stroke in strokes),
        "seen": _matrix(seen.seen) if seen.ink else [],
        "frame": _matrix(affine.inverse(seen.seen)) if seen.ink else [],
        "box": _box(strokes, seen.seen) if seen.ink else [],
    }


def inside(network, trace, layer, index):
    """Describe one neuron: where its number comes from.

    Gives ``weights_image`` and ``products_image`` (weights × activations now), the bytes of images, a
    pixel for each neuron of the layer before; ``largest``, the weight that has full colour, and
    ``strongest``, the product that has; and the fields of ``look.Terms``.
    """
    weights = network.W[layer - 1][index]
    products = weights * trace.a[layer - 1][:, 0]
    largest, strongest = float(np.abs(weights).max()), float(np.abs(products).max())
    return {
        "weights_image": paint.signed(weights, largest),
        "products_image": paint.signed(products, strongest),
        "largest": largest,
        "strongest": strongest,
        **look.terms(network, trace, layer, index, TERMS)._asdict(),
    }


def dials(network):
    """Line up every weight and bias: W[0] row by row, then b[0], W[1] and so on; float32."""
    pairs = zip(network.W, network.b, strict=True)
    return np.concatenate([array.ravel() for pair in pairs for array in pair])


def _telling_row(picture):
    """Choose the row in which most happens: from black to white and back; of equals the middle one."""
    happens = np.abs(np.diff(picture, axis=1)).sum(axis=1)
    off_middle = np.abs(np.arange(len(picture)) - len(picture) / 2)
    return int(np.argmax(happens - off_middle / len(picture)))


def _outline(stroke):
    """Write a stroke as an SVG path of about OUTLINE_POINTS points at most; a dot has no length."""
    step = max(1, -(-len(stroke) // OUTLINE_POINTS))
    points = np.vstack([stroke[:-1:step], stroke[-1:]])
    return (
        "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + ("h0" if len(points) == 1 else "")
    )


def _box(strokes, road):
    points = affine.apply(road, np.concatenate(strokes))
    reach = pen.reach(pen.WIDTH)
    return [*(points.min(axis=0) - reach), *(points.max(axis=0) + reach)]


def _matrix(road):
    """Put a 2×3 map in the order of SVG's matrix()."""
    return road.T.ravel()
