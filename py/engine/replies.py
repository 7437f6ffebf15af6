"""Replies: what the engine tells the page, as numbers, arrays, codes and identifiers."""

from itertools import pairwise

import numpy as np

from engine import colormap
from nn import inspection, scoring
from nn.network import Network
from preprocess import affine, rasterise

# More points than this in the outline of a stroke make no visible difference.
OUTLINE_POINTS = 48

# The share of a matrix's weights that are paler than full colour, or just reach it.
FAINTER = 0.99

# The number of terms of a weighted sum that are sent; the page shows some of them.
TERMS = 12

# The number of products that are sent for a digit, and against it.
SPEAKING = 3

# The most neurons whose weights are pictures in the gallery.
GALLERY = 128

# The largest number that is sent to be drawn in a comparison.
LARGEST = 1e6


def answer(network, seen, strokes, trace):
    """Describe what a network makes of its input, and how the ink became that input.

    trace: of the input; strokes: those that were drawn, [] for a test digit.

    - ``a``, ``z``: all activations, input first, and all weighted sums; float32.
    - ``rgba``: the input as the bytes of an image.
    - ``digit``: the answer, or "" for none; ``why``: "", "blank", "apart", "strokes" or "unsure".
    - ``row``: the row of pixels that the page unrolls.
    - ``strongest``: for each neuron after the input, the source of its largest product by size.
    - ``outline``: the strokes as drawn, x, y, x, y, …, with NaN, NaN before each; ``seen``: the matrix, in
      SVG's order, from there to the input; ``frame``: the matrix back; ``box``: left, top, right and bottom
      of the ink in the input. All four are empty without strokes.
    """
    return {
        "a": np.concatenate(trace.a).ravel(),
        "z": np.concatenate(trace.z).ravel(),
        "rgba": colormap.grey(seen.pixels),
        **_verdict(trace, seen),
        "row": _telling_row(seen.pixels),
        "strongest": _strongest(network, trace),
        "outline": _outline(strokes),
        "seen": _matrix(seen.transform) if strokes else [],
        "frame": _matrix(affine.inverse(seen.transform)) if strokes else [],
        "box": _box(strokes, seen.transform) if strokes else [],
    }


