"""What the page is shown: answers as plain arrays, worked out of the network's own numbers.

Public: ``answer``, ``inside``, ``layer``, ``side``, ``turned``, ``changed``, ``dials`` and ``network_of``.
Nothing here knows a browser; ``engine`` sends it over.
"""

import numpy as np

from engine import colormap, comparison
from nn import inspection, scoring
from nn.network import Network
from preprocess import affine, rasterise

# More points than this in the outline of a stroke cannot be told apart at the size of a picture.
OUTLINE_POINTS = 48

# The share of a matrix's weights that are paler than full colour, or just have it.
FAINTER = 0.99

# The terms of a weighted sum that are sent; the page shows some of them.
TERMS = 12

# The largest products that speak for a digit, and as many against it.
SPEAKING = 3


def answer(network, seen, strokes, trace):
    """Describe what a network makes of what it sees, and the ink's way into the picture.

    trace: of what is seen; strokes: those it was drawn with, [] for a picture that nobody drew here.

    Gives ``a`` (all activations, input first) and ``z`` (all weighted sums), float32; ``rgba``, the
    input as the bytes of an image; ``digit`` ("" for none) and ``why`` ("", "blank" or "unsure");
    ``row``, the row of pixels to unroll; ``outline``, an SVG path of the strokes as drawn, ``seen``,
    the SVG matrix that takes it into the picture, ``frame``, the one back, ``box``, left, top, right
    and bottom of the ink in the picture; all [] without strokes. ``strongest`` is, for each neuron
    after the input, the one of the layer before whose product is largest by size.
    """
    return {
        "a": np.concatenate(trace.a).ravel(),
        "z": np.concatenate(trace.z).ravel(),
        "rgba": colormap.grey(seen.pixels),
        **_verdict(trace, seen),
        "row": _telling_row(seen.pixels),
        "strongest": _strongest(network, trace),
        "outline": " ".join(_outline(stroke) for stroke in strokes),
        "seen": _matrix(seen.transform) if strokes else [],
        "frame": _matrix(affine.inverse(seen.transform)) if strokes else [],
        "box": _box(strokes, seen.transform) if strokes else [],
    }


def inside(network, trace, layer, index):
    """Describe one neuron: where its number comes from.

    Gives ``weights_image`` and ``products_image`` (weights × activations now), the bytes of images, a
    pixel for each neuron of the layer before; ``largest``, the weight that has full colour, and
    ``strongest``, the product that has; the fields of ``inspection.Terms``; and as ``sides`` what speaks for
    and against it and its rival, the brightest of the other outputs (see ``_speaking``); [] for a neuron
    that is no output.
    """
    weights = network.W[layer - 1][index]
    products = weights * trace.a[layer - 1][:, 0]
    largest, strongest = float(np.abs(weights).max()), float(np.abs(products).max())
    return {
        "weights_image": colormap.signed(weights, largest),
        "products_image": colormap.signed(products, strongest),
        "largest": largest,
        "strongest": strongest,
        **inspection.terms(network, trace, layer, index, TERMS)._asdict(),
        "sides": _sides(network, trace, index) if layer == len(network.W) else [],
    }


def layer(network, trace, layer):
    """Show the product W a of one layer, 1 for the first hidden one, with the columns that count.

    Gives ``columns``, the neurons of the layer before that are not dark (the product of a dark one is
    0), ``weights``, theirs of every neuron, row by row, ``image``, the bytes of them as an image, ``full``,
    the size from which on weights have full colour, and ``sums``, for each neuron the weighted sum after
    0, 1, … all of the columns, without the bias; a row of one more than the columns. ``before`` is what the
    columns hold, ``b`` the biases, ``z`` the sums with them, and ``after`` those squished.
    """
    before = trace.a[layer - 1][:, 0]
    columns = np.flatnonzero(before)
    weights = network.W[layer - 1][:, columns]
    full = _full(weights)
    sums = np.zeros((len(weights), len(columns) + 1), np.float32)
    np.cumsum(weights * before[columns], axis=1, out=sums[:, 1:])
    return {
        "columns": columns.astype(np.int32),
        "weights": weights.ravel(),
        "image": colormap.signed(weights, full),
        "full": full,
        "sums": sums.ravel(),
        "before": before[columns],
        "b": network.b[layer - 1].ravel(),
        "z": trace.z[layer - 1].ravel(),
        "after": trace.a[layer].ravel(),
    }


