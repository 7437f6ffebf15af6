"""Whatever goes wrong in a run, it ends by itself and says why; the worker lives on."""

import asyncio
from types import SimpleNamespace

import numpy as np
import pytest
from learning_server import *  # noqa: F403, pytest finds fixtures by their names
from learning_server import FOLDER, chosen

from datasets import training_digits
from engine.learning import runs, trainer
from training import weights

TEST = training_digits.TEST


def bits(network):
    return weights.flat(network).tobytes()


async def started(worker, **changes):
    await runs.forget(chosen(**changes))
    return await runs.start(chosen(**changes), FOLDER)


def test_an_explosion_ends_the_run_at_its_best_checkpoint(worker):
    """In mid-run, after a rate that is far too high. The remedy helps, from the moment that is offered.

    It begins after a certain number of steps: elsewhere all neurons might die instead.
    """

    async def story():
        await runs.forget(chosen())
        await runs.step(chosen(), FOLDER, 1, 0)
        run = worker.trainer.run
        while run.steps < 100:
            assert run.ready or await worker.until(lambda reply: run.ready)
            run.step()
        await runs.start(chosen(rate=10.0), FOLDER)
        reply = await worker.until(lambda reply: reply["status"] == "stopped")
        assert (reply["why"], reply["hint"], reply["remedy"]) == (
            "exploded",
            "exploding",
            {"rate": 0.004},
        )
        assert reply["trouble"] is None
        assert reply["at"] == reply["best"] > 3
        assert bits(worker.learned) == run.checkpoints.kept[reply["best"]].weights.tobytes()
        assert worker.session.answer()["why"] == "blank"
        images = reply["checkpoints"][reply["best"]]
        reply = await runs.resume_from(reply["best"])
        assert (reply["status"], reply["hint"], reply["images"]) == ("paused", "", images)
        await runs.start(chosen(rate=0.004), FOLDER)
        reply = await worker.until(lambda reply: reply["images"] > images + 3_000)
        reply = await runs.pause()
        assert reply["accuracy"] > 0.8

    asyncio.run(story())


def test_after_an_explosion_starting_again_begins_at_the_best_checkpoint(worker):
    """Whoever presses the button without reading the hint loses nothing."""

    async def story():
        await worker.learn(3_000)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("training.run.HOPELESS", 0.0)
            await runs.start(chosen(), FOLDER)
            reply = await worker.until(lambda reply: reply["why"] == "exploded")
        reply = await runs.start(chosen(), FOLDER)
        assert reply["images"] == reply["checkpoints"][-1] > 1_000
        images = reply["images"]
        await worker.until(lambda reply: reply["images"] > images)
        await runs.pause()

    asyncio.run(story())


@pytest.mark.filterwarnings("error")
def test_weights_that_are_not_finite_are_never_shown(worker):
    """They can appear in the last step before the page asks."""

    async def story():
        await worker.learn(2_000)
        worker.trainer.run.network.W[0][:] = np.nan
        worker.trainer.run.images += 64
        reply = runs.progress(0)
        assert (reply["status"], reply["why"]) == ("stopped", "exploded")
        assert np.isfinite(worker.learned.W[0]).all()
        assert np.isfinite(reply["network"]["dials"]).all()

    asyncio.run(story())


def test_it_waits_for_a_slice_and_then_goes_on_as_if_it_had_been_there(worker, another):
    """It learns from the first slice while the second is on its way."""

    async def waiting(worker):
        worker.server.held |= {"train-1.bin"}
        await started(worker)
        reply = await worker.until(
            lambda reply: reply["status"] == "loading" and reply["images"] > 0
        )
        assert 900 < reply["images"] <= 1_000
        assert reply["available"] == 1_000
        assert 0 < reply["loaded"] < reply["total"]
        await asyncio.sleep(0.1)
        assert runs.progress(0)["images"] == reply["images"]
        worker.server.held.clear()
        await worker.until(lambda reply: reply["images"] > 3_000)
        await runs.pause()
        return worker.trainer.run

    run = asyncio.run(waiting(worker))
    other = another()
    asyncio.run(other.learn(3_000))
    asyncio.run(runs.rewind())
    straight = other.trainer.run
    assert straight.images < run.images
    while straight.images < run.images:
        straight.step()
    assert bits(straight.network) == bits(run.network)


