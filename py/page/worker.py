"""The engine's worker: starting it, watching it, starting it anew, and asking it about ink.

Public: ``Worker``. At most one question is on its way; when its answer comes, the newest ink is asked
about next, and what lies between is never asked.
"""

import asyncio

import js

from page import failures
from page.dom import document, kept, window
from page.replies import Answer, Network, Terms

# The network that is used until another is chosen.
FIRST = "784-16-16-10-sigmoid"

# The test digits, which are fetched when they are first wanted.
DIGITS = "digits/mnist-test.bin"

# A start that shows no sign of life for this long, in seconds, is given up: a connection that hangs
# never ends by itself. Between the last byte and the engine's first word a slow phone computes for
# more than ten.
PATIENCE_AT_START = 40

# An answer takes milliseconds. A worker that has died says nothing, so silence has to do.
PATIENCE_AT_WORK = 6


class Worker:
    """The one worker behind the page. Its state shows in ``state.engine`` and ``state.failure``.

    A ``life`` is one worker from its start to its end; what an earlier life still has to say is not
    heard.
    """

    def __init__(self, state):
        self._state = state
        self._tag = document.querySelector("script[type=py]")
        self._xworker = None
        self._hearing = kept(self._hear)
        self._life = 0
        self._asking = False
        self._asked = self._looked = None
        self._questions = []
        self._silence = 0
        self._name = FIRST
        self._turned = {}
        state.network = Network(FIRST)
        asyncio.create_task(self._watch())

    async def start(self):
        """Wait for the worker to be ready and give it its network, or show what failed."""
        life = self._life
        self._silence = 0
        # PyScript 0.7.31 takes up script tags, and gives them their `xworker`, when it gets to them.
        while not getattr(self._tag, "xworker", None):
            await asyncio.sleep(0.01)
        xworker = self._xworker = self._tag.xworker
        xworker.addEventListener("message", self._hearing)
        try:
            await xworker.ready
            trouble = await xworker.sync.status()
            if trouble:
                raise RuntimeError(trouble)
            network = await self._open(self._name)
            if self._state.digits == "ready":
                # One of them may be on the pad, or come back to it by undo.
                trouble = await xworker.sync.fetch_digits(_address(DIGITS))
                if trouble:
                    raise RuntimeError(trouble)
        except Exception as error:  # noqa: BLE001, whatever the worker threw has to be shown
            self.fail(failures.at_start(failures.text(error)), life)
            return
        if life == self._life:
            window.performance.mark("engine-ready")
            self._state.change(engine="ready", failure="", network=network)
            self.follow()

    async def choose(self, name):
        """Use another network from now on, on the same ink; one that cannot be had is said to be so."""
        self._name = name
        if self._state.engine != "ready":
            return
        life = self._life
        try:
            network = await self._open(name)
        except Exception as error:  # noqa: BLE001, as below
            self.fail(failures.at_start(failures.text(error)), life)
            return
        if life == self._life and name == self._name:
            # An answer of the network before is none of this one's.
            self._state.change(network=network, answer=None, playing=None, score=None)
            self.follow()

    async def _open(self, name):
        """Have a network used, as its dials were turned in a worker before this one."""
        turned = self._turned.get(name, [])
        reply = await self._xworker.sync.open_network(name, weights_address(name), turned)
        return self._network(name, reply)

    def _network(self, name, reply):
        network = Network(name, reply)
        if network.turned:
            self._turned[name] = network.dials
        else:
            self._turned.pop(name, None)
        return network

    def take(self, reply):
        """Use the dials that a reply of the engine holds (see ``showing.turned``)."""
        network = self._network(reply.name, reply)
        if reply.name == self._state.network.name:
            self._state.change(network=network, score=None)

    def stop(self):
        """End Python that runs for too long, and start it anew with the dials as they were."""
        if self._state.busy:
            self.fail(failures.STOPPED)
            self.restart()

    async def fetch_digits(self):
        """Fetch the test digits, if they are not there yet: "", or why they are not."""
        state = self._state
        if state.digits == "":
            state.change(digits="loading", digits_loaded=0, digits_trouble="")
            trouble = await self.ask("fetch_digits", _address(DIGITS))
            if trouble is None:
                trouble = failures.NOT_READY
            state.change(digits="" if trouble else "ready", digits_trouble=trouble)
        while state.digits == "loading":
            await asyncio.sleep(0.05)  # somebody else has asked for them
        return state.digits_trouble

    async def compare(self, names):
        """Ask for networks side by side: a list of what ``Session.compare`` gives, or None as ``ask``."""
        addresses = [weights_address(name) for name in names]
        turned = js.Array.of(*[self._turned.get(name, js.Array.new()) for name in names])
        return await self.ask("compare", names, addresses, turned)

    async def ask(self, name, *arguments):
        """Ask the engine for one of its functions: what it returns, or None if it cannot be asked.

        An error is told on the page, and the worker ended.
        """
        if self._state.engine != "ready":
            return None
        life, over, said = self._life, asyncio.Event(), []
        self._questions.append(over)
        self._silence = 0
        asyncio.create_task(self._put(life, over, said, name, arguments))
        await over.wait()
        return said[0] if said and life == self._life else None

    async def _put(self, life, over, said, name, arguments):
        """Wait for what may never come, for a worker that was ended says nothing more."""
        try:
            said.append(await getattr(self._xworker.sync, name)(*arguments))
        except Exception as error:  # noqa: BLE001, whatever the worker threw has to be shown
            self.fail(failures.at_work(failures.text(error)), life)
        if life == self._life:
            self._questions.remove(over)
            self._silence = 0
            over.set()

    def restart(self):
        """Start another worker in the place of one that has failed. The ink stays."""
        if self._state.engine != "failed":
            return
        fresh = document.createElement("script")
        for name in self._tag.getAttributeNames():
            fresh.setAttribute(name, self._tag.getAttribute(name))
        self._tag.replaceWith(fresh)
        self._tag = fresh
        self._state.change(engine="loading", failure="", doing="", loaded=0, total=0)
        asyncio.create_task(self.start())

    def follow(self):
        """Ask about the ink as it is now, unless a question is on its way: then right after it.

        What is new about the neuron that is looked into is asked at once: it is quickly answered.
        """
        state = self._state
        if state.engine == "ready" and not self._asking and self._asked != self._question():
            self._asking = True
            asyncio.create_task(self._ask())
        elif state.engine == "ready" and state.answer and self._looked != state.looked:
            self._looked = state.looked
            if state.looked:
                asyncio.create_task(self._look(state.looked))

    def fail(self, sentence, life=None):
        """Show that this worker has failed, and end it: nothing that it still says is heard."""
        if life is None or life == self._life:
            self._life += 1
            self._asking = False
            self._asked = self._looked = None
            while self._questions:
                self._questions.pop().set()  # whoever asked must not wait for ever
            if self._xworker:
                self._xworker.terminate()
                self._xworker = None
            # What was answered before is no answer to what is drawn now, so it goes as well.
            state = self._state
            digits = "" if state.digits == "loading" else state.digits
            state.change(
                engine="failed",
                failure=sentence,
                answer=None,
                playing=None,
                busy=False,
                digits=digits,
            )

    async def _ask(self):
        state, life = self._state, self._life
        while life == self._life and self._asked != self._question():
            self._asked = self._question()
            version, straighten, network = self._asked
            neuron = self._looked = state.looked
            ink, era = state.ink, state.ink.era
            digit = ink.digit.index if ink.digit else -1
            about = (straighten, list(neuron or ()), digit)
            reply = await self.ask("answer", *(ink.pack() + about))
            # Of a network whose dials are being turned the last answer but one is better than none.
            if reply and era == ink.era and network.name == state.network.name:
                state.change(answer=Answer(version, network, reply, neuron))
        if life == self._life:
            self._asking = False

    async def _look(self, neuron):
        """Look into a neuron. Replies come in turn, so it is of the ink that was answered last."""
        network = self._state.network
        reply = await self.ask("inside", neuron[0], neuron[1])
        answer = self._state.answer
        if reply and answer and network is self._state.network and neuron == self._state.looked:
            answer.terms = Terms(neuron, reply)
            self._state.changed()

    def _question(self):
        """Put the question of now: which ink, how, and which network."""
        return self._state.ink.version, self._state.straighten, self._state.network

    def _hear(self, event):
        """Hear how far the start has come; the worker's other messages are PyScript's own."""
        report = event.data
        failure = getattr(report, "failure", None)
        if self._xworker and isinstance(failure, str):
            self.fail(failures.at_start(failure))
        elif self._xworker and getattr(report, "total", None):
            self._silence = 0
            if getattr(report, "path", None) == DIGITS:
                self._state.change(digits_loaded=report.loaded, digits_total=report.total)
            elif getattr(report, "doing", None):
                self._state.change(doing=report.doing, loaded=report.loaded, total=report.total)

    async def _watch(self):
        """Count the seconds of silence. Ticks, not the clock: a tab that was frozen has not waited."""
        while True:
            await asyncio.sleep(1)
            self._silence += 1
            if self._state.engine == "loading" and self._silence > PATIENCE_AT_START:
                self.fail(failures.SILENT)
            # A download may stall; whoever fetches gives it up by itself (static/interpreter.mjs).
            fetching = self._state.digits == "loading"
            patience = PATIENCE_AT_START if fetching else PATIENCE_AT_WORK
            silent = self._questions and self._silence > patience
            # What was typed may take as long as it likes: it has a button to stop it.
            if self._state.engine == "ready" and silent and not self._state.busy:
                self.fail(failures.at_work("it does not answer"))


def weights_address(name):
    """Give the address of a network's file."""
    return _address("weights/" + name + ".npz")


def _address(path):
    return js.URL.new(path, document.baseURI).href
