"""The front door of the worker: what the page may ask of NumPy, one table of functions.

The page calls these by message, with positional arguments; numbers go over in typed arrays. Nothing
may fail while this module is imported, or the page would wait for ever: what goes wrong is kept for
``status`` to tell.

Exports: ``status``, ``open_network``, ``answer``, ``favourite``, ``answer_seconds``,
``feedforward_seconds``.
"""

import js
from pyodide.ffi import to_js

__export__ = [
    "status",
    "open_network",
    "answer",
    "favourite",
    "answer_seconds",
    "feedforward_seconds",
]

trouble = ""
network = None

try:
    from time import perf_counter

    import numpy as np

    import paint
    import showing
    from nn import files, look, pixels
except Exception as error:  # noqa: BLE001, whatever it is, the page has to hear of it
    trouble = f"{type(error).__name__}: {error}"


def status():
    """Say what went wrong while the engine started: "" if nothing did."""
    return trouble


async def open_network(address):
    """Fetch a network's .npz from an absolute address and use it from now on.

    Returns ``dials``, every weight and bias as one Float32Array (see ``showing.dials``). Raises
    ValueError for a file that is not a network; then the network in use stays.
    """
    global network
    response = await js.fetch(address)
    network = files.load((await response.arrayBuffer()).to_bytes())
    return _object(dials=showing.dials(network))


def answer(points, lengths, straighten, pointed=None):
    """Follow strokes through the network.

    points: Float32Array of x, y, x, y, … with y downwards; lengths: the number of points of each
    stroke; straighten: whether to take the slant out; pointed: layer and index of the neuron to look
    into, or [], or nothing. Returns the fields of ``showing.answer`` and ``inside``, those of
    ``showing.inside``.
    """
    strokes = _strokes(points, lengths)
    seen = pixels.from_strokes(strokes, straighten)
    trace, fields = showing.answer(network, seen, strokes)
    layer, index = pointed.to_py() if pointed and pointed.length else (0, 0)
    inside = showing.inside(network, trace, layer, index) if layer else None
    return _object(**fields, inside=inside)


def favourite(layer, index):
    """Find an input that a neuron responds to strongly: the bytes of its picture, grey.

    The same one each time: ``look.favourite`` from one seed.
    """
    size = (pixels.SIZE, pixels.SIZE)
    a = look.favourite(network, layer, index, size, np.random.default_rng(0))
    return to_js(paint.grey(a))


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


def _object(**fields):
    """Make the plain JavaScript object that a message can carry."""
    return to_js(fields, dict_converter=js.Object.fromEntries)