def test_while_it_waits_it_can_be_paused_and_resumed(worker):
    async def story():
        worker.server.held |= {"train-0.bin", TEST}
        reply = await started(worker)
        await asyncio.sleep(0.05)
        assert runs.progress(0)["status"] == "loading"
        reply = await runs.pause()
        assert (reply["status"], reply["images"]) == ("paused", 0)
        reply = await runs.start(chosen(), FOLDER)
        assert reply["status"] == "loading"
        worker.server.held.clear()
        await worker.until(lambda reply: reply["images"] > 500)
        await runs.pause()
        assert sorted(worker.server.asked) == sorted(worker.server.files)

    asyncio.run(story())


@pytest.mark.parametrize("name", ["train-0.bin", "train-1.bin"])
def test_a_slice_that_does_not_come_ends_the_run_once_it_is_needed(worker, name):
    """The reason is reported. Starting again fetches it again, and the run goes on where it was."""

    async def story():
        worker.server.broken.add(name)
        await started(worker)
        reply = await worker.until(lambda reply: reply["status"] == "stopped")
        assert (reply["why"], reply["trouble"]) == ("trouble", {"code": "status", "path": name})
        images = reply["images"]
        assert images == (0 if name == "train-0.bin" else 960)
        worker.server.broken.clear()
        reply = await runs.start(chosen(), FOLDER)
        assert reply["trouble"] is None
        assert reply["images"] == images
        await worker.until(lambda reply: reply["images"] > 2_000)
        await runs.pause()

    asyncio.run(story())


@pytest.mark.parametrize("content", [b"", b"<!doctype html>", b"x\x9c" + bytes(50)])
def test_a_slice_with_other_bytes_is_trouble(worker, content):
    async def story():
        worker.server.files["train-0.bin"] = content
        await started(worker)
        reply = await worker.until(lambda reply: reply["status"] == "stopped")
        assert reply["trouble"] == {"code": "unusable", "path": "digits/train-0.bin"}

    asyncio.run(story())


def test_without_test_images_it_learns_all_the_same(worker):
    """It says that they did not come, and measures nothing."""

    async def story():
        worker.server.broken.add(TEST)
        await started(worker)
        reply = await worker.until(lambda reply: reply["images"] > 5_000)
        reply = await runs.pause()
        assert reply["accuracy"] == -1
        assert reply["train_accuracy"] > 0.5
        assert reply["trouble"]["path"] == TEST
        assert reply["dead"] == -1
        worker.server.broken.clear()
        await runs.start(chosen(), FOLDER)
        await worker.until(lambda reply: reply["accuracy"] > 0)
        await runs.pause()

    asyncio.run(story())


def test_the_first_step_waits_for_the_test_images(worker):
    """So that the first measurement shows a network that knows nothing."""

    async def story():
        worker.server.held.add(TEST)
        await started(worker)
        await worker.until(lambda reply: reply["available"] >= 1_000)
        await asyncio.sleep(0.1)
        assert runs.progress(0)["images"] == 0
        worker.server.held.clear()
        reply = await worker.until(lambda reply: len(reply["points"]))
        assert reply["points"][0] == 0
        assert reply["points"][4] < 0.3
        await runs.pause()

    asyncio.run(story())


def test_late_test_images_do_not_hold_up_learning(worker, monkeypatch):
    """After a moment it begins without them, and measures when they are there."""

    async def story():
        monkeypatch.setattr("engine.learning.trainer.PATIENCE", 0.1)
        worker.server.held.add(TEST)
        await started(worker)
        await worker.until(lambda reply: reply["images"] > 500)
        assert runs.progress(0)["accuracy"] == -1
        worker.server.held.clear()
        await worker.until(lambda reply: reply["accuracy"] > 0)
        await runs.pause()

    asyncio.run(story())


