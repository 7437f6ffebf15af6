"""Share the numeric fixtures with the tests of this folder, and make runs."""

import prepared_digits
import pytest
from numeric import *  # noqa: F403, pytest finds fixtures by their names

from training import settings, weights
from training.batches import Batches, Images
from training.run import Run


@pytest.fixture(scope="session")
def images():
    """The first 5,000 training images."""
    arrived = Images()
    arrived.add(prepared_digits.training(5_000))
    return arrived


@pytest.fixture
def run_with(images):
    """Make a run from random weights, with the default settings except for those given."""

    def make(shape=(784, 16, 16, 10), activation="relu", own=None, **changes):
        chosen = settings.default(shape, activation)._replace(**{"count": 5_000} | changes)
        return Run(chosen, weights.random(chosen), Batches(images, own))

    return make
