"""A run is the same every time, bit for bit, whatever interrupts it."""

import numpy as np
import prepared_digits
import pytest

from datasets.training_digits import inputs
from nn.learning import COSTS, targets
from training import settings, weights
from training.batches import Examples, Images
from training.run import Exploded, Run


def bits(run):
    return weights.flat(run.network).tobytes()


def trained(run, steps):
    for _ in range(steps):
        run.step()
    return run


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"activation": "sigmoid", "cost": "quadratic"},
        {"optimiser": "momentum", "rate": 0.02, "decay": 0.1},
        {"optimiser": "descent", "rate": 0.1, "batch": 100},
        {"augment": True},
        {"shape": (784, 10)},
    ],
)
def test_equal_settings_give_equal_bits(run_with, changes):
    assert bits(trained(run_with(**changes), 30)) == bits(trained(run_with(**changes), 30))


@pytest.mark.parametrize(
    "changes",
    [
        {"seed": 2},
        {"rate": 0.003},
        {"decay": 0.1},
        {"augment": True},
        {"count": 1_000},
        {"cost": "quadratic"},
        {"optimiser": "momentum"},
        {"batch": 63},
    ],
)
def test_every_setting_makes_a_difference(run_with, changes):
    """Even if it is changed while the run goes on, and then the chart has a mark."""
    plain, other = trained(run_with(), 3), trained(run_with(), 3)
    other.adjust(other.settings._replace(**changes))
    assert bits(plain) == bits(other)
    assert bits(trained(plain, 3)) != bits(trained(other, 3))
    [mark] = other.progress.marks
    assert (mark.images, {mark.code: mark.value}) == (192, changes)
    assert bits(trained(run_with(**changes), 3)) != bits(trained(run_with(), 3))


def test_changed_settings_hold_as_if_they_had_been_chosen_then(run_with):
    """Two runs that change in the same way at the same step stay equal."""
    runs = [run_with(), run_with()]
    for run in runs:
        trained(run, 10)
        run.adjust(run.settings._replace(batch=32, optimiser="momentum", rate=0.02))
        trained(run, 10)
    assert bits(runs[0]) == bits(runs[1])
    assert runs[0].images == 10 * 64 + 10 * 32


@pytest.mark.parametrize("change", [{"shape": (784, 10)}, {"activation": "sigmoid"}])
def test_shape_and_activation_stay(run_with, change):
    run = run_with()
    with pytest.raises(ValueError, match="expected") as refused:
        run.adjust(run.settings._replace(**change))
    assert refused.value.setting in change
    assert run.progress.marks == []


def test_rewinding_leads_to_the_same_start_and_the_same_way(run_with):
    run = run_with(augment=True)
    start = bits(run)
    after = bits(trained(run, 40))
    run.rewind()
    assert (bits(run), run.images, run.steps, run.progress.points) == (start, 0, 0, [])
    assert bits(trained(run, 40)) == after


def test_going_on_from_a_checkpoint_forgets_what_came_later(run_with):
    """The weights, the images that follow and the chart are those of that moment."""
    run = trained(run_with(), 300)
    index = 12
    at = run.checkpoints.kept[index]
    run.resume_from(index)
    assert bits(run) == at.weights.tobytes()
    assert (run.images, run.steps, run.place) == (at.images, at.steps, at.place)
    assert len(run.checkpoints.kept) == index + 1
    assert all(point.images <= at.images for point in run.progress.points)
    expected, _ = run.batches.make(at.place, at.steps, run.settings)
    lesson = run.step()
    np.testing.assert_array_equal(lesson.batch.levels, expected.levels)


def test_a_checkpoint_is_the_network_as_it_was(run_with):
    run, seen = run_with(), {}
    for _ in range(300):
        seen[run.images] = bits(run)
        run.step()
    for index, checkpoint in enumerate(run.checkpoints.kept):
        network = run.network_at(index)
        assert weights.flat(network).tobytes() == seen[checkpoint.images]
    assert weights.flat(run.network_at(-1)).tobytes() == bits(run)
    assert len(run.checkpoints.kept) > 10


def test_a_step_says_what_it_did(run_with):
    """The cost and the right answers are those before the step, counted here by hand."""
    run = trained(run_with(), 20)
    before = weights.copy(run.network)
    lesson = run.step()
    z = before.trace(inputs(lesson.batch.levels).T).z[-1]
    labels = lesson.batch.labels
    assert lesson.right == (z.argmax(axis=0) == labels).sum()
    assert lesson.cost == pytest.approx(
        COSTS["cross-entropy"].value(z, targets(labels, 10)), rel=1e-5
    )
    assert lesson.gradient.W[0].shape == (16, 784)
    assert run.progress.cost != lesson.cost


def test_a_run_never_touches_the_network_that_it_began_with(run_with):
    run = run_with()
    network = weights.random(run.settings)
    before = weights.flat(network).tobytes()
    trained(Run(run.settings, network, run.batches), 5)
    assert weights.flat(network).tobytes() == before


def test_edited_weights_are_trained_on(run_with):
    """The images that follow stay the same, the chart has a mark, and the weights from before are kept."""
    run = trained(run_with(), 20)
    before, edited = bits(run), run.network_at(-1)
    edited.W[0][3] = 0
    run.take(edited)
    assert bits(run) == weights.flat(edited).tobytes()
    assert run.checkpoints.kept[-1].weights.tobytes() == before
    assert [(mark.code, mark.images) for mark in run.progress.marks] == [("edited", 1280)]
    run.step()
    assert bits(run) != weights.flat(edited).tobytes()
    assert not (edited.W[0][3]).any()


