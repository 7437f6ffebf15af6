"""How fast a run is said to be."""

from types import SimpleNamespace

import pytest

from engine.learning.stopwatch import LONGEST, Stopwatch


@pytest.fixture
def run():
    return SimpleNamespace(seconds=7.0, images=300)  # it has been training before


def learn(stopwatch, images, seconds):
    stopwatch.run.images += images
    stopwatch.add(seconds)


def test_the_speed_is_known_from_the_first_burst_on(run):
    """A network has learned most of what it learns within a second."""
    stopwatch = Stopwatch(run)
    assert stopwatch.speed == 0
    learn(stopwatch, 100, 0.005)
    assert stopwatch.speed == pytest.approx(20_000)
    learn(stopwatch, 100, 0.015)
    assert stopwatch.speed == pytest.approx(10_000)


def test_the_speed_is_that_of_the_last_second(run):
    """And does not jump within it."""
    stopwatch = Stopwatch(run)
    for _ in range(4):
        learn(stopwatch, 1000, 0.25)
    for _ in range(2):
        learn(stopwatch, 500, 0.25)
        assert stopwatch.speed == pytest.approx(4000)
    for _ in range(2):
        learn(stopwatch, 500, 0.25)
    assert stopwatch.speed == pytest.approx(2000)


def test_a_sleep_is_no_time_of_training(run):
    """A laptop's lid was closed in mid-burst."""
    stopwatch = Stopwatch(run)
    learn(stopwatch, 1000, 3600)
    assert run.seconds == 7 + LONGEST
    assert stopwatch.speed == pytest.approx(1000 / LONGEST)
