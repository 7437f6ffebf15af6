"""Find hidden neurons that no longer tell inputs apart."""

from typing import NamedTuple

import numpy as np

# A sigmoid is never exactly 0 or 1. Activations below SILENT count as 0, and above FULL as 1.
SILENT, FULL = 0.05, 0.95

# A neuron is saturated if at least this share of its activations counts as 0 or 1.
MOSTLY = 0.95


class Diagnosis(NamedTuple):
    """Which neurons of each hidden layer are dead, and which are saturated: tuples of bool (n,)."""

    dead: tuple
    saturated: tuple


def diagnose(network, inputs):
    """Find the dead and saturated neurons of a network: Diagnosis.

    A sigmoid neuron is dead if no input brings its activation above SILENT, a ReLU neuron if none brings it
    above 0. A sigmoid neuron that is not dead is saturated if it is below SILENT or above FULL for at least
    MOSTLY of the inputs. Its slope there is nearly 0, so it hardly learns (at 17:19). A ReLU does not
    saturate. inputs: float32 (784, m). Raises ValueError as ``Network.trace`` does, and for m = 0.
    """
    layers = network.trace(inputs).a[1:-1]
    if not np.shape(inputs)[1]:
        raise ValueError("there are no inputs, expected at least one")
    if network.activation == "relu":
        return Diagnosis(
            tuple((a <= 0).all(axis=1) for a in layers),
            tuple(np.zeros(len(a), bool) for a in layers),
        )
    dead = tuple((a <= SILENT).all(axis=1) for a in layers)
    extreme = (((a < SILENT) | (a > FULL)).mean(axis=1) >= MOSTLY for a in layers)
    return Diagnosis(dead, tuple(e & ~d for e, d in zip(extreme, dead, strict=True)))
