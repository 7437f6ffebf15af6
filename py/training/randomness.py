"""The random numbers of a run: each use has its own, so that none depends on what else was drawn."""

import numpy as np

# What random numbers are for. ORDER belongs to an epoch, CHOOSING to a step, and the others to a run.
WEIGHTS, ORDER, VARYING, CHOOSING = range(1, 5)


def generator(seed, purpose, number=0):
    """Make a NumPy Generator for a purpose. number: of the epoch or of the step."""
    return np.random.default_rng([seed, purpose, number])
