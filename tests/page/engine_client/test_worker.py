"""The page's talk with the engine: one question at a time, the newest next, and what goes wrong."""

# ruff: noqa: N802, N815 — the names are the browser's
import asyncio

import js
from support import network_info

import page.engine_client.network_list
import page.engine_client.worker
import page.network_choice
from page import networks
from page.pad.ink import Ink
from page.state import State


class Reply:
    """What the engine answers, as an object with fields."""

    def __init__(self, **fields):
        for name, value in fields.items():
            setattr(self, name, value)


NAME, OTHER = "2-3-1-sigmoid", "2-3-1-relu"
NETWORK = Reply(
    id=NAME,
    source="shipped",
    dials=js.Float32Array.of(*range(13)),
    changed=js.Uint8Array.new(4),
    undo=False,
    redo=False,
)


INSIDE = {
    "weights_image": None,
    "products_image": None,
    "largest": 1.0,
    "strongest": 1.0,
    "sources": js.Array.of(1),
    "weights": js.Array.of(1),
    "activations": js.Array.of(1),
    "products": js.Array.of(1),
    "others": 1,
    "bias": 6.0,
    "z": 7.0,
    "sides": [],
}


def edited_to(dials, name=NAME):
    """Make the reply of a network whose dials were edited to be these."""
    dials = js.Float32Array.of(*dials)
    changed = js.Uint8Array.of(1, 0, 0, 0)
    return Reply(id=name, source="edited", dials=dials, changed=changed, undo=True, redo=False)


class Sync:
    """The engine's functions; every question waits until the test has it answered."""

    def __init__(self, trouble=""):
        self.trouble = trouble
        self.opened = []
        self.asked = []
        self.waiting = []
        self.fetched = []
        self.digits = asyncio.Event()
        self.reason = None
        self.insides = []
        self.calls = []

    async def status(self):
        return self.trouble

    async def open_network(self, recipe):
        self.recipe = list(recipe)
        name, _, dials = self.recipe[:3]
        self.opened.append((name, list(dials)))
        return edited_to(list(dials), name) if list(dials) else NETWORK

    async def edit(self, action, arguments, gesture):
        return edited_to(arguments)

    def use(self, name):
        self.calls.append("use " + name)
        return js.Promise.resolve(Reply())

    async def run(self, source):
        """Run for ever."""
        await asyncio.Event().wait()

    async def fetch_digits(self, address):
        self.fetched.append(address)
        await self.digits.wait()
        return Reply(**({"trouble": self.reason} if self.reason else {}))

    def inside(self, layer, index):
        self.insides.append((layer, index))
        return js.Promise.resolve(Reply(**INSIDE))

    def answer(self, points, lengths, straighten, pointed, digit):
        self.asked.append([points[i] for i in range(points.length)])
        self.calls.append("answer")
        return js.Promise.new(lambda *settle: self.waiting.append(settle))

    def reply(self, digit="1", error=None, **other):
        """Answer the oldest question that waits."""
        resolve, reject = self.waiting.pop(0)
        if error:
            reject(error)
        known = {
            "digit": digit,
            "why": "",
            "row": 0,
            "a": js.Float32Array.new(6),
            "z": js.Float32Array.new(4),
            "strongest": js.Int32Array.new(4),
        }
        known.update(other)
        resolve(Reply(rgba=None, **known))


class XWorker:
    """A worker that is ready at once."""

    def __init__(self, sync):
        self.sync = sync
        self.ended = False
        self.listeners = []
        self.ready = self._ready()

    async def _ready(self):
        return True

    def addEventListener(self, kind, function):
        self.listeners.append(function)

    def removeEventListener(self, kind, function):
        self.listeners.remove(function)

    def post(self, **fields):
        """Post a message to the page."""
        for function in self.listeners:
            function(Reply(data=Reply(**fields)))

    def terminate(self):
        self.ended = True


