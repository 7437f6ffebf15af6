"""Files: the network in use as a file or a notebook, the drawing as a file, and a network from a file."""

import io

import numpy as np

from engine import replies
from engine.learning import notebook
from engine.offer import offered
from engine.session import session
from nn import files
from nn.checks import BadFile
from preprocess import normalise

# The networks that the page can draw; the console may make others.
INPUTS, OUTPUTS = normalise.SIZE**2, 10
MOST_LAYERS, MOST_NEURONS = 3, 128


@offered
def save_network():
    """Return the network in use as ``file``: the bytes of an .npz as in ``weights/``."""
    return {"file": _bytes(_packed(session.network))}


@offered
def save_drawing():
    """Return the picture on the pad as ``file``: the bytes of an .npy, float32 (784, 1)."""
    file = io.BytesIO()
    np.save(file, _drawing(session.answer()))
    return {"file": _bytes(file.getvalue())}


@offered
def save_notebook():
    """Return the network in use and the picture on the pad as ``file``: the bytes of a notebook."""
    answer = session.answer()
    drawing = _drawing(answer).astype("<f4").tobytes()
    written = notebook.write(session.network, _packed(session.network), drawing, answer)
    return {"file": _bytes(written.encode())}


@offered
def open_file(content, network_id):
    """Use the network in an .npz from now on, under an id.

    content: the bytes of the file. Returns ``replies.network_in_use``. If the file is refused, nothing
    changes, and the reply has only ``refused``: ``code`` and ``array`` of a BadFile, or the code ``inputs``,
    ``outputs``, ``hidden`` (too many hidden layers) or ``neurons`` (too many in one), with the number
    ``found`` and the ``limit``.
    """
    try:
        network = files.load(content)
    except BadFile as error:
        return {"refused": {"code": error.code, "array": error.array}}
    refused = _unfit(network.shape)
    if refused:
        return {"refused": refused}
    session.open(network_id, network, source="file")
    session.use(network_id)
    return replies.network_in_use(session)


def _unfit(shape):
    """Say why the page cannot show a network of a shape, or return None."""
    inputs, *hidden, outputs = shape
    for code, found, limit, fits in (
        ("inputs", inputs, INPUTS, inputs == INPUTS),
        ("outputs", outputs, OUTPUTS, outputs == OUTPUTS),
        ("hidden", len(hidden), MOST_LAYERS, len(hidden) <= MOST_LAYERS),
        ("neurons", max(hidden, default=0), MOST_NEURONS, max(hidden, default=0) <= MOST_NEURONS),
    ):
        if not fits:
            return {"code": code, "found": found, "limit": limit}
    return None


def _packed(network):
    file = io.BytesIO()
    files.save(file, network)
    return file.getvalue()


def _drawing(answer):
    """Return the 784 pixels as a column; they are the first activations."""
    return answer["a"][:INPUTS].reshape(-1, 1)


def _bytes(content):
    return np.frombuffer(content, np.uint8)