@pytest.mark.parametrize("error", [ZeroDivisionError("a bug"), MemoryError(), KeyError("x")])
def test_an_error_that_nobody_foresaw_ends_the_run_and_not_the_worker(worker, monkeypatch, error):
    def broken(*arguments):
        raise error

    async def story():
        await worker.learn(500)
        with monkeypatch.context() as patch:
            patch.setattr("training.run.backpropagate", broken)
            await runs.start(chosen(), FOLDER)
            reply = await worker.until(lambda reply: reply["status"] == "stopped")
            assert reply["why"] == "trouble"
            assert reply["trouble"]["code"] == "unforeseen"
            assert type(error).__name__ in reply["trouble"]["text"]
            reply = await runs.step(chosen(), FOLDER, 1, 0)
            assert "step" not in reply
            assert reply["status"] == "stopped"
        assert worker.session.answer()["why"] == "blank"
        await runs.start(chosen(), FOLDER)
        await worker.until(lambda reply: reply["images"] > 200)
        await runs.pause()

    asyncio.run(story())


def test_more_images_to_learn_from_are_fetched_in_mid_run(worker):
    async def story():
        await started(worker, count=1_000)
        reply = await worker.until(lambda reply: reply["images"] > 2_000)
        assert reply["available"] == 1_000
        runs.adjust(chosen(count=5_000))
        await worker.until(lambda reply: reply["available"] == 5_000 and reply["images"] > 4_000)
        await runs.pause()
        assert sorted(worker.server.asked) == sorted(worker.server.files)

    asyncio.run(story())


def test_a_run_ends_by_itself(worker, monkeypatch):
    async def story():
        monkeypatch.setattr("training.run.LONGEST", 5_000)
        await started(worker)
        reply = await worker.until(lambda reply: reply["status"] == "stopped")
        assert (reply["why"], reply["images"]) == ("done", 5_056)
        assert reply["trouble"] is None

    asyncio.run(story())


def test_the_worker_hears_others_while_it_learns(worker):
    """A burst of training takes a few milliseconds. What else waits in the worker comes in between."""

    async def story():
        await started(worker)
        await worker.until(lambda reply: reply["images"] > 500)
        turns, before = 0, worker.trainer.run.images
        while worker.trainer.run.images < before + 6_400:
            await asyncio.sleep(0)
            turns += 1
        await runs.pause()
        # A turn every 20 steps would be every 10 ms or so.
        assert turns > 6_400 / 64 / 20

    asyncio.run(story())


def test_training_rests_while_somebody_draws(worker, monkeypatch):
    """The pen comes first. To be asked about the same ink again is not drawing."""
    rests = []

    async def sleep(seconds):
        rests.append(seconds)
        await asyncio.sleep(seconds)

    def strokes(count):
        return [np.linspace(0.2, 0.8, 2 * count).reshape(-1, 2)]

    async def story():
        await started(worker)
        await worker.until(lambda reply: reply["images"] > 500)
        worker.session.look_at(strokes(5), True)
        rests.clear()
        await worker.until(lambda reply: len(rests) > 1)
        assert rests[0] == rests[1] == trainer.REST > 0
        await asyncio.sleep(2 * trainer.DRAWING)
        worker.session.look_at(strokes(5), True)
        rests.clear()
        await worker.until(lambda reply: len(rests) > 20)
        assert not any(rests)
        await runs.pause()

    its_own = SimpleNamespace(sleep=sleep, ensure_future=asyncio.ensure_future)
    monkeypatch.setattr(trainer, "asyncio", its_own)
    asyncio.run(story())


def test_a_computer_that_sleeps_adds_no_time(worker, monkeypatch):
    """A burst that seems to take an hour counts as half a second."""
    clock = {"late": 0.0}

    def now():
        return real() + clock["late"]

    async def story():
        await started(worker)
        await worker.until(lambda reply: reply["images"] > 500)
        step = worker.trainer.run.step

        def asleep():
            clock["late"] += 3600
            worker.trainer.run.step = step
            return step()

        worker.trainer.run.step = asleep
        await worker.until(lambda reply: clock["late"])
        reply = await runs.pause()
        assert reply["elapsed"] < 60

    from engine.learning import stopwatch

    real = stopwatch.perf_counter
    monkeypatch.setattr(stopwatch, "perf_counter", now)
    asyncio.run(story())
