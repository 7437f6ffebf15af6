"""What the page may do with a run: in any order, at any time."""

import asyncio

import numpy as np
import pytest
from learning_server import *  # noqa: F403, pytest finds fixtures by their names
from learning_server import FOLDER, SHIPPED, chosen

from engine import replies
from engine.learning import runs
from nn.diagnostics import diagnose
from nn.network import Network
from training import settings, weights


def bits(network):
    return weights.flat(network).tobytes()


def test_forgetting_makes_a_random_network_and_uses_it(worker):
    """The same for the same seed; the shipped network stays as it is."""

    async def story():
        shipped = bits(worker.session.network)
        reply = await runs.forget(chosen(seed=3))
        assert (reply["status"], reply["images"], reply["accuracy"]) == ("idle", 0, -1)
        assert worker.session.id == "learned"
        assert reply["network"]["id"] == "learned"
        assert reply["network"]["source"] == "trained"
        assert not reply["network"]["undo"]
        assert reply["network"]["dials"].tobytes() == replies.dials(worker.learned).tobytes()
        first = bits(worker.learned)
        await runs.forget(chosen(seed=4))
        assert bits(worker.learned) != first
        await runs.forget(chosen(seed=3))
        assert bits(worker.learned) == first
        assert bits(worker.session.opened(SHIPPED).network) == shipped

    asyncio.run(story())


@pytest.mark.parametrize(
    ("activation", "shape"),
    [("relu", (784, 16, 16, 10)), ("sigmoid", (784, 8, 10)), ("relu", (784, 10))],
)
def test_it_learns_and_shows_how(worker, activation, shape):
    """Measured first on random weights, then several times; the page is sent each new network."""

    async def story():
        text = chosen(shape, activation)
        await runs.forget(text)
        reply = await runs.start(text, FOLDER)
        assert reply["status"] == "loading"
        points, shown = [], set()
        while reply["images"] < 20_000:
            await asyncio.sleep(0.01)
            reply = runs.progress(len(points))
            assert reply["status"] in ("loading", "running")
            points += [tuple(point) for point in reply["points"].reshape(-1, 5)]
            if "network" in reply:
                shown.add(reply["network"]["dials"].tobytes())
        reply = await runs.pause()
        first = points[0]
        assert first[0] == 0
        assert first[4] < 0.3
        assert np.isnan(first[3])
        assert reply["status"] == "paused"
        assert reply["accuracy"] > 0.8
        assert reply["train_accuracy"] > 0.8
        assert reply["tested"] == 1_000
        assert reply["test_cost"] < first[2] / 2
        assert reply["elapsed"] > 0
        assert len(shown) >= 3
        assert len(points) >= 4
        assert [point[0] for point in points] == sorted(point[0] for point in points)
        assert reply["epoch"] == pytest.approx(reply["images"] / 5_000)
        assert reply["loaded"] == reply["total"] == sum(map(len, worker.server.files.values()))
        assert reply["available"] == 5_000
        assert reply["hidden"] == sum(shape[1:-1])
        bad = diagnose(worker.learned, worker.trainer.material.test.images[:500].T / np.float32(15))
        assert reply["dead"] == sum(layer.sum() for layer in bad.dead)
        assert reply["before"] is None
        assert len(reply["gallery"]) == shape[1] * 784 * 4

    asyncio.run(story())


def test_pausing_and_resuming_changes_nothing(worker, another):
    """Bit for bit, whenever it happens."""

    async def interrupted(worker):
        text = chosen(augment=True)
        await runs.forget(text)
        for images in (500, 1_500, 4_000):
            await runs.start(text, FOLDER)
            await worker.until(lambda reply, images=images: reply["images"] >= images)
            await runs.pause()
        return worker.trainer.run

    run = asyncio.run(interrupted(worker))
    other = another()
    asyncio.run(other.learn(3_000, augment=True))
    asyncio.run(runs.rewind())
    straight = other.trainer.run
    while straight.images < run.images:
        straight.step()
    assert straight.images == run.images
    assert bits(straight.network) == bits(run.network)


def test_rewinding_goes_back_to_the_same_start(worker):
    async def story():
        await runs.forget(chosen())
        start = bits(worker.learned)
        reply = await worker.learn(3_000)
        assert bits(worker.learned) != start
        reply = await runs.rewind()
        assert (reply["status"], reply["images"], reply["elapsed"] < 0.5) == ("paused", 0, True)
        assert bits(worker.learned) == start
        assert reply["accuracy"] < 0.3
        assert reply["network"]["dials"].tobytes() == replies.dials(worker.learned).tobytes()
        assert [mark["code"] for mark in reply["marks"]] == ["rewound"]

    asyncio.run(story())


