"""The page's side of a training run: what it asks the engine, and what it makes of the replies."""

import asyncio
import json

import js
from support import network_info

import page.engine_client.learning as module
import page.engine_client.run as run
import page.leaving as leaving
from page.engine_client.replies import Network
from page.pad.ink import Ink
from page.state import State

NAN = js.Number.NaN

# How a run is after a command.
STATUS = {
    "forget": "idle",
    "start": "running",
    "pause": "paused",
    "stop": "stopped",
}


class Window:
    """Counts the listeners for leaving the page."""

    navigator = object()

    def __init__(self):
        self.warnings = 0

    def addEventListener(self, kind, function):  # noqa: N802, the browser's name
        self.warnings += 1

    def removeEventListener(self, kind, function):  # noqa: N802
        self.warnings -= 1


class Document:
    """A page that is seen."""

    hidden = False
    baseURI = "http://127.0.0.1/"  # noqa: N815


class Engine:
    """A worker with a run that a test makes go on."""

    def __init__(self):
        self.asked = []
        self.taken = []
        self.status = "idle"
        self.images = 0
        self.points = []
        self.extra = {}
        self.network = False
        self.gone = False
        self.keeps = True

    async def ask(self, deferred, name, *arguments):
        self.asked.append((name,) + arguments)
        await asyncio.sleep(0.001)
        if self.gone:
            return None
        if name in STATUS:
            self.status = STATUS[name]
        if name == "restore":
            self.status = "running" if arguments[-1] else "paused"
        if name == "forget":
            self.images = 0
        if name == "state" and not self.keeps:
            return None
        if name == "state":
            reply = js.Object.new()
            reply.state = js.Uint8Array.of(self.images)
            return reply
        return self.report(name, arguments)

    def report(self, name, arguments):
        fields = {
            "status": self.status,
            "images": self.images,
            "elapsed": self.images / 10,
            "accuracy": -1,
            "marks": [],
            "settings": {"shape": [2, 3, 1], "activation": "sigmoid", "rate": 0.1},
        }
        fields.update(self.extra)
        reply = js.JSON.parse(json.dumps(fields))
        if name == "progress":
            self.points.append((self.images, 2, NAN, 0.5, NAN))
        reply.begin = arguments[0] if name == "progress" else 0
        new = self.points[reply.begin :]
        reply.points = js.Float64Array.of(*[number for point in new for number in point])
        if self.network or name == "forget":
            reply.network = js.JSON.parse('{"id": "learned"}')
        return reply

    def take(self, reply, title=None):
        self.taken.append((reply.id, title))

    def names(self):
        return [call[0] for call in self.asked]


def made():
    """Make a Learning, its engine and its state."""
    written = {}
    module.window = leaving.window = Window()
    module.document = Document()
    run.find = lambda selector: selector
    run.put = lambda element, name, value: written.update({name: value})
    module.SEEN = 0.001
    state = State(ink=Ink(js.Float32Array.new))
    state.engine = "ready"
    state.network = Network(network_info("2-3-1-sigmoid"))
    engine = Engine()
    learning = module.Learning(state, engine)
    learning.written = written
    return learning, engine, state


async def until(condition):
    """Let every task go on until something is true."""
    for _ in range(500):
        if condition():
            return
        await asyncio.sleep(0.001)
    raise AssertionError("it never was")


async def test_forgetting_shows_the_learned_network():
    """In the shape of the network in use, and from then on."""
    learning, engine, _ = made()
    await learning.forget()
    name, text = engine.asked[0]
    assert name == "forget"
    settings = json.loads(text)
    assert settings["shape"] == [2, 3, 1]
    assert len(settings) == 10
    assert engine.taken == [("learned", "learned")]
    assert learning.written["data-learning"] == "idle"
    assert module.window.warnings == 0


async def test_the_code_that_trains_may_take_its_time():
    """Whoever watches the worker is told that it is loading; a visitor's run is not."""
    learning, _, state = made()
    seen = []
    state.watch(lambda: seen.append((learning.run.preparing, state.learning, learning.run.status)))
    await learning.forget()
    assert seen[0] == (True, "loading", "idle")
    assert seen[-1] == (False, "idle", "idle")


async def test_a_run_is_followed_until_it_pauses():
    """Its points are asked for once each, and nobody leaves the page by accident."""
    learning, engine, state = made()
    await learning.start()
    assert state.learning == "running"
    assert module.window.warnings == 1
    engine.images, engine.network, engine.extra = 64, True, {"accuracy": 0.25}
    await until(lambda: len(learning.run.points) >= 3)
    await learning.pause()
    since = [call[1] for call in engine.asked if call[0] == "progress"]
    assert since == list(range(len(since)))
    assert learning.run.points[0][:2] == (64, 2)
    assert learning.written["data-accuracy"] == "0.2500"
    assert learning.written["data-images"] == "64"
    assert learning.run.status == "paused"
    assert module.window.warnings == 0
    asked = len(engine.asked)
    await asyncio.sleep(0.02)
    assert len(engine.asked) == asked


