"""The front door of the worker: what the page may ask of NumPy, one table of functions.

The page calls these by message, with positional arguments; numbers go over in typed arrays. Nothing
may fail while this module is imported, or the page would wait for ever: what goes wrong is kept for
``status`` to tell. What they do is in ``session``; here is only the way over.

Exports: those of ``__export__``.
"""

import asyncio

import js
from pyodide.ffi import to_js

__export__ = [
    "status",
    "open_network",
    "turn",
    "answer",
    "rehearse",
    "inside",
    "favourite",
    "layer",
    "fetch_digits",
    "find_digit",
    "digit",
    "accuracy",
    "compare",
    "lines",
    "run",
    "complete",
    "answer_seconds",
    "feedforward_seconds",
]

trouble = ""
session = None

try:
    from time import perf_counter

    import numpy as np

    from boot import on_demand
    from datasets import test_digits
    from engine import colormap, replies
    from engine.session import TESTED, Session
    from nn import files

    session = Session()
except Exception as error:  # noqa: BLE001, whatever it is, the page has to hear of it
    trouble = f"{type(error).__name__}: {error}"


def status():
    """Say what went wrong while the engine started: "" if nothing did."""
    return trouble


async def open_network(name, address, turned):
    """Use a network from now on: fetched from an absolute address when it is first asked for.

    turned: the dials that it had in a worker before this one, or []. Returns the fields of
    ``replies.turned``. Raises ValueError for a file that is not a network; then the one in use stays.
    """
    await _know(name, address, turned)
    session.use(name)
    return _dials()


def turn(action, arguments, gesture):
    """Turn dials (see ``turns``). Returns the fields of ``replies.turned``, and ``refused``.

    ``refused`` is why nothing was turned, or "".
    """
    refused = ""
    try:
        session.turn(action, arguments.to_py(), gesture)
    except ValueError as error:
        refused = str(error)
    return _dials(refused=refused)


def answer(points, lengths, straighten, pointed=None, digit=-1):
    """Follow what is on the pad through the network.

    points: Float32Array of x, y, x, y, … with y downwards; lengths: the number of points of each
    stroke; straighten: whether to take the slant out; pointed: layer and index of the neuron to look
    into, or [], or nothing; digit: a test digit instead of strokes, from 0. Returns the fields of
    ``Session.answer``.
    """
    if digit < 0:
        session.look_at(_strokes(points, lengths), straighten)
    else:
        session.look_at_digit(digit, straighten)
    return _object(**session.answer(*(pointed.to_py() if pointed else [])))


def rehearse(points, lengths):
    """Give the fields of ``Session.answer`` for strokes that are not on the pad."""
    with session.aside():
        return answer(points, lengths, True)


def inside(layer, index):
    """Look into a neuron, as things are on the pad: the fields of ``replies.inside``."""
    return _object(**session.inside(layer, index))


def favourite(layer, index):
    """Find an input that a neuron responds to strongly: the bytes of its picture, grey."""
    return to_js(colormap.grey(session.favourite(layer, index)))


def layer(layer):
    """Show a layer's product with what is on the pad: the fields of ``replies.layer``."""
    return _object(**session.layer(layer))


async def fetch_digits(address):
    """Fetch the test digits from an absolute address, if they are not there yet: "", or why not."""
    try:
        if session.digits is None:
            # They are shuffled by NumPy's random numbers, which nothing before has needed.
            packed, _ = await asyncio.gather(_bytes(address), on_demand.bring("numpy.random"))
            session.digits = test_digits.unpack(packed)
    except Exception as error:  # noqa: BLE001, the page works without them, and has to say why it does
        return str(error)
    return ""


def find_digit(label):
    """Choose a test digit at random, one of a label or, for −1, of any: ``index``, ``label``, ``rgba``."""
    return digit(session.digits.find(None if label < 0 else label, np.random.default_rng()))


def digit(index):
    """Give a test digit by its index: ``index``, ``label``, ``rgba``; nothing if there is none."""
    digits = session.digits
    if index not in range(len(digits.labels)):
        return None
    rgba = colormap.ink(digits.images[index])
    return _object(index=index, label=int(digits.labels[index]), rgba=rgba)


async def accuracy():
    """Measure the network on the first test digits: ``now``, ``before`` it was turned, and ``of``."""
    await _prepared()
    now, before = session.accuracy(), session.accuracy(session.dials.original)
    return _object(now=now, before=before, of=TESTED)


async def compare(names, addresses, turned):
    """Describe networks side by side: ``Session.compare`` of each, after opening those that are new.

    turned: for each the dials that it had in a worker before this one, or [].
    """
    for name, address, dials in zip(names, addresses, turned, strict=True):
        await _know(name, address, dials)
    if session.digits:
        await _prepared()
    return to_js(session.compare(list(names)), dict_converter=js.Object.fromEntries)


def lines():
    """List the lines of ``nn/network.py`` and ``nn/activations.py`` that run for each layer, input first."""
    return to_js(session.lines(), dict_converter=js.Object.fromEntries)


def run(source):
    """Run Python that was typed. Returns ``text`` to show, whether it ``failed``, and the dials after it.

    ``more`` says that it is not complete, and nothing was run; ``turned`` that the dials are others than
    before. Those are the fields of ``replies.turned``. While it runs, what it prints is posted to the page
    as ``{ printed }``, after an empty one that says that it has begun.
    """
    if session.needs_more(source):
        return _dials(text="", failed=False, more=True, turned=False)
    before = session.network
    _post("")
    output = session.run(source, _post)
    return _dials(**output._asdict(), more=False, turned=session.network is not before)


def complete(source, cursor):
    """List how a name before the cursor may go on: ``start``, where it begins, and ``words``."""
    start, words = session.complete(source, cursor)
    return _object(start=start, words=words)


def answer_seconds(points, lengths, repeats):
    """Time the whole of ``answer`` but for the messages: seconds of each of so many repeats."""
    return to_js([_seconds(lambda: answer(points, lengths, True)) for _ in range(repeats)])


def feedforward_seconds(inputs, repeats):
    """Time one feedforward of so many inputs at once: seconds of each of so many repeats."""
    network = session.network
    a = np.random.default_rng(0).random((network.shape[0], inputs), np.float32)
    return to_js([_seconds(lambda: network.feedforward(a)) for _ in range(repeats)])


async def _know(name, address, turned):
    """Open a network that is new here, and turn its dials as they were elsewhere, if they were."""
    if not session.knows(name):
        opened = files.load(await _bytes(address))
        session.open(
            name, opened, np.asarray(turned.to_py(), np.float32) if turned.length else None
        )


async def _bytes(address):
    response = await js.fetch(address)
    return (await response.arrayBuffer()).to_bytes()


async def _prepared():
    """Prepare the test digits a few at a time, so that the pen is answered in between."""
    while not session.prepare():
        await asyncio.sleep(0)


def _post(text):
    js.postMessage(_object(printed=text))


def _seconds(work):
    start = perf_counter()
    work()
    return perf_counter() - start


def _strokes(points, lengths):
    points = np.asarray(points.to_py(), np.float64).reshape(-1, 2)
    ends = np.cumsum(lengths.to_py(), dtype=int)
    return np.split(points, ends[:-1]) if len(ends) else []


def _dials(**fields):
    """Make a reply of how the dials of the network in use are now, and of other fields."""
    return _object(**replies.turned(session.dials), name=session.name, **fields)


def _object(**fields):
    """Make the plain JavaScript object that a message can carry."""
    return to_js(fields, dict_converter=js.Object.fromEntries)