def test_a_run_that_was_stopped_is_followed_by_another_from_its_weights(worker):
    async def story():
        await worker.learn(2_000)
        reply = await runs.stop()
        assert (reply["status"], reply["why"]) == ("stopped", "")
        found = bits(worker.learned)
        reply = await runs.start(chosen(), FOLDER)
        assert reply["images"] == 0
        await runs.rewind()
        assert bits(worker.learned) == found

    asyncio.run(story())


def test_without_a_learned_network_a_copy_of_the_one_in_use_learns(worker):
    """The one in use is never changed."""

    async def story():
        shipped = bits(worker.session.network)
        await runs.start(chosen(activation="sigmoid"), FOLDER)
        await worker.until(lambda reply: reply["images"] > 500)
        reply = await runs.rewind()
        assert worker.session.id == "learned"
        assert bits(worker.learned) == shipped == bits(worker.session.opened(SHIPPED).network)
        assert reply["settings"]["activation"] == "sigmoid"

    asyncio.run(story())


def test_a_learned_network_without_a_run_does_not_stand_in_for_the_one_in_use(worker):
    """It may come from a worker that was lost, or from an earlier build of the page."""

    async def story():
        learned = Network.random((784, 5, 10), "relu", np.random.default_rng(1))
        worker.session.open("learned", learned, source="trained")
        shipped = bits(worker.session.network)
        reply = await runs.start(chosen(activation="sigmoid"), FOLDER)
        assert "refused" not in reply
        await runs.rewind()
        assert bits(worker.learned) == shipped

    asyncio.run(story())


def test_a_run_goes_on_while_another_network_is_in_use(worker):
    """And can be steered."""

    async def story():
        await runs.forget(chosen())
        await runs.start(chosen(), FOLDER)
        await worker.until(lambda reply: reply["images"] > 200)
        worker.session.use(SHIPPED)
        shipped = bits(worker.session.network)
        reply = await worker.until(lambda reply: reply["images"] > 2_000)
        assert (worker.session.id, bits(worker.session.network)) == (SHIPPED, shipped)
        reply = await runs.pause()
        assert reply["status"] == "paused"
        assert reply["network"]["id"] == "learned"
        assert worker.session.id == SHIPPED

    asyncio.run(story())


def test_settings_change_while_it_runs(worker):
    async def story():
        await runs.forget(chosen())
        await runs.start(chosen(), FOLDER)
        await worker.until(lambda reply: reply["images"] > 500)
        reply = runs.adjust(chosen(rate=0.002, batch=32))
        assert (reply["status"], reply["settings"]["rate"]) == ("running", 0.002)
        assert {mark["code"]: mark["value"] for mark in reply["marks"]} == {
            "rate": 0.002,
            "batch": 32,
        }
        images, steps = reply["images"], reply["steps"]
        reply = await worker.until(lambda reply: reply["images"] > images + 500)
        assert reply["images"] - images == 32 * (reply["steps"] - steps)
        await runs.pause()

    asyncio.run(story())


@pytest.mark.parametrize("function", ["forget", "start", "adjust", "step"])
@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"rate": 11}, {"code": "out-of-range", "low": 1e-6, "high": 10, "name": "rate"}),
        ({"batch": 0}, {"code": "out-of-range", "low": 1, "high": 1024, "name": "batch"}),
        ({"decay": -1}, {"code": "out-of-range", "low": 0, "high": 1, "name": "decay"}),
        ({"seed": -1}, {"code": "out-of-range", "low": 0, "high": 2**31 - 1, "name": "seed"}),
        ({"count": 9}, {"code": "out-of-range", "low": 100, "high": 60_000, "name": "count"}),
        ({"cost": "hinge"}, {"code": "invalid", "name": "cost"}),
        ({"optimiser": ""}, {"code": "invalid", "name": "optimiser"}),
        ({"augment": None}, {"code": "invalid", "name": "augment"}),
        ({"shape": [784, 16, 11]}, {"code": "invalid", "name": "shape"}),
        ({"more": 1}, {"code": "invalid", "name": ""}),
    ],
)
def test_bad_settings_are_refused_and_the_run_goes_on(worker, function, changes, refused):
    arguments = {"start": [FOLDER], "step": [FOLDER, 1, 0]}.get(function, [])

    async def story():
        await runs.forget(chosen())
        await runs.start(chosen(), FOLDER)
        reply = getattr(runs, function)(chosen(**changes), *arguments)
        reply = await reply if asyncio.iscoroutine(reply) else reply
        assert reply["refused"] == refused
        assert reply["status"] in ("loading", "running")
        assert reply["settings"]["rate"] == 0.004
        images = reply["images"]
        await worker.until(lambda reply: reply["images"] > images)
        await runs.pause()

    asyncio.run(story())


