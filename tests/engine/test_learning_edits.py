"""Somebody edits the network that is being trained: by a slider, or in the console."""

import asyncio

import numpy as np
import pytest
from learning_server import *  # noqa: F403, pytest finds fixtures by their names
from learning_server import FOLDER, chosen

from engine.learning import runs
from nn.network import Network
from training import weights


def bits(network):
    return weights.flat(network).tobytes()


def slider(session):
    session.edit("bias", [1, 3, 25.0], "drag")


def console(session):
    output = session.run("network.b[0][3] = 25")
    assert not output.failed, output.text


def another_network(session):
    """What is typed may replace the whole network."""
    source = "network = type(network).random(network.shape, 'relu', np.random.default_rng(5))\n"
    output = session.run(source + "network.b[0][3] = 25")
    assert not output.failed, output.text


EDITS = [slider, console, another_network]


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_in_mid_run_is_trained_on(worker, edit):
    """The very next step begins with the edited weights. None of them is lost or overwritten before."""

    async def story():
        await runs.forget(chosen())
        await runs.start(chosen(), FOLDER)
        await worker.until(lambda reply: reply["images"] > 500)
        edit(worker.session)
        edited = weights.copy(worker.learned)
        seen = []
        step = worker.trainer.run.step

        def watched():
            seen.append(bits(worker.trainer.run.network))
            return step()

        worker.trainer.run.step = watched
        reply = await worker.until(lambda reply: seen)
        assert seen[0] == bits(edited)
        assert [mark["code"] for mark in reply["marks"]] == ["edited"]
        reply = await worker.until(lambda reply: len(seen) > 5 and "network" in reply)
        assert worker.learned.b[0][3, 0] == pytest.approx(25, abs=1)
        assert not reply["network"]["undo"]
        assert not reply["network"]["changed"].any()
        assert (await runs.pause())["status"] == "paused"

    asyncio.run(story())


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_while_the_run_is_paused_can_be_undone(worker, edit):
    """Looking at the run's progress changes nothing. Then the run goes on with what is there."""

    async def story():
        await worker.learn(1_000)
        before = bits(worker.learned)
        edit(worker.session)
        edited = bits(worker.learned)
        assert edited != before
        assert "network" not in runs.progress(0)
        assert bits(worker.learned) == edited
        worker.session.edit("undo", [], "")
        assert bits(worker.learned) == before
        worker.session.edit("redo", [], "")
        await runs.step(chosen(), FOLDER, 1, 0)
        run = worker.trainer.run
        assert run.network.b[0][3, 0] == pytest.approx(25, abs=0.1)
        assert {mark.code for mark in run.progress.marks} == {"edited"}

    asyncio.run(story())


@pytest.mark.parametrize(
    "source", ["network.b[0][0] = np.nan", "network.W[0] = 'x'", "network = 3", "del network"]
)
def test_what_the_console_may_not_make_of_it_leaves_the_run_alone(worker, source):
    async def story():
        await runs.forget(chosen())
        await runs.start(chosen(), FOLDER)
        reply = await worker.until(lambda reply: reply["images"] > 200)
        assert worker.session.run(source).failed
        images = reply["images"]
        reply = await worker.until(lambda reply: reply["images"] > images + 500)
        assert reply["marks"] == []
        await runs.pause()

    asyncio.run(story())


def test_the_console_has_the_network_as_it_is_now(worker):
    """Not the one from before the last steps."""

    async def story():
        await runs.forget(chosen())
        await runs.start(chosen(), FOLDER)
        seen = (await worker.until(lambda reply: reply["images"] > 300))["images"]
        early = worker.session.run("float(network.W[0].sum())").text
        await worker.until(lambda reply: reply["images"] > seen + 1_000)
        await runs.pause()
        late = worker.session.run("float(network.W[0].sum())").text
        assert float(late) == pytest.approx(float(worker.learned.W[0].sum()), rel=1e-5)
        assert late != early

    asyncio.run(story())


def test_an_edited_checkpoint_is_where_the_run_goes_on(worker):
    """What was newest is kept as a checkpoint."""

    async def story():
        last = await worker.learn(3_000)
        newest = bits(worker.learned)
        await runs.scrub(4)
        slider(worker.session)
        edited = bits(worker.learned)
        reply = runs.progress(0)
        assert reply["at"] == -1
        run = worker.trainer.run
        assert bits(run.network) == edited
        assert reply["checkpoints"][-1] == last["images"]
        assert run.checkpoints.kept[-1].weights.tobytes() == newest

    asyncio.run(story())


def test_going_back_to_before_an_edit_is_shown(worker):
    """Also if nothing was learned in between."""

    async def story():
        reply = await worker.learn(3_000)
        before = bits(worker.learned)
        slider(worker.session)
        reply = await runs.scrub(-1)
        assert bits(worker.learned) != before
        reply = await runs.resume_from(len(reply["checkpoints"]) - 1)
        assert bits(worker.learned) == before
        assert reply["network"]["id"] == "learned"

    asyncio.run(story())


def test_weights_edited_before_the_start_are_what_rewinding_goes_back_to(worker):
    async def story():
        await runs.forget(chosen())
        slider(worker.session)
        edited = bits(worker.learned)
        await runs.start(chosen(), FOLDER)
        await worker.until(lambda reply: reply["images"] > 500)
        await runs.rewind()
        assert bits(worker.learned) == edited

    asyncio.run(story())


def test_another_network_under_its_id_ends_the_run(worker):
    """Its shape is another, so nothing can be taken over."""

    async def story():
        await runs.forget(chosen())
        await runs.start(chosen(), FOLDER)
        await worker.until(lambda reply: reply["images"] > 200)
        other = Network.random((784, 5, 10), "relu", np.random.default_rng(1))
        worker.session.open("learned", other)
        reply = await worker.until(lambda reply: reply["status"] == "stopped")
        assert reply["why"] == "trouble"
        assert worker.learned is other
        reply = await runs.start(chosen((784, 5, 10)), FOLDER)
        assert reply["status"] == "loading"
        await worker.until(lambda reply: reply["images"] > 200)
        await runs.pause()

    asyncio.run(story())