def inside(network, trace, layer, index):
    """Describe one neuron: where its activation comes from.

    - ``weights_image``, ``products_image``: the weights, and weight × activation, as the bytes of images
      with a pixel for each source.
    - ``largest``, ``strongest``: the weight and the product that have full colour.
    - the fields of ``inspection.Terms``.
    - ``sides``: of an output, the fields of ``_speaking`` for it and for its rival, the brightest other
      output; [] for any other neuron.
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


def gallery(network):
    """Return the weights of the first layer after the input as the bytes of images, neuron after neuron.

    Only of the first GALLERY neurons; each picture has its own scale.
    """
    weights = network.W[0][:GALLERY]
    largest = np.abs(weights).max(axis=1, keepdims=True)
    return colormap.signed(weights / np.where(largest > 0, largest, 1), 1)


def layer(network, trace, layer):
    """Describe the product W a of one layer, 1 for the first hidden one.

    - ``columns``: the neurons of the layer before that are not dark; the product of a dark one is 0.
    - ``weights``: their weights into every neuron, row by row; ``image``: the same as the bytes of an
      image; ``full``: the size from which a weight has full colour.
    - ``sums``: for each neuron its weighted sum after 0, 1, … all of the columns, without the bias.
    - ``before``: the activations of the columns; ``b``: the biases; ``z``: the sums with them; ``after``: the
      activations.
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

    ``a``: the activations after the input; ``z``: the weighted sums; ``hidden``: the number of hidden
    neurons; ``digit`` and ``why`` as in ``answer``.
    """
    trace = network.trace(seen.column)
    # Huge weights may give infinite sums, which nobody can draw.
    a, z = (
        np.nan_to_num(np.concatenate(arrays).ravel()).clip(-LARGEST, LARGEST)
        for arrays in (trace.a[1:], trace.z)
    )
    return {"a": a, "z": z, "hidden": sum(network.shape[1:-1]), **_verdict(trace, seen)}


def network_in_use(session):
    """Describe the network in use, as ``described`` does."""
    return described(session, session.id)


def described(session, network_id):
    """Describe an open network.

    ``id``, ``shape``, ``activation`` and ``source`` are those of a ``NetworkInfo``; ``dials``: see there;
    ``changed``: see there; ``undo``, ``redo``: whether there is an edit to undo, or to redo.
    """
    opened = session.opened(network_id)
    network, edited = opened.network, changed(opened)
    return {
        "id": network_id,
        "shape": list(network.shape),
        "activation": network.activation,
        "source": "edited" if edited.any() else session.source_of(network_id),
        "dials": dials(network),
        "changed": edited,
        "undo": opened.can_undo,
        "redo": opened.can_redo,
    }


def changed(edited):
    """Tell for each neuron after the input whether its dials have changed: uint8, 1 or 0. edited: Dials."""
    layers = range(1, len(edited.network.shape))
    return np.concatenate([edited.changed(layer) for layer in layers]).astype(np.uint8)


def dials(network):
    """Return every weight and bias in a row: W[0] row by row, then b[0], W[1] and so on; float32."""
    pairs = zip(network.W, network.b, strict=True)
    return np.concatenate([array.ravel() for pair in pairs for array in pair])


def network_of(numbers, shape, activation):
    """Make a network from numbers in the order of ``dials``. Raises ValueError if their count is wrong."""
    W, b, begin = [], [], 0
    for before, after in pairwise(shape):
        middle, end = begin + before * after, begin + before * after + after
        W.append(numbers[begin:middle].reshape(after, before))
        b.append(numbers[middle:end].reshape(after, 1))
        begin = end
    return Network(W, b, activation)


def _verdict(trace, seen):
    """Return ``digit``, "" for none, and ``why`` (see ``answer``)."""
    verdict = scoring.verdict(trace.a[-1], seen.ink, seen.apart, seen.strokes)
    return {"digit": "" if verdict.digit is None else str(verdict.digit), "why": verdict.why}


def _sides(network, trace, output):
    """Describe an output and its rival: the brightest other output, by z, as many activations round to 0."""
    others = trace.z[-1][:, 0].copy()
    others[output] = -np.inf
    return [_speaking(network, trace, side) for side in (output, int(np.argmax(others)))]


def _speaking(network, trace, output):
    """Describe what speaks for and against one digit.

    ``index``, ``a``, ``z`` and ``bias`` are the output's own. ``positive`` and ``negative`` are the sums of
    all positive and of all negative products. ``sources`` and ``products`` are those of the largest
    positive ones, largest first, then of the largest negative ones.
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
    """Choose the size that has full colour. By the largest of all, most weights would look black."""
    sizes = np.sort(np.abs(weights), axis=None)
    return float(sizes[int(FAINTER * (len(sizes) - 1))]) if len(sizes) else 0.0


def _strongest(network, trace):
    """Return the source of the largest product of every neuron: int32, layer after layer."""
    products = [weights * a.T for weights, a in zip(network.W, trace.a, strict=False)]
    return np.concatenate([np.abs(layer).argmax(axis=1) for layer in products]).astype(np.int32)


def _telling_row(picture):
    """Choose the row with the most change between black and white; of equals, the one nearest the middle."""
    happens = np.abs(np.diff(picture, axis=1)).sum(axis=1)
    off_middle = np.abs(np.arange(len(picture)) - len(picture) / 2)
    return int(np.argmax(happens - off_middle / len(picture)))


def _outline(strokes):
    """Return the strokes with about OUTLINE_POINTS points each, to a tenth: see ``answer``.

    float64, because a float32's tenths are long as text.
    """
    parts = []
    for stroke in strokes:
        step = max(1, -(-len(stroke) // OUTLINE_POINTS))
        # The last point is always there. A dot has it twice, for a line of no length.
        parts += [[[np.nan, np.nan]], stroke[:-1:step] if len(stroke) > 1 else stroke, stroke[-1:]]
    return np.concatenate(parts).round(1).ravel() if parts else np.zeros(0)


def _box(strokes, road):
    points = affine.apply(road, np.concatenate(strokes))
    reach = rasterise.reach(rasterise.WIDTH)
    return [*(points.min(axis=0) - reach), *(points.max(axis=0) + reach)]


def _matrix(road):
    """Return a 2×3 matrix in the order of SVG's matrix()."""
    return road.T.ravel()
