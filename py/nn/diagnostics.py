"""Census: which hidden neurons still have something to say, counted over many inputs.

Public: ``census`` and ``Census``, and the limits ``SILENT``, ``FULL`` and ``MOSTLY``.
"""

from typing import NamedTuple

import numpy as np

# A sigmoid is never quite 0 or 1: below SILENT it counts as the one, above FULL as the other.
SILENT, FULL = 0.05, 0.95

# The share of the inputs from which on a neuron that is only ever either counts as saturated.
MOSTLY = 0.95


class Census(NamedTuple):
    """For each hidden layer, which of its neurons are dead and which saturated: tuples of bool (n,)."""

    dead: tuple
    saturated: tuple


def census(network, inputs):
    """Look for hidden neurons that are of no use any more: Census.

    A neuron is dead if no input brings its activation above SILENT, or above 0 if it is a ReLU. A sigmoid is
    saturated if it is not dead, but below SILENT or above FULL for MOSTLY of the inputs or more: there its
    slope is nearly 0, so that it hardly learns (at 17:19). A ReLU does not saturate.
    inputs: float32 (784, m). Raises ValueError as ``Network.trace`` does, and for m = 0.
    """
    layers = network.trace(inputs).a[1:-1]
    if not np.shape(inputs)[1]:
        raise ValueError("there are no inputs, expected one at least")
    if network.activation == "relu":
        return Census(
            tuple((a <= 0).all(axis=1) for a in layers),
            tuple(np.zeros(len(a), bool) for a in layers),
        )
    dead = tuple((a <= SILENT).all(axis=1) for a in layers)
    extreme = (((a < SILENT) | (a > FULL)).mean(axis=1) >= MOSTLY for a in layers)
    return Census(dead, tuple(e & ~d for e, d in zip(extreme, dead, strict=True)))