class Tag:
    """The script element that PyScript has made a worker of."""

    def __init__(self, xworker):
        self.xworker = xworker

    def getAttributeNames(self):
        return []

    def replaceWith(self, other):
        pass


class Document:
    """Finds the first of some script elements, and makes the others."""

    baseURI = "http://127.0.0.1/"

    def __init__(self, *tags):
        self._tags = list(tags)

    def querySelector(self, selector):
        return self._tags.pop(0)

    def createElement(self, name):
        return self._tags.pop(0)


def stand_in(document):
    """Put a document in place of the browser's."""
    for module in (page.engine_client.worker, page.engine_client.network_list):
        module.document = document


async def turns():
    """Let every task go on until all of them wait for the test."""
    for _ in range(20):
        await asyncio.sleep(0)


async def started(*engines):
    """Start a worker on the first engine; the others come after restarts."""
    networks.SHIPPED = tuple([network_info(name) for name in (NAME, OTHER)])
    stand_in(Document(*[Tag(XWorker(sync)) for sync in engines]))
    state = State(Ink(js.Float32Array.new))
    worker = page.engine_client.worker.Worker(state)
    await worker.start()
    await turns()
    return worker, state


def draw(worker, state, x, y):
    """Add one dot, and have it asked about."""
    state.ink.begin(x, y)
    state.changed()


async def test_the_engine_is_ready_when_it_has_its_network():
    """Its shape and dials are the ones of the reply."""
    _, state = await started(Sync())
    assert state.engine == "ready"
    assert state.network.shape == [2, 3, 1]
    assert state.network.count == 13


async def test_weights_and_biases_are_where_the_engine_put_them():
    """W row by row, then b, layer after layer."""
    _, state = await started(Sync())
    network = state.network
    assert [network.weight(1, to, source) for to in range(3) for source in range(2)] == [
        0,
        1,
        2,
        3,
        4,
        5,
    ]
    assert [network.bias(1, index) for index in range(3)] == [6, 7, 8]
    assert [network.weight(2, 0, source) for source in range(3)] == [9, 10, 11]
    assert network.bias(2, 0) == 12


async def test_what_was_drawn_before_the_engine_came_is_asked_at_once():
    """Nobody has to draw again."""
    sync = Sync()
    stand_in(Document(Tag(XWorker(sync))))
    state = State(Ink(js.Float32Array.new))
    worker = page.engine_client.worker.Worker(state)
    draw(worker, state, 1, 2)
    await worker.start()
    await turns()
    assert sync.asked == [[1, 2]]


async def test_one_question_is_on_its_way_at_most():
    """While an answer is awaited, more ink asks nothing."""
    sync = Sync()
    worker, state = await started(sync)
    sync.reply()
    await turns()
    for x in range(1, 9):
        draw(worker, state, x, 1)
        await turns()
    assert len(sync.waiting) == 1
    assert len(sync.asked) == 2


async def test_the_newest_ink_is_asked_about_next():
    """What was drawn in between is not asked about one by one."""
    sync = Sync()
    worker, state = await started(sync)
    sync.reply()
    await turns()
    for x in range(1, 5):
        draw(worker, state, x, 1)
        await turns()
    sync.reply("1")
    await turns()
    assert sync.asked[1:] == [[1, 1], [1, 1, 2, 1, 3, 1, 4, 1]]
    sync.reply("2")
    await turns()
    assert state.answer.digit == "2"
    assert state.answer.version == state.ink.version
    assert sync.waiting == []


async def test_an_answer_to_ink_that_was_taken_away_is_dropped():
    """After clearing, the old digit does not come up again."""
    sync = Sync()
    worker, state = await started(sync)
    sync.reply("")
    await turns()
    draw(worker, state, 1, 1)
    await turns()
    state.ink.clear()
    state.changed()
    sync.reply("7")
    await turns()
    assert state.answer.digit == ""
    sync.reply("")
    await turns()
    assert sync.asked[-1] == []
    assert state.answer.version == state.ink.version