async def test_another_network_is_not_pushed_aside():
    """Only what makes the learned network anew has it looked at; a poll does not."""
    learning, engine, state = made()
    learned = network_info("2-3-1-sigmoid")
    learned.id = "learned"
    state.networks = state.networks + [learned]
    await learning.start()
    engine.network = True
    await until(lambda: engine.taken)
    await learning.pause()
    assert {title for _, title in engine.taken} == {None}


async def test_a_run_goes_on_in_the_next_worker():
    """From what was kept of it, and with what was chosen meanwhile. The network in view stays."""
    learning, engine, state = made()
    learned = network_info("2-3-1-sigmoid")
    learned.id = "learned"
    state.networks = state.networks + [learned]
    await learning.start()
    engine.images, engine.network = 7, True
    await until(lambda: learning._rescue._saved)
    engine.gone = True
    state.change(engine="failed")
    assert learning.run.status == "paused"
    assert module.window.warnings == 0
    await learning.adjust(batch=32)
    engine.gone = False
    engine.asked.clear()
    engine.taken.clear()
    engine.status = "paused"
    state.change(engine="ready")
    await until(lambda: learning.run.note == "resumed")
    assert learning.run.status == "running"
    asked = [call for call in engine.asked if call[0] in ("restore", "start", "adjust")]
    assert [call[0] for call in asked] == ["restore", "adjust"]
    assert list(asked[0][1]) in ([0], [7])
    assert json.loads(asked[1][1])["batch"] == 32
    assert {title for _, title in engine.taken} == {None}


async def test_what_was_asked_for_last_is_what_happens():
    """A run that is brought back does not go on if the network was to forget in the meantime."""
    learning, engine, _ = made()
    await learning.start()
    copied = await learning.copy()
    task = asyncio.create_task(learning.bring_back(copied))
    await asyncio.sleep(0)
    await learning.forget()
    await task
    assert learning.run.status == "idle"
    assert engine.names().count("start") == 1


async def test_a_paused_run_is_kept_as_it_is():
    """It may stay paused for long before its worker is lost."""
    learning, engine, _ = made()
    await learning.start()
    await learning.pause()
    assert engine.names()[-1] == "state"


async def test_a_run_that_was_not_kept_is_lost_and_that_is_said():
    """There is nothing that another worker could go on from."""
    learning, engine, state = made()
    engine.keeps = False
    await learning.forget()
    state.change(engine="failed")
    state.change(engine="ready")
    await until(lambda: learning.run.note == "lost")
    assert learning.run.progress == {}
    assert learning.run.status == "idle"


async def test_the_rate_moves_along_with_the_optimiser():
    """Unless another rate is asked for. Before there is a run, nobody is asked."""
    learning, engine, _ = made()
    before = learning.settings["rate"]
    await learning.adjust(optimiser="descent")
    assert learning.settings["rate"] > before
    await learning.adjust(rate=0.25)
    assert learning.settings["rate"] == 0.25
    assert engine.asked == []
    await learning.start()
    await learning.adjust(batch=32)
    await learning.pause()
    text = next(call[1] for call in engine.asked if call[0] == "adjust")
    assert json.loads(text)["batch"] == 32


async def test_a_shape_waits_until_the_network_forgets():
    """A run keeps the shape that it has."""
    learning, engine, _ = made()
    learning.choose(shape=[2, 5, 1], activation="relu")
    await learning.start()
    assert json.loads(engine.asked[0][1])["shape"] == [2, 3, 1]
    await learning.pause()
    await learning.forget()
    settings = json.loads(engine.asked[-2][1])
    assert (settings["shape"], settings["activation"]) == ([2, 5, 1], "relu")


async def test_what_the_engine_refuses_is_told():
    """The run goes on as it was."""
    learning, engine, _ = made()
    await learning.start()
    engine.extra = {"refused": {"code": "out-of-range", "name": "rate", "low": 0, "high": 10}}
    await learning.adjust(rate=99)
    assert learning.run.refused["name"] == "rate"
    assert learning.run.status == "running"
    engine.extra = {}
    await learning.pause()
    assert learning.run.refused is None


async def test_a_file_that_did_not_come_is_told():
    """It is no failure of the engine."""
    learning, engine, _ = made()
    engine.extra = {
        "status": "stopped",
        "trouble": {"code": "status", "path": "digits/train-0.bin", "status": 404},
    }
    await learning.start()
    assert learning.run.trouble == "digits/train-0.bin: the server answered 404"


async def test_a_worker_that_is_lost_in_the_middle_of_a_call_leaves_no_run():
    """Whatever the call was: nothing goes on, so nobody need be warned of leaving."""
    learning, engine, state = made()
    await learning.start()
    engine.gone = True
    task = asyncio.create_task(learning.adjust(batch=32))
    await until(lambda: "adjust" in engine.names())
    state.change(engine="failed")
    await task
    assert learning.run.status == "paused"
    assert module.window.warnings == 0


async def test_a_step_fetches_nothing_once_all_images_are_here():
    """In slow motion, the page must not say at each step that it fetches them."""
    learning, engine, state = made()
    seen = []
    state.watch(lambda: seen.append(learning.run.status))
    engine.status = "paused"
    for loaded in (900, 1000):
        engine.extra = {"loaded": loaded, "total": 1000}
        await learning.pause()
        seen.clear()
        await learning.step(1, 0)
        assert ("loading" in seen) == (loaded < 1000)
