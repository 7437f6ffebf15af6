"""Test how a network is chosen and calibrated."""

import numpy as np
import pytest

from network_training import selection
from network_training.dataset import Dataset
from network_training.recipes import Recipe
from network_training.selection import Validation
from nn import scoring
from nn.network import Network

RECIPE = Recipe((16, 16), "sigmoid", (4, 5))


@pytest.fixture
def rng():
    """Random numbers, the same for every test and run."""
    return np.random.default_rng(20171005)


@pytest.fixture
def digits(rng):
    """A thousand images: row n is bright where the digit is n, more or less so."""
    labels = np.arange(1000) % 10
    rows = np.zeros((1000, 28, 28), np.uint8)
    rows[np.arange(1000), labels] = rng.integers(0, 255, 1000)[:, None]
    return Dataset(rows.reshape(1000, 784), labels)


def reader(gain=1.0):
    """Make a network that reads these images: each output looks at one row."""
    W = np.zeros((10, 28, 28))
    for digit in range(10):
        W[digit, digit] = gain
    return Network([W.reshape(10, 784)], [np.full((10, 1), -6.0)])


def outputs(network, dataset):
    return network.feedforward((dataset.rows / np.float32(255)).T)


@pytest.mark.parametrize("unsure", [0.02, 0.1, 0.5])
def test_the_wanted_share_of_digits_gets_no_answer(digits, unsure):
    """Fewer digits than LARGE are not asked. No choice changes."""
    few = Dataset(digits.rows[:100] // 9, digits.labels[:100])
    shifted = selection.shifted(reader(), {"mnist": digits, "few": few}, unsure)
    answered = scoring.answered(outputs(shifted, digits))
    assert 1 - answered.mean() == pytest.approx(unsure, abs=0.005)
    before, after = outputs(reader(), digits), outputs(shifted, digits)
    bright = digits.rows.max(axis=1) > 20
    assert np.array_equal(before.argmax(axis=0)[bright], after.argmax(axis=0)[bright])


def test_what_strokes_tell_counts_as_no_answer(digits, rng):
    """A tenth of the digits is apart, and a fifth has many strokes."""
    strokes, apart = rng.choice([1, 3], 1000, p=[0.8, 0.2]), rng.random(1000) < 0.1
    drawn = digits._replace(strokes=strokes, apart=apart)
    shifted = selection.shifted(reader(), {"pens": drawn}, 0.2)
    answered = scoring.answered(outputs(shifted, drawn), drawn.least)
    assert 1 - answered.mean() == pytest.approx(0.2, abs=0.005)
    assert not answered[apart].any()
    # Of the others, the darkest with few strokes are answered, and as bright ones with many are not.
    bright = digits.rows.max(axis=1)
    few, many = (bright[answered & (strokes == count)].min() for count in (1, 3))
    assert few < many


def test_calibrating_keeps_the_wanted_share(digits):
    """The temperature is chosen among networks that all have it."""
    calibrated = selection.calibrate(reader(0.4), {"mnist": digits}, 0.1)
    answered = scoring.answered(outputs(calibrated, digits))
    assert 1 - answered.mean() == pytest.approx(0.1, abs=0.005)


def test_of_equally_good_readers_the_more_careful_one_is_chosen(digits):
    """Both read all digits, and one takes a bright picture for a digit."""
    careful, rash = reader(), reader()
    careful.W[0][:, 28 * 20 :] = -1
    rash.W[0][3, 28 * 20 :] = 1
    rows = np.zeros((50, 784), np.uint8)
    rows[:, 28 * 20 :] = 200
    characters = Dataset(rows, np.full(50, -1))
    for networks, seed in (((careful, rash), 4), ((rash, careful), 5)):
        validation = Validation({"mnist": digits}, None, [characters])
        chosen, by_seed = selection.choose(networks, RECIPE, validation)
        assert by_seed == seed
        good, accuracy = selection.score(chosen, validation), selection.accuracy(chosen, validation)
        assert good == pytest.approx(accuracy + selection.OTHERS)


def test_digits_come_before_characters(digits):
    """Two points of digits count more than ten of characters."""
    good, other = reader(), reader()
    other.W[0][4] = 0
    varied = Dataset(digits.rows[::-1].copy(), digits.labels[::-1].copy())
    validation = Validation({"mnist": digits, "pens": digits}, varied)
    assert selection.score(good, validation) > selection.score(other, validation) + 0.05
