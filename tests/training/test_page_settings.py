"""The page and the engine agree on the settings of a training run."""

from page.engine_client import training_settings as page
from training import settings as engine


def test_ranges_and_rates_are_the_same():
    """The page needs them before the engine's module has been fetched."""
    assert page.RANGES == engine.RANGES
    assert page.RATES == engine.RATES
    assert (page.HIDDEN_LAYERS, page.NEURONS) == (engine.HIDDEN_LAYERS, engine.NEURONS)


def test_defaults_are_the_same():
    """But for the shape, the activation and the rate, which follow the network in use."""
    found = engine.write(engine.default((784, 10), "sigmoid"))
    for name, value in page.defaults(memory=8).items():
        assert found.pop(name) == value, name
    assert found.keys() == {"shape", "activation", "rate"}


def test_a_device_with_little_memory_learns_from_fewer_images():
    """Unless it is told otherwise."""
    assert page.defaults(memory=2)["count"] == 20_000
    assert page.defaults(memory=4)["count"] == 60_000
