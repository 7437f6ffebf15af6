"""The engine's worker: starting it, watching it, starting it anew, and asking it about ink.

Public: ``Worker``. What is asked about the ink, and when, is in ``questions``.
"""

import asyncio

import js

from boot import modules
from page import failures
from page.dom import document, kept, window
from page.engine_client.questions import Questions
from page.engine_client.replies import Network

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

    ``turned`` are the dials of the networks that are not as they were shipped, by name.

    A ``life`` is one worker from its start to its end; what an earlier life still has to say is not
    heard.
    """

    def __init__(self, state, name=None, turned=None):
        self._state = state
        self._tag = document.querySelector("script[type=py]")
        self._xworker = None
        self._hearing = kept(self._hear)
        self._life = 0
        self._started = False
        self._questions = Questions(state, self._send, self._fail_at_work)
        self.follow = self._questions.follow
        self._waiting = []
        self._silence = 0
        self._name = name or FIRST
        self.turned = turned or {}
        state.network = Network(self._name)
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
            self._started = True
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
        turned = self.turned.get(name, [])
        reply = await self._xworker.sync.open_network(name, weights_address(name), turned)
        return self._network(name, reply)

    def _network(self, name, reply):
        network = Network(name, reply)
        if network.turned:
            self.turned[name] = network.dials
        else:
            self.turned.pop(name, None)
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
        turned = js.Array.of(*[self.turned.get(name, js.Array.new()) for name in names])
        return await self.ask("compare", names, addresses, turned)

    def ask(self, name, *arguments):
        """Ask the engine for one of its functions, at once. Await what it returns, None if it cannot.

        An error is told on the page, and the worker ended.
        """
        ready = self._state.engine == "ready"
        return self._reply(self._send(name, *arguments) if ready else None, self._life)

    def _send(self, name, *arguments):
        """Give the promise of one of the engine's functions, which never ends if its worker does."""
        self._silence = 0
        return getattr(self._xworker.sync, name)(*arguments)

    async def _reply(self, promise, life):
        if promise is None or life != self._life:
            return None
        over, said = asyncio.Event(), []
        self._waiting.append(over)
        asyncio.create_task(self._put(life, over, said, promise))
        await over.wait()
        return said[0] if said and life == self._life else None

    async def _put(self, life, over, said, promise):
        """Wait for what may never come, for a worker that was ended says nothing more."""
        try:
            said.append(await promise)
        except Exception as error:  # noqa: BLE001, whatever the worker threw has to be shown
            self._fail_at_work(error, life)
        if life == self._life:
            self._waiting.remove(over)
            self._silence = 0
            over.set()

    def _fail_at_work(self, error, life=None):
        self.fail(failures.at_work(failures.text(error)), life)

    def restart(self):
        """Start another worker in the place of one that has failed. The ink stays."""
        if self._state.engine != "failed":
            return
        self._silence = 0
        self._state.change(engine="loading", failure="", doing="", loaded=0, total=0)
        asyncio.create_task(self._start_anew())

    async def _start_anew(self):
        life = self._life
        if not self._started:
            await modules.load_workers()
            if life != self._life:
                return
        fresh = document.createElement("script")
        for name in self._tag.getAttributeNames():
            fresh.setAttribute(name, self._tag.getAttribute(name))
        self._tag.replaceWith(fresh)
        self._tag = fresh
        await self.start()

    def fail(self, sentence, life=None):
        """Show that this worker has failed, and end it: nothing that it still says is heard."""
        if life is None or life == self._life:
            self._life += 1
            self._questions.forget()
            while self._waiting:
                self._waiting.pop().set()  # whoever asked must not wait for ever
            if self._xworker:
                # What it has posted may still be on its way, and the next worker has the same listener.
                self._xworker.removeEventListener("message", self._hearing)
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

    def _hear(self, event):
        """Hear how far the start has come, and what Python prints; other messages are PyScript's own."""
        report = event.data
        printed = getattr(report, "printed", None)
        if isinstance(printed, str):
            self._state.printed.append(printed)
            if len(self._state.printed) == 1:  # there may be hundreds in a second
                self._state.changed()
            return
        failure = getattr(report, "failure", None)
        if self._xworker and isinstance(failure, str):
            self.fail(failures.at_start(failure))
        elif self._xworker and getattr(report, "total", None):
            state = self._state
            if getattr(report, "doing", None):
                if (report.doing, report.loaded) == (state.doing, state.loaded):
                    return  # it was said again, in case nobody had listened
                state.change(doing=report.doing, loaded=report.loaded, total=report.total)
            elif getattr(report, "path", None) == DIGITS:
                state.change(digits_loaded=report.loaded, digits_total=report.total)
            self._silence = 0

    async def _watch(self):
        """Count the seconds of silence. Ticks, not the clock: a tab that was frozen has not waited."""
        while True:
            await asyncio.sleep(1)
            self._silence += 1
            if self._state.engine == "loading" and self._silence > PATIENCE_AT_START:
                self.fail(failures.SILENT)
            # A download may stall; whoever fetches gives it up by itself (static/boot/interpreter.mjs).
            fetching = self._state.digits == "loading"
            patience = PATIENCE_AT_START if fetching else PATIENCE_AT_WORK
            waiting = self._waiting or self._questions.waiting
            silent = waiting and self._silence > patience
            # What was typed may take as long as it likes: it has a button to stop it.
            if self._state.engine == "ready" and silent and not self._state.busy:
                self.fail(failures.at_work("it does not answer"))


def weights_address(name):
    """Give the address of a network's file."""
    return _address("weights/" + name + ".npz")


def _address(path):
    return js.URL.new(path, document.baseURI).href
