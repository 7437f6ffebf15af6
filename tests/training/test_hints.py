"""Each hint is shown by a run in which something goes wrong, and what it proposes helps."""

import prepared_digits
import pytest

from datasets.training_digits import inputs
from nn.diagnostics import diagnose
from nn.learning import COSTS, targets
from training import hints, settings
from training.run import Exploded


def followed(run, until, every=2_000):
    """Train as the engine does, and return the hints along the way; an explosion is the last."""
    test, found = prepared_digits.testing(1_000), []
    x, y = inputs(test.images).T, targets(test.labels, 10)
    measure_at = run.images
    while run.images < until:
        try:
            run.step()
        except Exploded:
            return [*found, hints.find(run, exploded=True)]
        if run.images >= measure_at:
            measure_at += every
            z = run.network.trace(x).z[-1]
            right = (z.argmax(axis=0) == test.labels).mean()
            run.progress.measured(run.images, COSTS[run.settings.cost].value(z, y), right)
            bad = diagnose(run.network, x[:, :500])
            dead, saturated = (sum(int(layer.sum()) for layer in layers) for layers in bad)
            found.append(hints.find(run, False, dead, saturated))
    return found


def helped(run, hint):
    """Do what a hint proposes."""
    assert hint.remedy
    changed = run.settings._replace(**hint.remedy)
    assert settings.read_values(settings.write(changed)) == changed
    run.adjust(changed._replace(count=min(changed.count, 5_000)))
    if hint.best >= 0:
        run.resume_from(hint.best)
    return run


@pytest.mark.parametrize(
    ("code", "until", "changes"),
    [
        ("exploding", 1_000, {"rate": 10.0}),
        ("dead", 12_000, {"rate": 0.1}),
        ("saturated", 12_000, {"rate": 0.1, "activation": "sigmoid"}),
    ],
)
def test_a_rate_that_is_far_too_high_is_blamed(run_with, code, until, changes):
    """The run goes back to a better moment with the default rate, and then learns well."""
    run = run_with(**changes)
    hint = followed(run, until)[-1]
    assert hint.code == code
    assert hint.remedy == {"rate": 0.004}
    assert {each.code for each in followed(helped(run, hint), 14_000)} == {""}
    assert run.progress.accuracy > 0.85


@pytest.mark.parametrize(
    ("changes", "remedy"),
    [
        ({"optimiser": "descent", "rate": 0.001, "activation": "sigmoid"}, {"rate": 0.5}),
        ({"rate": 1e-6}, {"rate": 0.004}),
    ],
)
def test_a_rate_that_is_far_too_low_is_slow(run_with, changes, remedy):
    run = run_with(**changes)
    hint = followed(run, 32_000)[-1]
    assert (hint.code, hint.remedy) == ("slow", remedy)
    assert followed(helped(run, hint), 44_000)[-1].code == ""
    assert run.progress.accuracy > 0.85


def test_what_else_makes_a_run_slow_is_found_in_turn(run_with):
    """The rate, the cost, the optimiser, the batch: whatever is not as by default comes next."""
    chosen = run_with().settings._replace(
        rate=0.02, cost="quadratic", optimiser="descent", batch=1024, decay=0.5
    )
    changed = []
    for _ in range(5):
        remedy = hints._faster(chosen)
        changed.append(sorted(remedy))
        chosen = chosen._replace(**remedy)
    assert changed == [["rate"], ["cost"], ["optimiser", "rate"], ["batch"], ["decay"]]


def test_a_few_images_learned_by_heart_are_overfitting(run_with):
    """The hint comes once the test cost rises, and names a moment before that. More images help."""
    run = run_with(count=300, seed=3)
    found = followed(run, 50_000)
    hint = found[-1]
    assert (hint.code, hint.remedy) == ("overfitting", {"count": 60_000})
    assert found[5].code == ""
    tested = [point for point in run.progress.points if point.test_cost >= 0]
    lowest = min(tested, key=lambda point: point.test_cost)
    assert run.checkpoints.kept[hint.best].images == pytest.approx(lowest.images, rel=0.5)
    assert tested[-1].test_cost > 1.25 * lowest.test_cost
    helped(run, hint)
    followed(run, run.images + 15_000)
    assert run.progress.points[-1].test_accuracy > tested[-1].test_accuracy
    assert run.progress.points[-1].test_cost < tested[-1].test_cost


def test_against_overfitting_there_is_more_than_more_images(run_with):
    chosen = run_with(count=60_000).settings
    assert hints._general(chosen) == {"augment": True}
    assert hints._general(chosen._replace(augment=True)) == {"decay": 0.05}


@pytest.mark.parametrize("activation", ["sigmoid", "relu"])
def test_a_run_that_goes_well_has_no_hint(run_with, activation):
    found = followed(run_with(activation=activation), 40_000)
    assert len(found) > 15
    assert {hint.code for hint in found} == {""}
