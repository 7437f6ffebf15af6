"""The random numbers of a run: each use has its own, so that none depends on what else was drawn."""

import numpy as np

# What random numbers are for. The first two belong to a run and to an epoch, the others to a step.
WEIGHTS, ORDER, VARYING, CHOOSING, VARYING_OWN = range(1, 6)


def generator(seed, purpose, number=0):
    """Make a NumPy Generator for a purpose. number: of the epoch or of the step."""
    return np.random.default_rng([seed, purpose, number])