def side(network, seen):
    """Describe a network beside another, on the same input.

    Gives ``curve``, ``layers`` and ``spoken`` (see ``sides``), how many neurons are ``hidden``, ``digit`` and
    ``why`` as ``answer`` does, and the ``brightest`` output's activation.
    """
    trace = network.trace(seen.column)
    verdict = _verdict(trace, seen)
    hidden = sum(network.shape[1:-1])
    a, z = (np.concatenate(arrays).ravel().tolist() for arrays in (trace.a[1:], trace.z))
    return {
        "curve": comparison.curve(z[:hidden], a[:hidden], network.activation == "relu"),
        "layers": comparison.layers(network.shape, a, verdict["digit"]),
        "spoken": comparison.spoken(network.shape, a),
        "hidden": hidden,
        "brightest": max(a[hidden:]),
        **verdict,
    }


def turned(hand):
    """Describe a network whose dials are being turned; hand: its Dials.

    Gives its ``dials``, which neurons are ``changed``, and whether there is something to ``undo`` and to
    ``redo``.
    """
    return {
        "dials": dials(hand.network),
        "changed": changed(hand),
        "undo": hand.can_undo,
        "redo": hand.can_redo,
    }


def changed(hand):
    """Tell of each neuron after the input whether it is not as it was shipped: uint8, 1 or 0."""
    layers = range(1, len(hand.network.shape))
    return np.concatenate([hand.changed(layer) for layer in layers]).astype(np.uint8)


def dials(network):
    """Line up every weight and bias: W[0] row by row, then b[0], W[1] and so on; float32."""
    pairs = zip(network.W, network.b, strict=True)
    return np.concatenate([array.ravel() for pair in pairs for array in pair])


def network_of(numbers, like):
    """Make a network of numbers in the order of ``dials``, with the shape and activation of another."""
    W, b, begin = [], [], 0
    for weights, biases in zip(like.W, like.b, strict=True):
        middle = begin + weights.size
        W.append(numbers[begin:middle].reshape(weights.shape))
        begin = middle + biases.size
        b.append(numbers[middle:begin].reshape(biases.shape))
    return Network(W, b, like.activation)


def _verdict(trace, seen):
    """Give ``digit``, "" for none, and ``why`` as text."""
    verdict = scoring.verdict(trace.a[-1], seen.ink)
    return {"digit": "" if verdict.digit is None else str(verdict.digit), "why": verdict.why}


def _sides(network, trace, output):
    """Describe an output and its rival, the brightest of the others: by z, as many round to an a of 0."""
    others = trace.z[-1][:, 0].copy()
    others[output] = -np.inf
    return [_speaking(network, trace, side) for side in (output, int(np.argmax(others)))]


def _speaking(network, trace, output):
    """Tell what speaks for and against one digit.

    Gives its ``index``, ``a``, ``z`` and ``bias``; ``positive`` and ``negative``, the sums of all positive
    and of all negative products; and the largest of each, largest first: ``sources`` of the positive
    ones, then of the negative ones, with their ``products``.
    """
    products = network.W[-1][output] * trace.a[-2][:, 0]
    order = np.argsort(-products, kind="stable")
    speaking = [source for source in order[:SPEAKING] if products[source] > 0]
    speaking += [source for source in order[: -SPEAKING - 1 : -1] if products[source] < 0]
    return {
        "index": output,
        "a": float(trace.a[-1][output, 0]),
        "z": float(trace.z[-1][output, 0]),
        "bias": float(network.b[-1][output, 0]),
        "positive": float(products[products > 0].sum(dtype=np.float64)),
        "negative": float(products[products < 0].sum(dtype=np.float64)),
        "sources": np.array(speaking, np.int32),
        "products": products[speaking],
    }


def _full(weights):
    """Choose the size that has full colour: a few weights are so large that all others would look black."""
    sizes = np.sort(np.abs(weights), axis=None)
    return float(sizes[int(FAINTER * (len(sizes) - 1))]) if len(sizes) else 0.0


def _strongest(network, trace):
    """Find the source of the largest product of every neuron: int32, layer after layer."""
    products = [weights * a.T for weights, a in zip(network.W, trace.a, strict=False)]
    return np.concatenate([np.abs(layer).argmax(axis=1) for layer in products]).astype(np.int32)


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
    reach = rasterise.reach(rasterise.WIDTH)
    return [*(points.min(axis=0) - reach), *(points.max(axis=0) + reach)]


def _matrix(road):
    """Put a 2×3 map in the order of SVG's matrix()."""
    return road.T.ravel()