async def test_a_switch_of_straightening_asks_anew():
    """The ink is the same, but the question is not."""
    sync = Sync()
    _, state = await started(sync)
    sync.reply()
    await turns()
    state.change(straighten=False)
    state.changed()
    await turns()
    assert len(sync.waiting) == 1


async def test_a_neuron_is_looked_into_without_waiting_for_an_answer():
    """While ink is being answered, what is pointed at is asked about beside it, once."""
    sync = Sync()
    worker, state = await started(sync)
    sync.reply()
    await turns()
    draw(worker, state, 1, 1)
    await turns()
    state.change(pointed=(1, 2), looked=(1, 2))
    state.change(pinned=True)
    await turns()
    assert len(sync.waiting) == 1
    assert sync.insides == [(1, 2)]
    assert state.answer.terms.neuron == (1, 2)


async def test_a_neuron_that_the_engine_does_not_have_is_not_described():
    """Its network has just been replaced by one of another shape, of which the page will hear."""
    for nothing in (js.JSON.parse("[null]")[0], js.Object.new(), None):
        sync = Sync()
        worker, state = await started(sync)
        state.change(looked=(1, 2))
        sync.reply()
        await turns()
        draw(worker, state, 1, 1)
        await turns()
        sync.reply(inside=nothing)
        await turns()
        assert state.answer.terms is None


async def test_an_answer_of_a_network_of_another_shape_is_dropped():
    """The page asks again when it hears of that network."""
    sync = Sync()
    _, state = await started(sync)
    sync.reply(a=js.Float32Array.new(9))
    await turns()
    assert state.answer is None


async def test_pointing_asks_nothing_about_ink_that_is_answered():
    """The answer is known; only the neuron is new."""
    sync = Sync()
    _, state = await started(sync)
    sync.reply()
    await turns()
    state.change(pointed=(1, 2), looked=(1, 2))
    state.change(pointed=None)
    await turns()
    assert len(sync.asked) == 1
    assert sync.insides == [(1, 2)]


async def test_an_engine_in_trouble_says_so():
    """A worker that could not import its modules is told by name, not by a hang."""
    _, state = await started(Sync(trouble="ImportError: no module named nn"))
    assert state.engine == "failed"
    assert "no module named nn" in state.failure


async def test_an_answer_that_fails_is_a_failure():
    """The engine has stopped working, and the page says it."""
    sync = Sync()
    _, state = await started(sync)
    sync.reply(error=ValueError("the weights are gone"))
    await turns()
    assert state.engine == "failed"
    assert "the weights are gone" in state.failure


async def test_trying_again_keeps_the_drawing_and_asks_about_it():
    """A new worker takes over where the old one failed, and the old one is ended."""
    first, second = Sync(), Sync()
    worker, state = await started(first, second)
    old = worker._tag.xworker
    first.reply(error=ValueError("gone"))
    await turns()
    draw(worker, state, 5, 6)
    worker.restart()
    await turns()
    assert old.ended
    assert state.engine == "ready"
    assert state.failure == ""
    assert second.asked == [[5, 6]]
    second.reply("3")
    await turns()
    assert state.answer.digit == "3"


async def test_an_answer_after_giving_up_is_not_heard():
    """A page that says "it does not answer" must not show an answer beside that."""
    sync = Sync()
    worker, state = await started(sync)
    draw(worker, state, 5, 6)
    worker.fail("it does not answer")
    sync.reply("3")
    await turns()
    assert state.answer is None
    assert state.engine == "failed"


async def test_trying_again_twice_starts_one_worker():
    """A double click is one wish."""
    first, second = Sync(), Sync()
    worker, state = await started(first, second)
    worker.fail("gone")
    worker.restart()
    worker.restart()
    await turns()
    assert state.engine == "ready"