@pytest.mark.parametrize(
    ("function", "arguments"), [("start", [FOLDER]), ("adjust", []), ("step", [FOLDER, 1, 0])]
)
def test_only_forgetting_can_change_shape_and_activation(worker, function, arguments):
    async def story():
        await runs.forget(chosen())
        for name, text in (
            ("activation", chosen(activation="sigmoid")),
            ("shape", chosen(shape=(784, 4, 10))),
        ):
            reply = getattr(runs, function)(text, *arguments)
            reply = await reply if asyncio.iscoroutine(reply) else reply
            assert reply["refused"] == {"code": "invalid", "name": name}
            reply = await runs.forget(text)
            assert "refused" not in reply
            await runs.forget(chosen())
        await runs.start(chosen(), FOLDER)
        reply = getattr(runs, function)(text, *arguments)
        reply = await reply if asyncio.iscoroutine(reply) else reply
        assert reply["refused"]["name"] == "shape"
        assert reply["status"] in ("loading", "running")  # it goes on
        await runs.pause()

    asyncio.run(story())


@pytest.mark.parametrize("hidden", [[1] * 4, [129]])
def test_a_shape_beyond_the_limits_is_refused(worker, hidden):
    async def story():
        reply = await runs.forget(chosen(shape=(784, *hidden, 10)))
        assert (reply["refused"]["name"], reply["refused"]["code"]) == ("shape", "out-of-range")
        assert worker.session.id == SHIPPED
        assert reply["status"] == "idle"

    asyncio.run(story())


def test_one_step_shows_what_it_does(worker):
    """It pauses a run that is going on, and is the same step that the run would have taken."""

    async def story():
        text = chosen(optimiser="descent", rate=0.05)
        await worker.learn(1_000, optimiser="descent", rate=0.05)
        before = worker.trainer.run.network_at(-1)
        reply = await runs.step(text, FOLDER, 2, 5)
        step, after = reply["step"], worker.learned
        assert reply["status"] == "paused"
        assert step["images"].shape == (16 * 784 * 4,)
        assert step["labels"].shape == step["said"].shape == (16,)
        assert step["outputs"].reshape(16, 10).argmax(axis=1).tolist() == step["said"].tolist()
        assert step["size"] == 64
        assert step["after"] < step["before"]
        moved = after.W[1][5] - before.W[1][5]
        assert step["largest_move"] == pytest.approx(np.abs(moved).max())
        # Blue is (88, 196, 221) for up, red (252, 98, 85) for down. Plain descent goes against the gradient.
        colours = step["gradient"].reshape(16, 4).astype(int)
        strong = colours[:, :3].max(axis=1) > 128
        assert strong.any()
        assert ((colours[:, 2] > colours[:, 0]) == (moved > 0))[strong].all()
        assert step["weights_before"].shape == step["weights_after"].shape == (16 * 4,)
        assert (step["layer"], step["index"]) == (2, 5)
        reply = await runs.step(text, FOLDER, 3, 99)
        assert (reply["step"]["layer"], reply["step"]["index"]) == (1, 0)

    asyncio.run(story())


def test_the_network_in_use_stays_until_the_batch_of_a_step_has_arrived(worker, server):
    """The page shows it until then, and what is drawn meanwhile is answered by it."""

    async def story():
        server.held.add("train-0.bin")
        stepping = asyncio.create_task(runs.step(chosen(activation="sigmoid"), FOLDER, 1, 0))
        while "train-0.bin" not in server.asked:
            await asyncio.sleep(0)
        assert worker.session.id == SHIPPED
        server.held.clear()
        assert "step" in await stepping
        assert worker.session.id == "learned"

    asyncio.run(story())


def test_a_step_in_mid_run_pauses_it(worker):
    async def story():
        await runs.forget(chosen())
        await runs.start(chosen(), FOLDER)
        reply = await worker.until(lambda reply: reply["images"] > 500)
        reply = await runs.step(chosen(), FOLDER, 1, 0)
        assert reply["status"] == "paused"
        assert runs.progress(0)["images"] == reply["images"]

    asyncio.run(story())


def test_the_first_thing_may_be_a_step(worker):
    """Its images are fetched then."""

    async def story():
        await runs.forget(chosen())
        reply = await runs.step(chosen(), FOLDER, 1, 0)
        assert (reply["images"], reply["step"]["size"]) == (64, 64)

    asyncio.run(story())


