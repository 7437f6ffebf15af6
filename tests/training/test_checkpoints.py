"""Checkpoints are few, take little memory, and are spaced evenly on a logarithmic scale."""

import numpy as np
import pytest

from training.checkpoints import MOST, MOST_BYTES, Checkpoint, Checkpoints
from training.schedule import Place


def filled(until, batch=64, count=2):
    """Return the Checkpoints of a run, and how many there were at most."""
    kept, most = Checkpoints(count), 0
    for images in range(0, until + 1, batch):
        if kept.due(images):
            numbers = np.zeros(count, np.float32)
            kept.add(Checkpoint(images, images // batch, Place(), 1.0, numbers))
            most = max(most, len(kept.kept))
    return kept, most


@pytest.mark.parametrize("until", [2_000, 50_000, 1_000_000, 10_000_000])
def test_they_are_spaced_evenly_at_any_time(until):
    """The ratio of neighbours hardly varies, once batches are small beside them."""
    kept, most = filled(until)
    images = [checkpoint.images for checkpoint in kept.kept]
    assert images[0] == 0
    assert most <= MOST
    assert len(images) > MOST // 3 or until < 5_000
    late = [n for n in images if n > 3_000]
    ratios = np.divide(late[1:], late[:-1])
    assert until < 5_000 or ratios.max() / ratios.min() < 1.15
    assert until / images[-1] < ratios.max() * 1.1 if len(late) > 1 else True


def test_they_take_little_memory_however_large_the_network():
    count = MOST_BYTES // 4 // 5  # five of these fill the memory
    kept, most = filled(1_000_000, count=count)
    assert most <= 5
    assert kept.bytes <= MOST_BYTES
    assert kept.kept[0].images == 0


def test_of_a_huge_network_the_start_and_a_late_one_are_kept():
    kept, most = filled(100_000, batch=1000, count=MOST_BYTES)
    assert (most, kept.kept[0].images) == (2, 0)
    assert kept.kept[1].images > 400


def test_what_came_after_one_can_be_forgotten():
    kept, _ = filled(100_000)
    images = [checkpoint.images for checkpoint in kept.kept]
    assert kept.cut(10).images == images[10]
    assert [checkpoint.images for checkpoint in kept.kept] == images[:11]
    assert kept.due(images[11])
    assert not kept.due(images[10] + 1)


def test_the_best_has_the_lowest_cost():
    kept = Checkpoints(1)
    for images, cost in ((0, np.inf), (600, 3.0), (700, 2.0), (900, 9.0)):
        kept.add(Checkpoint(images, 0, Place(), cost, np.zeros(1, np.float32)))
    assert kept.best() == 2
    assert kept.nearest(860) == 3