async def test_what_an_ended_worker_still_says_is_not_heard():
    """Neither its answer nor its error reaches the page after another has taken its place."""
    first, second = Sync(), Sync()
    worker, state = await started(first, second)
    draw(worker, state, 5, 6)
    worker.fail("it does not answer")
    worker.restart()
    await turns()
    first.reply(error=ValueError("late"))
    await turns()
    assert state.engine == "ready"
    assert state.failure == ""
    second.reply("3")
    await turns()
    assert state.answer.digit == "3"


async def test_test_digits_are_fetched_once():
    """However many ask for them while they are on their way, or later."""
    sync = Sync()
    worker, state = await started(sync)
    assert (state.digits, sync.fetched) == ("", [])
    troubles = []

    async def fetch():
        troubles.append(await worker.fetch_digits())

    asyncio.create_task(fetch())
    asyncio.create_task(fetch())
    await turns()
    assert (state.digits, troubles) == ("loading", [])
    sync.digits.set()
    await asyncio.sleep(0.1)
    await fetch()
    assert troubles == ["", "", ""]
    assert state.digits == "ready"
    assert sync.fetched == ["http://127.0.0.1/digits/mnist-test.bin"]


async def test_test_digits_that_do_not_come_can_be_fetched_again():
    """The trouble is told to who asked, kept for who shows it, and gone at the next attempt."""
    sync = Sync()
    worker, state = await started(sync)
    sync.reason = Reply(code="status", path="digits/mnist-test.bin", status=404)
    sync.digits.set()
    trouble = "digits/mnist-test.bin: the server answered 404"
    assert await worker.fetch_digits() == trouble
    assert (state.digits, state.digits_trouble, state.engine) == ("", trouble, "ready")
    sync.reason = None
    assert await worker.fetch_digits() == ""
    assert (state.digits, state.digits_trouble) == ("ready", "")


async def test_another_worker_fetches_the_test_digits_again():
    """One of them may be on the pad; a worker without them could not answer."""
    first, second = Sync(), Sync()
    worker, state = await started(first, second)
    first.digits.set()
    await worker.fetch_digits()
    worker.fail("gone")
    worker.restart()
    await turns()
    assert (len(second.fetched), state.engine) == (1, "loading")
    second.digits.set()
    await turns()
    assert state.engine == "ready"


async def test_a_worker_that_ends_while_it_fetches_lets_others_try():
    """Nobody waits for ever for digits that no longer come."""
    first, second = Sync(), Sync()
    worker, state = await started(first, second)
    asyncio.create_task(worker.fetch_digits())
    await turns()
    worker.fail("gone")
    assert state.digits == ""
    worker.restart()
    await turns()
    second.digits.set()
    assert await worker.fetch_digits() == ""
    assert state.digits == "ready"


async def running(*engines):
    """Start a worker whose first engine runs an endless loop: the worker, its state, the task."""
    worker, state = await started(*engines)
    engines[0].reply()
    await turns()
    worker.take(await worker.ask("edit", "bias", list(range(1, 14)), ""))
    await turns()
    state.change(busy=True)
    heard = []

    async def run():
        heard.append(await worker.ask("run", "while True: pass"))

    asyncio.create_task(run())
    await turns()
    return worker, state, heard


async def test_what_is_stopped_comes_back_with_its_dials_and_its_drawing():
    """The next worker is given the dials of before, and asked about the ink on the pad."""
    first, second = Sync(), Sync()
    worker, state, heard = await running(first, second)
    old = worker._tag.xworker
    draw(worker, state, 5, 6)
    old.post(printed="")
    old.post(printed="a\n")
    worker.stop()
    old.post(printed="too late")
    assert state.printed == ["", "a\n"]
    assert state.engine == "loading"
    assert not state.busy
    await turns()
    assert old.ended
    assert heard == [None], "whoever asked does not wait for ever"
    assert second.opened == [(NAME, list(range(1, 14)))]
    assert state.engine == "ready"
    assert state.failure == ""
    assert state.network.bias(2, 0) == 13
    assert second.asked == [[5, 6]]
    second.reply("3")
    await turns()
    assert state.answer.digit == "3"


