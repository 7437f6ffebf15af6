"""Teaching the network in use the visitor's own digits."""

import asyncio

import numpy as np
import prepared_digits
import pytest
from learning_server import *  # noqa: F403, pytest finds fixtures by their names
from learning_server import FOLDER, SHIPPED, chosen

from datasets.training_digits import TEST, inputs
from engine.learning import runs
from training import weights


def bits(network):
    return weights.flat(network).tobytes()


def sevens(count=4):
    """Sevens on their heads, which nobody in MNIST wrote."""
    digits = prepared_digits.training(5_000)
    return inputs(digits.images[digits.labels == 7][:count, ::-1])


def test_it_learns_them_without_forgetting_the_others(worker):
    """Accuracy on both is reported, before and after."""

    async def story():
        await worker.learn(20_000)
        taught = bits(worker.learned)
        reply = await runs.teach(chosen(), FOLDER, sevens().ravel(), [7] * 4)
        assert reply["status"] == "loading"
        reply = await worker.until(lambda reply: reply["images"] > 30_000)
        reply = await runs.stop()
        before = reply["before"]
        assert before["own_accuracy"] <= 0.25
        assert reply["own_accuracy"] == 1.0
        assert reply["accuracy"] > before["accuracy"] - 0.01 > 0.85
        await runs.rewind()
        assert bits(worker.learned) == taught

    asyncio.run(story())


def test_the_network_in_use_is_copied(worker):
    """The shipped one stays as it is, and its shape and activation count, whatever the settings say."""

    async def story():
        shipped = bits(worker.session.network)
        reply = await runs.teach(chosen((784, 5, 10), "relu"), FOLDER, sevens().ravel(), [7] * 4)
        assert reply["settings"]["shape"] == [784, 16, 16, 10]
        assert reply["settings"]["activation"] == "sigmoid"
        assert bits(worker.learned) == shipped
        await worker.until(lambda reply: reply["images"] > 500)
        await runs.pause()
        assert bits(worker.session.opened(SHIPPED).network) == shipped != bits(worker.learned)

    asyncio.run(story())


def test_half_of_every_batch_are_examples(worker):
    async def story():
        await runs.forget(chosen())
        await runs.teach(chosen(), FOLDER, sevens(3).ravel(), [1, 2, 3])
        await runs.step(chosen(), FOLDER, 1, 0)
        run, found = worker.trainer.run, []
        for _ in range(20):
            batch = run.step().batch
            assert len(batch.labels) == 64
            found.append(batch.labels[32:])
        assert set(np.concatenate(found)) == {1, 2, 3}

    asyncio.run(story())


def test_teaching_survives_the_loss_of_the_worker(worker, another):
    async def story():
        await runs.forget(chosen())
        await runs.teach(chosen(), FOLDER, sevens().ravel(), [7] * 4)
        await worker.until(lambda reply: reply["images"] > 1_000)
        await runs.pause()
        return runs.state()["state"], worker.trainer.run

    state, run = asyncio.run(story())
    other = another()

    async def again():
        reply = await runs.restore(memoryview(state), chosen(), "")
        assert reply["before"] == dict(zip(("accuracy", "own_accuracy"), run.before, strict=True))
        await runs.start(chosen(), FOLDER)
        await other.until(lambda reply: reply["images"] > run.images)
        await runs.pause()

    asyncio.run(again())
    while run.images < other.trainer.run.images:
        run.step()
    assert bits(run.network) == bits(other.trainer.run.network)


@pytest.mark.parametrize(
    ("images", "labels"),
    [
        ([], []),
        ([0.5] * 783, [7]),
        ([0.5] * 784, [10]),
        ([0.5] * 784, [1.5]),
        ([0.5] * 784, [7, 7]),
        ([float("nan")] * 784, [7]),
        ([2.0] * 784, [7]),
        ([-1.0] * 784, [7]),
        (["x"] * 784, [7]),
    ],
)
def test_what_is_no_example_is_refused(worker, images, labels):
    async def story():
        reply = await runs.teach(chosen(), FOLDER, images, labels)
        assert reply["refused"]["name"] == "examples"
        assert reply["status"] == "idle"
        assert worker.session.id == SHIPPED

    asyncio.run(story())


def test_late_test_images_are_waited_for(worker, monkeypatch):
    """The accuracies at the start cannot be measured later. Other runs begin without them."""

    async def story():
        monkeypatch.setattr("engine.learning.trainer.PATIENCE", 0)
        worker.server.held.add(TEST)
        await runs.teach(chosen(), FOLDER, sevens().ravel(), [7] * 4)
        await worker.until(lambda reply: reply["available"] >= 1_000)
        await asyncio.sleep(0.1)
        assert runs.progress(0)["images"] == 0
        worker.server.held.clear()
        reply = await worker.until(lambda reply: reply["images"] > 500)
        assert reply["before"]["own_accuracy"] >= 0
        await runs.pause()

    asyncio.run(story())


def test_a_batch_of_one_has_an_example_all_the_same(worker):
    """There is one image of each kind then."""

    async def story():
        await runs.forget(chosen())
        await runs.teach(chosen(batch=1), FOLDER, sevens(1).ravel(), [7])
        await runs.step(chosen(batch=1), FOLDER, 1, 0)
        for _ in range(5):
            labels = worker.trainer.run.step().batch.labels
            assert (len(labels), labels[-1]) == (2, 7)

    asyncio.run(story())
