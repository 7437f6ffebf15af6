"""Hypothesis settings and fixtures that several tests of numerical code share."""

import sys

import numpy as np
import pytest
from hypothesis import HealthCheck, settings

# Derandomised, so that a test fails for everybody or for nobody. Python is ten times slower in the browser,
# so fewer of the same examples are tried there.
settings.register_profile(
    "plain",
    max_examples=15 if sys.platform == "emscripten" else 100,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("plain")


@pytest.fixture
def rng():
    """Random numbers, the same in every test and run."""
    return np.random.default_rng(20171005)


@pytest.fixture
def seven():
    """A 7 as drawn on a pad 400 wide: one stroke of 21 points."""
    bar = np.column_stack([np.linspace(100, 260, 9), np.linspace(90, 84, 9)])
    down = np.column_stack([np.linspace(260, 170, 13), np.linspace(84, 330, 13)])
    return [np.concatenate([bar, down[1:]])]


@pytest.fixture
def four():
    """A 4 in two strokes that leans to the right."""
    return [
        np.array([[180.0, 80], [150, 150], [110, 220], [190, 226], [270, 222]]),
        np.array([[240.0, 130], [225, 220], [205, 330]]),
    ]
