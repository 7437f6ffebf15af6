"""The engine's worker: starting it, watching it, starting it anew, and asking it about ink.

Public: ``Worker``, ``Network`` and ``Answer``. At most one question is on its way; when its answer
comes, the newest ink is asked about next, and what lies between is never asked.
"""

import asyncio

import js

from page import failures
from page.dom import document, kept, window

# The network that is used until another is chosen.
FIRST = "784-16-16-10-sigmoid"

# A start that shows no sign of life for this long, in seconds, is given up: a connection that hangs
# never ends by itself. Between the last byte and the engine's first word a slow phone computes for
# more than ten.
PATIENCE_AT_START = 40

# An answer takes milliseconds. A worker that has died says nothing, so silence has to do.
PATIENCE_AT_WORK = 6


class Network:
    """The network in use: name, shape, activation, and all weights and biases, read by index.

    Before the engine has sent it, only what its name says is known: ``ready`` is False then.
    """

    def __init__(self, name, reply=None):
        self.name = name
        *sizes, self.activation = name.split("-")
        self.shape = [int(size) for size in sizes]
        self.ready = reply is not None
        self._dials = reply.dials if reply else None
        self._starts = [0]
        for before, after in zip(self.shape, self.shape[1:]):
            self._starts.append(self._starts[-1] + before * after + after)
        self.count = self._starts[-1]

    def weight(self, layer, to, source):
        """The weight from a neuron of layer − 1 to one of this layer (1 is the first hidden one)."""
        return self._dials[self._starts[layer - 1] + to * self.shape[layer - 1] + source]

    def bias(self, layer, index):
        """The bias of a neuron; layer 1 is the first hidden one."""
        return self._dials[self._starts[layer] - self.shape[layer] + index]


class Terms:
    """Where one neuron's number comes from; the fields are those of ``showing.inside``.

    ``neuron`` is the one that was looked into; ``images`` are its weights and its products as bytes.
    """

    def __init__(self, neuron, reply):
        self.neuron = neuron
        self.images = (reply.weights_image, reply.products_image)
        self.largest = reply.largest
        self.strongest = reply.strongest
        self.sources = list(reply.sources)
        self.weights = list(reply.weights)
        self.activations = list(reply.activations)
        self.products = list(reply.products)
        self.others = reply.others
        self.bias = reply.bias
        self.z = reply.z


class Answer:
    """The engine's answer to one version of the ink; the fields are those of ``engine.answer``.

    ``terms`` are the Terms of the neuron that was pointed at when the question went out, or None.
    """

    def __init__(self, version, shape, reply, neuron=None):
        self.version = version
        self.terms = Terms(neuron, reply.inside) if neuron else None
        self.digit = reply.digit
        self.why = reply.why
        self.row = reply.row
        self.rgba = reply.rgba
        self.seen = list(reply.seen)
        self.frame = list(reply.frame)
        self.box = list(reply.box)
        self.outline = reply.outline
        self._a = reply.a
        self._z = reply.z
        self._starts = [sum(shape[:layer]) for layer in range(len(shape))]

    def activation(self, layer, index):
        """The activation of a neuron, 0 to 1; of ReLU neurons, 0 and up."""
        return self._a[self._starts[layer] + index]

    def weighted_sum(self, layer, index):
        """The weighted sum z of a neuron, of layer 1 and later."""
        return self._z[self._starts[layer] - self._starts[1] + index]


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
        self._silence = 0
        self._name = FIRST
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
            self._state.change(network=network, answer=None, playing=None)
            self.follow()

    async def _open(self, name):
        address = js.URL.new("weights/" + name + ".npz", document.baseURI).href
        return Network(name, await self._xworker.sync.open_network(address))

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
        """Ask about the ink as it is now, unless a question is on its way: then right after it."""
        if self._state.engine == "ready" and not self._asking:
            self._asking = True
            asyncio.create_task(self._ask())

    async def favourite(self, neuron):
        """Ask for an input that a neuron responds to strongly: the bytes of its picture."""
        return await self._xworker.sync.favourite(neuron[0], neuron[1])

    def fail(self, sentence, life=None):
        """Show that this worker has failed, and end it: nothing that it still says is heard."""
        if life is None or life == self._life:
            self._life += 1
            self._asking = False
            if self._xworker:
                self._xworker.terminate()
                self._xworker = None
            # What was answered before is no answer to what is drawn now, so it goes as well.
            self._state.change(engine="failed", failure=sentence, answer=None, playing=None)

    async def _ask(self):
        state, life = self._state, self._life
        asked = None
        while life == self._life and asked != self._question():
            asked = self._question()
            version, straighten, neuron, network = asked
            era = state.ink.era
            points, lengths = state.ink.pack()
            self._silence = 0
            try:
                reply = await self._xworker.sync.answer(
                    points, lengths, straighten, list(neuron or ())
                )
            except Exception as error:  # noqa: BLE001, as above
                self.fail(failures.at_work(failures.text(error)), life)
                return
            if life == self._life and era == state.ink.era and network is state.network:
                state.change(answer=Answer(version, network.shape, reply, neuron))
        if life == self._life:
            self._asking = False

    def _question(self):
        """Put the question of now: which ink, how, which neuron to look into, and which network."""
        state = self._state
        return state.ink.version, state.straighten, state.looked, state.network

    def _hear(self, event):
        """Hear how far the start has come; the worker's other messages are PyScript's own."""
        report = event.data
        failure = getattr(report, "failure", None)
        if self._xworker and isinstance(failure, str):
            self.fail(failures.at_start(failure))
        elif self._xworker and getattr(report, "total", None):
            self._silence = 0
            self._state.change(doing=report.doing, loaded=report.loaded, total=report.total)

    async def _watch(self):
        """Count the seconds of silence. Ticks, not the clock: a tab that was frozen has not waited."""
        while True:
            await asyncio.sleep(1)
            self._silence += 1
            if self._state.engine == "loading" and self._silence > PATIENCE_AT_START:
                self.fail(failures.SILENT)
            if self._state.engine == "ready" and self._asking and self._silence > PATIENCE_AT_WORK:
                self.fail(failures.at_work("it does not answer"))