async def test_what_is_not_busy_is_not_stopped():
    """A click that comes too late ends nothing."""
    worker, state = await started(Sync())
    worker.stop()
    await turns()
    assert state.engine == "ready"


async def test_a_loop_that_runs_is_no_silence():
    """What was typed may take as long as it likes; an engine that says nothing for as long has died."""
    worker, state, _ = await running(Sync(), Sync())
    worker._calls.silence = 3600
    await asyncio.sleep(1.1)
    assert state.engine == "ready"
    state.change(busy=False)
    worker._calls.silence = 3600
    await asyncio.sleep(1.1)
    assert state.engine == "failed"


async def test_a_file_that_is_fetched_takes_longer_than_an_answer():
    """A server may be slow. Once the file is there, or has failed, the engine has to answer again."""
    worker, state, _ = await running(Sync(), Sync())
    post = worker._tag.xworker.post
    state.change(busy=False)
    for path in ("a.bin", "b.bin"):
        post(path=path, loaded=0, total=9, over=False)
    post(path="a.bin", loaded=9, total=9, over=True)
    worker._calls.silence = 20
    await asyncio.sleep(1.1)
    assert state.engine == "ready"
    post(path="b.bin", loaded=3, total=9, over=True)
    assert state.fetched == ["a.bin"]
    worker._calls.silence = 20
    await asyncio.sleep(1.1)
    assert state.engine == "failed"


async def test_what_an_ended_worker_was_fetching_says_nothing_about_the_next():
    worker, state, _ = await running(Sync(), Sync())
    worker._tag.xworker.post(path="a.bin", loaded=0, total=9, over=False)
    worker.stop()
    await turns()
    asyncio.create_task(worker.ask("run", "while True: pass"))
    await turns()
    worker._calls.silence = 20
    await asyncio.sleep(1.1)
    assert state.engine == "failed"


async def test_dials_of_a_network_that_is_not_in_use_are_kept():
    """Their reply came after another network was chosen; they are there when it is chosen again."""
    sync = Sync()
    worker, state = await started(sync)
    await worker.choose(OTHER)
    worker.take(edited_to(list(range(2, 15))))
    assert state.network.name == OTHER
    await worker.choose(NAME)
    assert sync.opened[-1] == (NAME, list(range(2, 15)))


OWN = networks.NetworkInfo("own-1", "mine", [2, 3, 1], "relu", "file")


async def test_a_network_of_ones_own_can_be_chosen():
    """The engine is told its dials, shape, activation and source, since there is no file to fetch."""
    sync = Sync()
    worker, state = await started(sync)
    worker.networks.add(OWN, js.Float32Array.of(*range(13)))
    assert [info.id for info in state.networks] == [NAME, OTHER, "own-1"]
    await worker.choose("own-1")
    assert sync.opened[-1] == ("own-1", list(range(13)))
    assert sync.recipe[1] == ""
    assert [list(sync.recipe[3])] + sync.recipe[4:] == [[2, 3, 1], "relu", "file"]
    assert state.network.name == "own-1"


async def test_another_worker_is_told_the_dials_of_ones_own_network():
    """They exist nowhere else: not even its file."""
    first, second = Sync(), Sync()
    worker, _ = await started(first, second)
    worker.networks.add(OWN, js.Float32Array.of(*range(13)))
    await worker.choose("own-1")
    worker.fail("gone")
    worker.restart()
    await turns()
    assert second.opened == [("own-1", list(range(13)))]


async def test_a_network_that_was_removed_is_not_used_any_more():
    """The first shipped one takes its place."""
    worker, state = await started(Sync())
    worker.networks.add(OWN, js.Float32Array.of(*range(13)))
    state.change(chosen="own-1")
    worker.networks.remove("own-1")
    assert (state.chosen, len(state.networks)) == (NAME, 2)


