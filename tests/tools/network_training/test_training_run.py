"""Test short training runs on a hundred images made here."""

import math
from collections import namedtuple

import numpy as np
import pytest

from network_training import training_run
from network_training.recipes import RECIPES, Recipe
from network_training.training_run import TrainingRun
from nn.learning import backpropagate
from nn.network import Network

Dataset = namedtuple("Dataset", "rows labels")


@pytest.fixture
def rng():
    """Random numbers, the same for every test and run."""
    return np.random.default_rng(20171005)


@pytest.fixture
def digits(rng):
    """A hundred images that are easy to tell apart. The image of n is a bar that begins in row 4 + n."""
    labels = np.arange(100) % 10
    pictures = np.zeros((100, 28, 28), np.uint8)
    for picture, label in zip(pictures, labels, strict=True):
        picture[4:24, 6:9] = 200
        picture[4 + label : 8 + label, 6:22] = rng.integers(150, 255)
    return Dataset(pictures.reshape(100, -1), labels)


@pytest.fixture
def datasets(digits):
    """The digits, and negatives that are black or bright all over."""
    rows = np.repeat(np.array([0, 200], np.uint8), 10)[:, None] * np.ones((1, 784), np.uint8)
    return {"mnist": digits, "negatives": Dataset(rows, np.full(20, -1))}


SHARES = (("mnist", 0.8), ("pens", 0.1), ("negatives", 0.2))


def recipe(**changes):
    """Make the recipe of a short run."""
    short = Recipe((16, 16), "sigmoid", (4,), steps=300, batch=20, rate=0.02, shares=SHARES)
    return short._replace(**changes)


def same(one, other):
    return all(
        np.array_equal(a, b) for a, b in zip((*one.W, *one.b), (*other.W, *other.b), strict=True)
    )


@pytest.mark.parametrize("activation", ["sigmoid", "relu"])
def test_training_lowers_the_cost_and_is_deterministic(digits, datasets, activation):
    """The cost falls to less than half, and equal seeds give equal weights."""
    x = (digits.rows / np.float32(255)).T
    wanted = (np.arange(10)[:, None] == digits.labels).astype(np.float32)
    run = TrainingRun(recipe(activation=activation), datasets)
    before = backpropagate(run.networks[0], x, wanted)[0]
    (one,) = run.run()
    (other,) = TrainingRun(recipe(activation=activation), datasets).run()
    assert backpropagate(one, x, wanted)[0] < before / 2
    assert same(one, other)


def test_networks_trained_side_by_side_do_not_affect_each_other(datasets):
    """A second seed changes nothing for the first."""
    one, _ = TrainingRun(recipe(seeds=(4, 5), steps=20), datasets).run()
    (alone,) = TrainingRun(recipe(steps=20), datasets).run()
    assert same(one, alone)


def test_negatives_light_no_output(datasets):
    """They are black and white images."""
    (network,) = TrainingRun(recipe(steps=400), datasets).run()
    assert network.feedforward((datasets["negatives"].rows / 255).T).max() < 0.5


def test_a_run_resumes_where_it_was_stopped(datasets, tmp_path, monkeypatch):
    """The bits equal those of an uninterrupted run. A finished run has nothing left to do."""
    monkeypatch.setattr(training_run, "CHECKPOINT_EVERY", 10)
    kept = tmp_path / "folder" / "kept.pickle"
    whole = recipe(steps=40, average_from=0.5)

    def stopping(steps, title):
        for step in steps:
            if step == 35:
                raise KeyboardInterrupt
            yield step

    with pytest.raises(KeyboardInterrupt):
        TrainingRun(whole, datasets).run(kept, stopping)
    resumed = TrainingRun(whole, datasets)
    (one,) = resumed.run(kept)
    (other,) = TrainingRun(whole, datasets).run()
    assert same(one, other)
    (again,) = TrainingRun(whole, datasets).run(kept, lambda steps, _: iter([1 / 0 for _ in steps]))
    assert same(again, other)
    assert list(kept.parent.iterdir()) == [kept]


def test_the_final_weights_are_the_mean_of_the_last_steps(datasets):
    """The mean over the last two of four steps is worked out by hand."""
    run = TrainingRun(recipe(steps=4, average_from=0.5), datasets)
    kept = []
    for _ in range(4):
        run.train_step()
        kept.append(run.networks[0].W[0].copy())
    assert run.finished()[0].W[0] == pytest.approx((kept[2] + kept[3]) / 2, abs=1e-6)


