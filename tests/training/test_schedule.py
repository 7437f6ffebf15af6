"""Which images are learned from: each once in an epoch, always in the same order."""

import numpy as np
import pytest

from training import schedule
from training.schedule import FIRST_EPOCHS, Place


def steps(batch, seed, count, total):
    """Return the images of as many steps as use ``total`` of them, and the places before them."""
    place, chosen, places = Place(), [], []
    while sum(map(len, chosen)) < total:
        places.append(place)
        images, place = schedule.choose(place, batch, seed, count)
        chosen.append(images)
    return chosen, places


@pytest.mark.parametrize(("batch", "count"), [(64, 60_000), (1000, 12_345), (7, 100), (1024, 100)])
def test_every_epoch_uses_each_of_its_images_once(batch, count):
    sizes = [min(count, size) for size in (*FIRST_EPOCHS, 60_000, 60_000)]
    chosen = np.concatenate(steps(batch, 1, count, sum(sizes))[0])
    start = 0
    for size in sizes:
        epoch = chosen[start : start + size]
        np.testing.assert_array_equal(np.sort(epoch), np.arange(size))
        assert size == 1 or (epoch != np.arange(size)).any()
        start += size


def test_every_step_has_a_full_batch():
    chosen, _ = steps(64, 1, 5_000, 20_000)
    assert {len(images) for images in chosen} == {64}


def test_each_epoch_and_each_seed_has_an_order_of_its_own():
    orders = [
        schedule.choose(Place(epoch), 5_000, seed, 5_000)[0].tobytes()
        for epoch in range(6)
        for seed in range(3)
    ]
    assert len(set(orders)) == len(orders)


def test_the_images_of_a_step_depend_on_nothing_but_its_place():
    """Not on what was asked before: a run may go back, or be taken up by another worker."""
    chosen, places = steps(64, 5, 60_000, 30_000)
    for index in np.random.default_rng(0).permutation(len(places)):
        images, _ = schedule.choose(places[index], 64, 5, 60_000)
        np.testing.assert_array_equal(images, chosen[index])


def test_a_step_needs_the_images_that_it_may_choose_from():
    """The first 5,000 are enough for the first epoch; a batch that ends in the second needs 10,000."""
    chosen, places = steps(64, 1, 60_000, 80_000)
    for images, place in zip(chosen, places, strict=True):
        needed = schedule.needed(place, 64, 60_000)
        assert images.max() < needed
        assert needed in (*FIRST_EPOCHS, 60_000)
    assert schedule.needed(Place(0, 4_936), 64, 60_000) == 5_000
    assert schedule.needed(Place(0, 4_937), 64, 60_000) == 10_000
    assert schedule.needed(Place(0, 4_990), 64, 100) == 100


def test_fewer_images_to_learn_from_begin_a_new_epoch():
    images, place = schedule.choose(Place(4, 50_000), 64, 1, 1_000)
    assert images.max() < 1_000
    assert place == Place(5, 64)
