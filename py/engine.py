"""The front door of the worker: what the page may ask of NumPy, one table of functions.

The page calls these by message, with positional arguments; numbers go over in typed arrays. Nothing
may fail while this module is imported, or the page would wait for ever: what goes wrong is kept for
``status`` to tell.

Exports: ``status``, ``open_network``, ``answer``, ``answer_seconds``, ``feedforward_seconds``.
"""

import js
from pyodide.ffi import to_js

__export__ = ["status", "open_network", "answer", "answer_seconds", "feedforward_seconds"]

# More points than this in the outline of a stroke cannot be told apart at the size of a picture.
OUTLINE_POINTS = 48

trouble = ""
network = None

try:
    from time import perf_counter

    import numpy as np

    from nn import affine, files, pen, pixels, scoring
except Exception as error:  # noqa: BLE001, whatever it is, the page has to hear of it
    trouble = f"{type(error).__name__}: {error}"


def status():
    """Say what went wrong while the engine started: "" if nothing did."""
    return trouble


async def open_network(address):
    """Fetch a network's .npz from an absolute address and use it from now on.

    Returns ``dials``, every weight and bias as one Float32Array: W[0] row by row, then b[0], W[1] and
    so on. Raises ValueError for a file that is not a network; then the network in use stays.
    """
    global network
    response = await js.fetch(address)
    network = files.load((await response.arrayBuffer()).to_bytes())
    dials = [array.ravel() for pair in zip(network.W, network.b, strict=True) for array in pair]
    return _object(dials=np.concatenate(dials))


def answer(points, lengths, straighten):
    """Follow strokes through the network.

    points: Float32Array of x, y, x, y, … with y downwards; lengths: the number of points of each
    stroke; straighten: whether to take the slant out. Returns ``a`` (all activations, input first)
    and ``z`` (all weighted sums), Float32Arrays; ``rgba``, the input as the bytes of a 28×28 image;
    ``digit`` ("" for none) and ``why`` ("", "blank" or "unsure"); ``row``, the row of
    pixels to unroll. And the ink's way into the picture: ``outline``, an SVG path of the strokes as
    drawn, ``seen``, the SVG matrix that takes it into the picture, ``frame``, the one back, ``box``, left,
    top, right and bottom of the ink in the picture; all [] if there is no ink.
    """
    strokes = _strokes(points, lengths)
    seen = pixels.from_strokes(strokes, straighten)
    trace = network.trace(seen.column)
    verdict = scoring.verdict(trace.a[-1], seen.ink)
    return _object(
        a=np.concatenate(trace.a).ravel(),
        z=np.concatenate(trace.z).ravel(),
        rgba=_rgba(seen.pixels),
        digit="" if verdict.digit is None else str(verdict.digit),
        why=verdict.why,
        row=_telling_row(seen.pixels),
        outline=" ".join(_outline(stroke) for stroke in strokes),
        seen=_matrix(seen.seen) if seen.ink else [],
        frame=_matrix(affine.inverse(seen.seen)) if seen.ink else [],
        box=_box(strokes, seen.seen) if seen.ink else [],
    )


def answer_seconds(points, lengths, repeats):
    """Time the whole of ``answer`` but for the messages: seconds of each of so many repeats."""
    return to_js([_seconds(lambda: answer(points, lengths, True)) for _ in range(repeats)])


def feedforward_seconds(inputs, repeats):
    """Time one feedforward of so many inputs at once: seconds of each of so many repeats."""
    a = np.random.default_rng(0).random((network.shape[0], inputs), np.float32)
    return to_js([_seconds(lambda: network.feedforward(a)) for _ in range(repeats)])


def _seconds(work):
    start = perf_counter()
    work()
    return perf_counter() - start


def _strokes(points, lengths):
    points = np.asarray(points.to_py(), np.float64).reshape(-1, 2)
    ends = np.cumsum(lengths.to_py(), dtype=int)
    return np.split(points, ends[:-1]) if len(ends) else []


def _outline(stroke):
    """Write a stroke as an SVG path of about OUTLINE_POINTS points at most; a dot is a line of no length."""
    step = max(1, -(-len(stroke) // OUTLINE_POINTS))
    points = np.vstack([stroke[:-1:step], stroke[-1:]])
    return (
        "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + ("h0" if len(points) == 1 else "")
    )


def _telling_row(picture):
    """Choose the row in which most happens: from black to white and back; of equals the middle one."""
    happens = np.abs(np.diff(picture, axis=1)).sum(axis=1)
    off_middle = np.abs(np.arange(len(picture)) - len(picture) / 2)
    return int(np.argmax(happens - off_middle / len(picture)))


def _box(strokes, road):
    points = affine.apply(road, np.concatenate(strokes))
    reach = pen.reach(pen.WIDTH)
    return [*(points.min(axis=0) - reach), *(points.max(axis=0) + reach)]


def _matrix(road):
    """Put a 2×3 map in the order of SVG's matrix()."""
    return road.T.ravel()


def _rgba(grey):
    image = np.empty((*grey.shape, 4), np.uint8)
    image[..., :3] = np.rint(grey * 255)[..., None]
    image[..., 3] = 255
    return image.ravel()


def _object(**fields):
    """Make the plain JavaScript object that a message can carry."""
    return to_js(fields, dict_converter=js.Object.fromEntries)
