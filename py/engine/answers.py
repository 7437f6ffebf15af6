"""Answers: what the network in use makes of the pad, of one neuron, and of one layer."""

import numpy as np

from engine import colormap, replies
from engine.offer import offered
from engine.session import session


@offered
def answer(points, lengths, straighten, neuron=None, digit=-1):
    """Send what is on the pad through the network.

    points: x, y, x, y, … with y downwards; lengths: the number of points of each stroke; straighten:
    whether to take the slant out; neuron: layer and index of the neuron to describe as well, or [] or None;
    digit: the index of a test digit to use instead of strokes, or −1. Returns the fields of
    ``Session.answer``.
    """
    if digit < 0:
        session.look_at(_strokes(points, lengths), straighten)
    else:
        session.look_at_digit(digit, straighten)
    return session.answer(*(neuron or ()))


@offered
def rehearse(points, lengths):
    """Return the fields of ``Session.answer`` for strokes that are not on the pad."""
    with session.aside():
        return answer(points, lengths, True)


@offered
def inside(layer, index):
    """Return the fields of ``replies.inside`` for a neuron and what is on the pad, None if there is none."""
    return session.inside(layer, index) if session.has(layer, index) else None


@offered
def favourite(layer, index):
    """Return an input that a neuron responds to strongly, as the bytes of a grey image; None as above."""
    return colormap.grey(session.favourite(layer, index)) if session.has(layer, index) else None


@offered
def gallery():
    """Return ``replies.gallery`` of the network in use."""
    return replies.gallery(session.network)


@offered
def layer(layer):
    """Return the fields of ``replies.layer`` for a layer and what is on the pad, None if there is none."""
    return session.layer(layer) if session.has(layer) else None


@offered
def lines():
    """Return which lines of ``nn/network.py`` and ``nn/activations.py`` run for each layer, input first."""
    return session.lines()


def _strokes(points, lengths):
    points = np.asarray(points, np.float64).reshape(-1, 2)
    ends = np.cumsum(lengths, dtype=int)
    return np.split(points, ends[:-1]) if len(ends) else []