async def test_a_network_that_the_engine_has_made_is_used_at_once():
    """Its reply says what it is; nobody asks the engine for it again."""
    sync = Sync()
    worker, state = await started(sync)
    made = edited_to(list(range(13)), "learned")
    made.shape, made.activation, made.source = js.Array.of(2, 3, 1), "relu", "trained"
    worker.take(made, "learned")
    await worker.choose("learned")
    assert len(sync.opened) == 1
    assert (state.chosen, state.network.name, state.network.shape) == ("learned",) * 2 + (
        [2, 3, 1],
    )
    assert state.networks[-1].title == "learned"


async def test_the_engine_is_told_which_network_the_page_shows_before_it_is_asked():
    """Whatever the engine has used since: it opened this network long ago, and only reports new dials."""
    sync, second = Sync(), Sync()
    worker, _ = await started(sync, second)
    assert sync.calls == ["use " + NAME, "answer"]
    sync.reply()
    await turns()
    made = edited_to(list(range(13)), "learned")
    made.shape, made.activation, made.source = js.Array.of(2, 3, 1), "relu", "trained"
    worker.take(made, "learned")
    assert sync.calls[2:] == ["use learned", "answer"]
    worker.take(edited_to(list(range(1, 14)), "learned"))
    sync.reply()
    await turns()
    assert sync.calls[4:] == ["answer"], "it is told once"
    worker.fail("gone")
    worker.restart()
    await turns()
    assert second.calls[0] == "use learned"


async def test_a_network_can_be_left_while_it_is_opened():
    """Whoever goes back before the reply has come, stays there."""
    sync = Sync()
    worker, state = await started(sync)
    leaving = asyncio.create_task(worker.choose(OTHER))
    await asyncio.sleep(0)
    await worker.choose(NAME)
    await leaving
    await turns()
    assert state.network.name == NAME


class Slow(Sync):
    """An engine that has to fetch OTHER."""

    def __init__(self):
        super().__init__()
        self.arrived = asyncio.Event()

    async def open_network(self, recipe):
        if list(recipe)[:1] == [OTHER]:
            await self.arrived.wait()
        return await super().open_network(recipe)


async def test_a_network_that_the_engine_makes_while_another_is_opened_is_used():
    """The engine then uses the one that has arrived, which the page does not show: it is told so."""
    sync = Slow()
    worker, state = await started(sync)
    leaving = asyncio.create_task(worker.choose(OTHER))
    await turns()
    made = edited_to(list(range(13)), "learned")
    made.shape, made.activation, made.source = js.Array.of(2, 3, 1), "relu", "trained"
    worker.take(made, "learned")
    sync.arrived.set()
    await leaving
    assert state.network.name == "learned"
    assert [name for name, _ in sync.opened] == [NAME, OTHER, "learned"]


async def test_the_network_that_is_shown_can_be_chosen_while_another_is_opened():
    """The one that was wanted for a moment does not take its place when it arrives."""
    page.network_choice.find = lambda selector: None
    page.network_choice.find_all = lambda selector: []
    page.network_choice.on = lambda *listening: None
    sync = Slow()
    worker, state = await started(sync)
    state.change(chosen=NAME)
    page.network_choice.NetworkChoice(state, worker)
    state.change(chosen=OTHER)
    await turns()
    state.change(chosen=NAME)
    await turns()
    sync.arrived.set()
    await turns()
    assert [name for name, _ in sync.opened[:3]] == [NAME, NAME, OTHER]
    assert (state.chosen, state.network.name) == (NAME, NAME)
    assert sync.opened[-1][0] == NAME, "the engine uses what it has opened last"


async def test_a_network_that_arrives_late_is_not_used():
    """The visitor has gone back to the one before, which was there at once."""
    sync = Slow()
    worker, state = await started(sync)
    leaving = asyncio.create_task(worker.choose(OTHER))
    await turns()
    await worker.choose(NAME)
    sync.arrived.set()
    await leaving
    assert state.network.name == NAME
    assert sync.opened[-1][0] == NAME