def test_a_checkpoint_is_shown_and_the_run_goes_on_after_it(worker):
    async def story():
        last = await worker.learn(6_000)
        newest = bits(worker.learned)
        kept = last["checkpoints"]
        assert last["at"] == -1
        assert kept[0] == 0
        assert last["bytes"] == len(kept) * 13_002 * 4
        shown = await runs.scrub(5)
        assert (shown["at"], shown["status"], shown["images"]) == (5, "paused", last["images"])
        assert bits(worker.learned) == bits(worker.trainer.run.network_at(5))
        assert "network" not in runs.progress(0)
        await runs.scrub(-1)
        assert bits(worker.learned) == newest
        await runs.scrub(999)  # it may have gone in the meantime
        assert runs.progress(0)["at"] == len(kept) - 1
        reply = await runs.start(chosen(), FOLDER)
        assert (reply["at"], reply["images"]) == (-1, last["images"])
        await worker.until(lambda reply: reply["images"] > last["images"])
        reply = await runs.resume_from(7)
        assert reply["status"] == "loading"  # as it was going on
        assert reply["images"] == kept[7]
        assert len(reply["checkpoints"]) == 8
        points = reply["points"].reshape(-1, 5)
        assert (points[:, 0] <= kept[7]).all()
        await worker.until(lambda reply: reply["images"] > kept[7])
        await runs.pause()
        reply = await runs.resume_from(3)
        assert (reply["status"], reply["images"]) == ("paused", kept[3])

    asyncio.run(story())


def test_a_page_that_has_more_points_than_there_are_gets_all_of_them(worker):
    async def story():
        last = await worker.learn(6_000)
        count = len(last["points"]) // 5
        assert runs.progress(count)["begin"] == count
        assert len(runs.progress(count - 2)["points"]) == 10
        reply = runs.progress(count + 1)
        assert (reply["begin"], len(reply["points"])) == (0, count * 5)

    asyncio.run(story())


def test_a_lost_worker_is_followed_by_one_that_goes_on(worker, another):
    """It equals one that was never lost, bit for bit. The state was asked for in mid-run."""

    async def lost():
        text = chosen(optimiser="momentum", rate=0.02)
        await runs.forget(text)
        await runs.start(text, FOLDER)
        await worker.until(lambda reply: reply["images"] > 1_500)
        state = runs.state()["state"]
        images = runs.progress(0)["images"]
        run = worker.trainer.run
        await worker.until(lambda reply: reply["images"] > images + 2_000)
        await runs.pause()
        return state, images, run

    state, images, run = asyncio.run(lost())
    next_worker = another()

    async def found():
        text = chosen(optimiser="momentum", rate=0.02)
        reply = await runs.restore(memoryview(state), text, "")
        assert (reply["status"], reply["images"]) == ("paused", images)
        assert reply["network"]["id"] == "learned"
        assert reply["marks"] == []
        # The same again, and this time it goes on. The visitor may look at another network meanwhile.
        reply = await runs.restore(memoryview(state), text, FOLDER)
        assert reply["status"] == "loading"
        await next_worker.until(lambda reply: reply["images"] >= run.images)
        await runs.pause()
        assert next_worker.session.id == SHIPPED

    asyncio.run(found())
    other = next_worker.trainer.run
    while run.images < other.images:
        run.step()
    assert bits(other.network) == bits(run.network)


def test_there_is_no_state_without_a_run(worker):
    assert runs.state()["state"].size == 0
    reply = asyncio.run(runs.restore(b"nonsense", chosen(), ""))
    assert reply["refused"] == {"code": "invalid", "name": "state"}


def test_before_there_is_a_run_everything_can_be_asked(worker):
    """The page may offer a button too early."""

    async def story():
        first = runs.progress(0)
        assert (first["status"], first["settings"], first["accuracy"]) == ("idle", None, -1)
        for reply in (await runs.pause(), await runs.scrub(3), await runs.rewind()):
            assert set(first) <= set(reply)
        assert (await runs.resume_from(2))["status"] == "idle"
        assert (await runs.stop())["status"] == "idle"
        assert "refused" not in runs.adjust(chosen())

    asyncio.run(story())


def test_calls_at_the_same_time_take_turns(worker):
    """Nothing is lost or torn if somebody presses every button at once."""

    async def story():
        await runs.forget(chosen())
        await asyncio.gather(
            runs.start(chosen(), FOLDER),
            runs.step(chosen(), FOLDER, 1, 0),
            runs.rewind(),
            runs.start(chosen(), FOLDER),
            runs.pause(),
            runs.scrub(0),
            runs.start(chosen(), FOLDER),
            runs.start(chosen(), FOLDER),
        )
        training = [task for task in asyncio.all_tasks() if "_train" in str(task.get_coro())]
        assert len(training) == 1
        await worker.until(lambda reply: reply["images"] > 1_000)
        reply = await runs.stop()
        assert reply["status"] == "stopped"
        run = worker.trainer.run
        assert run.images == 64 * run.steps

    asyncio.run(story())


def test_the_settings_in_force_are_those_of_the_page(worker):
    """A run that was prepared with others takes those that are given when it starts."""

    async def story():
        await runs.forget(chosen())
        reply = await runs.start(chosen(rate=0.01, decay=0.1), FOLDER)
        assert settings.read_values(reply["settings"]).rate == 0.01
        assert worker.trainer.run.optimiser.decay == 0.1
        await runs.pause()

    asyncio.run(story())
