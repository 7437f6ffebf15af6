"""The state of a run is enough to go on elsewhere, bit for bit."""

import json

import numpy as np
import pytest

from datasets.training_digits import Slice
from training import state, weights
from training.batches import Examples, Images


def bits(run):
    return weights.flat(run.network).tobytes()


def own():
    rng = np.random.default_rng(8)
    return Examples(rng.random((5, 784), np.float32), np.arange(5, dtype=np.uint8))


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"activation": "sigmoid", "augment": True},
        {"optimiser": "momentum", "rate": 0.02, "decay": 0.1},
        {"optimiser": "descent", "rate": 0.1},
        {"shape": (784, 10)},
        {"own": own()},
    ],
)
def test_a_run_goes_on_as_if_nothing_had_happened(run_with, images, changes):
    """In another worker, with images of its own."""
    run = run_with(**changes)
    for _ in range(75):
        run.step()
    run.progress.measured(run.images, 0.5, 0.8)
    run.adjust(run.settings._replace(batch=50))
    run.seconds = 3.5
    again = Images()
    again.add(Slice(images.levels[:5_000], images.labels[:5_000]))
    other = state.unpack(state.pack(run).tobytes(), again)
    for _ in range(20):  # across the end of an epoch
        run.step()
        other.step()
    assert bits(run) == bits(other)
    assert (run.images, run.steps, run.place) == (other.images, other.steps, other.place)
    assert (run.settings, other.seconds) == (other.settings, 3.5)
    np.testing.assert_array_equal(run.progress.points[:2], other.progress.points[:2])
    assert [mark.code for mark in other.progress.marks] == ["batch"]
    assert run.progress.marks == other.progress.marks


def test_the_checkpoints_come_along(run_with, images):
    run = run_with()
    for _ in range(300):
        run.step()
    other = state.unpack(state.pack(run).tobytes(), images)
    assert len(run.checkpoints.kept) > 15
    for one, another in zip(run.checkpoints.kept, other.checkpoints.kept, strict=True):
        assert one.weights.tobytes() == another.weights.tobytes()
        assert one[:4] == another[:4]
    other.rewind()
    run.rewind()
    run.step()
    other.step()
    assert bits(run) == bits(other)


def test_of_a_large_network_fewer_checkpoints_come_along(run_with, images):
    run = run_with(shape=(784, 128, 128, 128, 10))
    for _ in range(60):
        run.step()
    packed = state.pack(run)
    assert len(packed) < 6_500_000
    other = state.unpack(packed.tobytes(), images)
    assert 2 <= len(other.checkpoints.kept) < len(run.checkpoints.kept)
    assert other.checkpoints.kept[0].images == 0
    assert bits(other) == bits(run)


def broken(run):
    """Make states that are none, by what is wrong with each."""
    packed = state.pack(run).tobytes()
    with_nothing = state.pack(run).tobytes().replace(b'"activation"', b'"activasion"')
    return {
        "empty": b"",
        "cut short": packed[:-200],
        "another file": b"PK\x03\x04 and so on",
        "a damaged zip": packed[:5000] + b"\0" * 4000 + packed[9000:],
        "a setting that nobody knows": with_nothing,
    }


@pytest.mark.parametrize(
    "case",
    ["empty", "cut short", "another file", "a damaged zip", "a setting that nobody knows"],
)
def test_other_bytes_are_refused(run_with, images, case):
    with pytest.raises(ValueError, match="no state") as refused:
        state.unpack(broken(run_with())[case], images)
    assert refused.value.setting == "state"


def test_the_header_is_json_that_survives_a_first_cost_of_infinity(run_with, images):
    """At the start no cost is known. JSON has no infinity, but Python's does."""
    run = run_with()
    assert json.loads(json.dumps(run.checkpoints.kept[0].cost)) == float("inf")
    assert state.unpack(state.pack(run).tobytes(), images).checkpoints.kept[0].cost == float("inf")
