"""The visitor's own digits: as the network's inputs, and as the network in use reads them."""

import json

import numpy as np

from engine.offer import offered
from engine.session import session
from nn import scoring
from preprocess import normalise


@offered
def inputs(drawings, straighten):
    """Return the network's input for each drawing, as ``answer`` makes it: float32, 784 numbers each.

    drawings: JSON, a list of drawings, each a list of strokes, each a list of [x, y]; straighten: as in
    ``answer``. What is on the pad stays there.
    """
    seen = [normalise.from_strokes(drawing, straighten) for drawing in json.loads(drawings)]
    return np.concatenate([each.pixels.ravel() for each in seen])


@offered
def readings(inputs):
    """Return the brightest output of the network in use for each input, as integers."""
    images = np.asarray(inputs, np.float32).reshape(-1, normalise.SIZE**2)
    return scoring.choices(session.network.feedforward(images.T)).astype(np.int32)