def test_batches_use_every_image_before_any_twice(datasets):
    """Sixteen of a hundred digits make six batches without repetition, and then a new order."""
    run = TrainingRun(recipe(), datasets)
    assert run.counts == {"mnist": 16, "negatives": 4}
    first = [run._chosen("mnist", step, 16).tolist() for step in range(6)]
    assert len({number for batch in first for number in batch}) == 96
    assert first[0] != run._chosen("mnist", 6, 16).tolist()
    assert first[2] == run._chosen("mnist", 2, 16).tolist()


def test_a_batch_holds_images_and_wanted_outputs(datasets):
    """Inputs are in 0..1. One output is wanted for a digit, and none for a negative."""
    x, y = TrainingRun(recipe(), datasets).batch(0)
    assert x.shape == (784, 20)
    assert x.dtype == y.dtype == np.float32
    assert x.max() <= 1
    assert y.sum(axis=0).tolist() == [1] * 16 + [0] * 4


def test_regularisation_is_the_slope_of_its_cost(rng):
    """The oracle is finite differences of smooth·Σ(difference of neighbours)² + sparse·Σ|w|."""
    weights = rng.normal(0, 1, (2, 784))

    def cost():
        pictures = weights.reshape(2, 28, 28)
        rough = np.square(np.diff(pictures, axis=1)).sum() + np.square(np.diff(pictures)).sum()
        return 0.3 * rough + 0.2 * abs(pictures).sum()

    slope = np.zeros_like(weights)
    training_run.regularise(slope, weights, 0.3, 0.2)
    for place in [(0, 0), (0, 27), (1, 28), (1, 400), (0, 783)]:
        here = weights[place]
        weights[place] = here + 1e-6
        above = cost()
        weights[place] = here - 1e-6
        below = cost()
        weights[place] = here
        assert slope[place] == pytest.approx((above - below) / 2e-6, abs=1e-4)


def test_the_schedule_warms_up_and_ends_at_0():
    """The rate is 0 at both ends, and 1 after a twentieth of the run."""
    shares = [training_run.schedule(share) for share in (0, 0.025, 0.05, 1)]
    assert shares == pytest.approx([0, 0.5, 1, 0])
    assert training_run.schedule(0.525) == pytest.approx(0.5)
    assert not math.isnan(training_run.schedule(0.9))


def test_recipes_are_named_after_their_networks():
    """Two have the video's shape, and four others are for comparison."""
    assert set(RECIPES) >= {"784-16-16-10-sigmoid", "784-16-16-10-relu", "784-10-sigmoid"}
    for name, made in RECIPES.items():
        assert name == made.name == "-".join(map(str, made.shape)) + f"-{made.activation}"


def test_a_wide_network_is_narrowed_to_the_recipes_shape(datasets, tmp_path, monkeypatch):
    """It loses neurons in its middle part, the same ones whether it was interrupted or not."""
    monkeypatch.setattr(training_run, "CHECKPOINT_EVERY", 10)
    wide = recipe(steps=40, begin=(32, 24), narrowing=(0.25, 0.75), seeds=(4, 5))
    assert training_run.widths(wide, 0) == training_run.widths(wide, 10) == (32, 24)
    assert training_run.widths(wide, 30) == training_run.widths(wide, 39) == (16, 16)
    falling = [training_run.widths(wide, step) for step in range(40)]
    assert falling == sorted(falling, reverse=True)
    assert len(set(falling)) == training_run.NARROWINGS + 1
    run = TrainingRun(wide, datasets)
    for step in range(40):
        run.train_step()
        assert {network.shape[1:-1] for network in run.networks} == {falling[step]}
    kept = tmp_path / "kept.pickle"
    TrainingRun(wide, datasets).run(kept, lambda steps, _: list(steps)[:25])
    resumed = TrainingRun(wide, datasets).run(kept)
    assert [network.shape for network in resumed] == [(784, 16, 16, 10)] * 2
    assert all(same(one, other) for one, other in zip(resumed, run.finished(), strict=True))


def test_a_teacher_counts_as_much_as_the_labels(datasets, rng):
    """What is wanted lies half-way between both."""
    teacher = Network.random((784, 8, 10), "relu", rng)
    x, labels = TrainingRun(recipe(), datasets).batch(3)
    same_x, wanted = TrainingRun(recipe(), datasets, teacher).batch(3)
    assert np.array_equal(x, same_x)
    assert wanted == pytest.approx((labels + teacher.feedforward(x)) / 2)
