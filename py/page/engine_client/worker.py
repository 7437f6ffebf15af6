"""The engine's worker: starting it, watching it, ending it, and starting another."""

import asyncio

import js

from boot import modules
from page import failures, networks
from page.dom import document, kept, window
from page.engine_client.calls import Calls
from page.engine_client.network_list import NetworkList, address_of
from page.engine_client.questions import Questions
from page.engine_client.replies import Network, checked, trouble_in
from page.networks import NetworkInfo

# The test digits, which are fetched when they are first wanted.
DIGITS = "digits/mnist-test.bin"

# Seconds without a sign of life after which a start is given up: a connection that hangs never ends by
# itself. A slow phone computes for more than ten between the last byte and the engine's first message.
PATIENCE_AT_START = 40

# Seconds of silence after which a worker counts as dead. An answer takes milliseconds.
PATIENCE_AT_WORK = 6


class Worker:
    """The one worker behind the page. ``state.engine`` and ``state.failure`` show how it is.

    ``networks`` is the NetworkList: what each worker is told about the networks that it is to open.

    A ``life`` is one worker from its start to its end. What an earlier life still says is ignored.
    """

    def __init__(self, state, dials=None):
        self._state = state
        self._tag = document.querySelector("script[type=py]")
        self._xworker = None
        self._hearing = kept(self._hear)
        self._life = 0
        self._started = False
        self._fetching = set()
        self._calls = Calls(self._fail_at_work)
        self._questions = Questions(state, self._calls.send, self._fail_at_work)
        state.watch(self._questions.follow)
        self.networks = NetworkList(state, dials)
        self._info = networks.find(state.networks, state.chosen or networks.SHIPPED[0].id)
        state.network = Network(self._info)
        asyncio.create_task(self._watch())

    async def start(self):
        """Wait for the worker to be ready and open its network, or show what failed."""
        life = self._life
        self._calls.silence = 0
        # PyScript 0.7.31 gives a script tag its `xworker` when it gets to it.
        while not getattr(self._tag, "xworker", None):
            await asyncio.sleep(0.01)
        xworker = self._xworker = self._tag.xworker
        xworker.addEventListener("message", self._hearing)
        try:
            await xworker.ready
            if life != self._life:
                return
            self._calls.begin(xworker.sync)
            trouble = await self._calls.send("status")
            if trouble:
                raise RuntimeError(trouble)
            network = await self._open(self._info)
            if self._state.digits == "ready":
                # One of them may be on the pad, or return to it by undo.
                checked(await self._calls.send("fetch_digits", address_of(DIGITS)))
        except Exception as error:  # noqa: BLE001, whatever the worker raised has to be shown
            self.fail(failures.at_start(failures.text(error)), life)
            return
        if life == self._life:
            self._started = True
            window.performance.mark("engine-ready")
            self._state.change(engine="ready", failure="", network=network)

    async def choose(self, name):
        """Use another network from now on, on the same ink. Report a network that cannot be fetched."""
        info, used = networks.find(self._state.networks, name), self._state.network
        # The page may show it while another one is on its way, and that would take its place.
        if info is self._info and used.name == name and used.ready:
            return  # ``take`` was faster
        self._info = info
        if self._state.engine != "ready":
            return
        life = self._life
        try:
            network = await self._open(info)
            while info is not self._info and self._state.network.name == self._info.id:
                # The page shows another one by now, and the engine uses the one that it has just opened.
                info = self._info
                network = await self._open(info)
        except Exception as error:  # noqa: BLE001, as above
            self.fail(failures.at_start(failures.text(error)), life)
            return
        if life == self._life and info is self._info:
            # The previous network's answer says nothing about this one.
            self._state.change(network=network, answer=None, playing=None, score=None)

    async def _open(self, info):
        """Have the engine use a network, with the dials that an earlier worker had."""
        reply = await self._calls.send("open_network", self.networks.recipe(info))
        return self.networks.network(info, checked(reply))

    def take(self, reply, title=None):
        """Show the network in a reply of the engine (see ``engine.replies.network_in_use``).

        title: that of a network that may be new here, or may have another shape than before. The page uses
        it from now on. Without a title, the network is known; it is shown if the page uses it.
        """
        state = self._state
        if title is None:
            network = self.networks.network(networks.find(state.networks, reply.id), reply)
            if reply.id == state.network.name:
                state.change(network=network, score=None)
            return
        info = NetworkInfo(reply.id, title, list(reply.shape), reply.activation, reply.source)
        self._info = info
        network = self.networks.network(info, reply)
        self.networks.add(info)
        # The previous network's answer says nothing about this one.
        state.change(chosen=info.id, network=network, answer=None, playing=None, score=None)

    def stop(self):
        """End Python that runs for too long, and start it again with the same dials."""
        if self._state.busy:
            self.fail(failures.STOPPED)
            self.restart()

    async def fetch_digits(self):
        """Fetch the test digits, unless they are here. Returns "", or why they did not come."""
        state = self._state
        if state.digits == "":
            state.change(digits="loading", digits_loaded=0, digits_trouble="")
            reply = await self.ask("fetch_digits", address_of(DIGITS))
            trouble = trouble_in(reply) if reply else failures.NOT_READY
            state.change(digits="" if trouble else "ready", digits_trouble=trouble)
        while state.digits == "loading":
            await asyncio.sleep(0.05)  # another view has asked for them
        return state.digits_trouble

    async def compare(self, ids):
        """Ask for networks side by side. Returns the list of ``Session.compare``, or None as in ``ask``."""
        infos = [networks.find(self._state.networks, each) for each in ids]
        recipes = js.Array.of(*[self.networks.recipe(info) for info in infos])
        reply = await self.ask("compare", recipes)
        trouble = trouble_in(reply) if reply else ""
        if trouble:
            self.fail(failures.at_start(trouble))
        return list(reply.sides) if reply and not trouble else None

    def ask(self, name, *arguments):
        """Call one of the engine's functions at once. Await what this returns: the reply, or None.

        None means that the engine is not ready, or has failed or ended meanwhile; the page shows why.
        """
        ready = self._state.engine == "ready"
        return self._calls.ask(name, *arguments) if ready else _nothing()

    def _fail_at_work(self, error):
        self.fail(failures.at_work(failures.text(error)))

    def restart(self):
        """Start another worker in place of one that has failed. The ink stays."""
        if self._state.engine != "failed":
            return
        self._calls.silence = 0
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
        """Show that this worker has failed, and end it. Everything it still says is ignored."""
        if life is None or life == self._life:
            self._life += 1
            self._questions.forget()
            self._calls.end()
            self._fetching.clear()
            if self._xworker:
                # Its messages may still be on their way, and the next worker has the same listener.
                self._xworker.removeEventListener("message", self._hearing)
                self._xworker.terminate()
                self._xworker = None
            # The last answer may not be about the newest ink, so it goes as well.
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
        """Hear how far the start is, and what Python prints; other messages are PyScript's own."""
        report = event.data
        printed = getattr(report, "printed", None)
        if isinstance(printed, str):
            self._state.printed.append(printed)
            if len(self._state.printed) == 1:  # there may be hundreds in a second
                self._state.changed()
            return
        failure = getattr(report, "failure", None)
        if self._xworker and getattr(failure, "code", None):
            self.fail(failures.at_start(failures.of_file(failure)))
        elif self._xworker and getattr(report, "total", None):
            state = self._state
            if getattr(report, "doing", None):
                if (report.doing, report.loaded) == (state.doing, state.loaded):
                    return  # it was posted again in case nobody had listened
                state.change(doing=report.doing, loaded=report.loaded, total=report.total)
            elif getattr(report, "path", None):
                (self._fetching.discard if report.over else self._fetching.add)(report.path)
                if report.over and report.loaded == report.total:
                    state.change(fetched=state.fetched + [report.path])
                if report.path == DIGITS:
                    state.change(digits_loaded=report.loaded, digits_total=report.total)
            self._calls.silence = 0

    async def _watch(self):
        """Count the seconds of silence. Not by the clock: a tab that was frozen has not waited."""
        calls = self._calls
        while True:
            await asyncio.sleep(1)
            calls.silence += 1
            if self._state.engine == "loading" and calls.silence > PATIENCE_AT_START:
                self.fail(failures.SILENT)
            # The worker gives up a download that stalls (static/boot/fetching.mjs). In a plain site it does
            # not tell when one begins.
            loading = "loading" in (self._state.digits, self._state.learning)
            fetching = self._fetching or loading
            patience = PATIENCE_AT_START if fetching else PATIENCE_AT_WORK
            waiting = calls.waiting or self._questions.waiting
            silent = waiting and calls.silence > patience
            # Typed code may run for as long as it likes: there is a button to stop it.
            if self._state.engine == "ready" and silent and not self._state.busy:
                self.fail(failures.at_work("it does not answer"))


async def _nothing():
    """Stand for the reply of an engine that was not asked."""