def test_weights_edited_before_the_first_step_are_the_start(run_with):
    run = run_with()
    edited = run.network_at(-1)
    edited.W[1][:] = 0.5
    run.take(edited)
    trained(run, 20)
    run.rewind()
    assert bits(run) == weights.flat(edited).tobytes()


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    "changes",
    [
        {"rate": 10.0},
        {"rate": 10.0, "augment": True, "shape": (784, 64, 10)},
        {"rate": 10.0, "optimiser": "descent", "shape": (784, 64, 32, 10)},
    ],
)
def test_an_explosion_ends_the_run_with_good_weights(run_with, changes):
    """Here it begins in mid-run. Nothing warns, and what is left is the best checkpoint."""
    run = trained(run_with(**changes | {"rate": 0.004}), 100)
    run.adjust(run.settings._replace(rate=changes["rate"]))
    with pytest.raises(Exploded):
        trained(run, 300)
    best = run.checkpoints.kept[run.checkpoints.best()]
    assert bits(run) == best.weights.tobytes()
    assert np.isfinite(best.weights).all()
    assert best.cost == min(checkpoint.cost for checkpoint in run.checkpoints.kept)


def test_weights_that_are_not_finite_are_an_explosion(run_with):
    run = trained(run_with(), 20)
    run.network.W[1][0, 0] = np.nan
    with pytest.raises(Exploded):
        run.step()
    assert weights.finite(run.network)


def test_a_step_waits_for_its_images(run_with):
    """A run is ready for as many steps as the first slice has images for."""
    run = run_with(count=60_000)
    ready = 0
    while run.ready:
        run.step()
        ready += 1
    assert ready == 5_000 // 64
    with pytest.raises(ValueError, match="only 5000 images"):
        run.step()
    late = Images()
    assert not Run(run.settings, run.network, type(run.batches)(late)).ready
    run.batches.images.add(prepared_digits.training(5_000))
    assert run.ready
    run.step()


def test_memory_stays_bounded_over_a_long_run(run_with, monkeypatch):
    """Points, marks and checkpoints are few.

    This run does not compute anything, and skips images the faster the more it has seen.
    """
    run = run_with(shape=(784, 10), batch=500)
    monkeypatch.setattr("training.run.backpropagate", lambda *batch: (1.0, None))
    monkeypatch.setattr(run.optimiser, "step", lambda gradient, rate: None)
    number = 0
    while not run.finished:
        run.step()
        run.progress.measured(run.images, 1.0, 0.5)
        run.adjust(run.settings._replace(decay=number / 1e5))
        run.images += run.images // 1000
        number += 1
    assert number > 2_000
    assert run.images == pytest.approx(10_000_000, rel=0.01)
    assert 300 < len(run.progress.points) <= 600
    assert len(run.progress.marks) == 100
    assert 20 < len(run.checkpoints.kept) <= 40
    images = [point.images for point in run.progress.points]
    assert images == sorted(images)


def test_running_means_are_over_the_last_few_thousand_images(run_with):
    run, costs, right = run_with(), [], []
    for _ in range(200):
        lesson = run.step()
        costs.append(lesson.cost)
        right.append(lesson.right)
    last = 4_000 // 64 + 1
    assert run.progress.cost == pytest.approx(np.mean(costs[-last:]), rel=1e-6)
    assert run.progress.accuracy == pytest.approx(np.mean(right[-last:]) / 64)


@pytest.mark.parametrize("activation", ["sigmoid", "relu"])
def test_default_settings_learn_quickly(run_with, activation):
    """From random to 70 % within one pass over 5,000 images, for several seeds."""
    test = prepared_digits.testing(1_000)
    for seed in (1, 2, 3):
        run = trained(run_with(activation=activation, seed=seed), 5_000 // 64)
        said = run.network.feedforward(inputs(test.images).T).argmax(axis=0)
        assert (said == test.labels).mean() > 0.7


def test_own_examples_are_learned_without_forgetting_the_others(run_with):
    """A 7 with another label is learned as that, from five drawings, and the test images are still read."""
    digits = prepared_digits.training(5_000)
    test = prepared_digits.testing(1_000)
    learned = trained(run_with(), 400)

    def accuracy(network):
        said = network.feedforward(inputs(test.images).T).argmax(axis=0)
        return (said == test.labels).mean()

    # Upside down, nothing in MNIST looks like them.
    sevens = digits.images[digits.labels == 7][:5, ::-1]
    own = Examples(inputs(sevens), np.full(5, 7, np.uint8))
    before = learned.network.feedforward(own.inputs.T).argmax(axis=0)
    assert (before != 7).sum() >= 4
    run = Run(learned.settings, learned.network, type(learned.batches)(learned.batches.images, own))
    lesson = trained(run, 150).step()
    assert (run.network.feedforward(own.inputs.T).argmax(axis=0) == 7).all()
    assert accuracy(run.network) > accuracy(learned.network) - 0.01
    assert (lesson.batch.labels[32:] == 7).all()
    assert settings.default(run.network.shape, "relu").batch == len(lesson.batch.labels)
