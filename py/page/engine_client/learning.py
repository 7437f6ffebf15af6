"""The page's side of a training run: starts and steers it, and follows how far it is.

The engine trains by itself. Meanwhile this asks it a few times a second how far it is, and puts the new
network into the state. The diagram, the neuron in view and the answer follow from there.
"""

import asyncio
import json

import js

from page.dom import document, find, kept, put, root, window
from page.engine_client import progress as report
from page.engine_client import training_settings
from page.engine_client.replies import trouble_in

# The id of the network that a run trains, and its name in the header.
LEARNED, TITLE = "learned", "learned"

# The folder with the training images.
SLICES = "digits/"

# Seconds between two questions about the run, while the page is seen and while its tab is hidden. The engine
# trains at full speed either way.
SEEN, HIDDEN = 0.125, 1.0

# Seconds of training after which the page asks for all that another worker would need to go on.
SAVING = 5

MOVING = ("loading", "running")

# What makes another network of the learned one, or goes on with it: that is the one to look at then.
SHOWN_AFTER = ("forget", "start", "step", "rewind", "scrub", "resume_from", "teach")


class Learning:
    """The training run, as views see it.

    Every method that steers the run is a coroutine. It returns the engine's report as a dict (see
    ``progress.read``), or None if there was none; ``trouble`` or the state's ``failure`` then says why.
    """

    def __init__(self, state, engine):
        """state: the page's; engine: its Worker.

        - ``status``: "idle", "loading", "running", "paused" or "stopped".
        - ``progress``: the last report, {} before the first.
        - ``points``, ``marks``: of the chart (see ``progress.points``), and what happened between them.
        - ``trouble``: why something could not be fetched, or "".
        - ``refused``: the setting that the engine refused, {"name", "code", "low", "high"}, or None.
        - ``pictures``: a Network and the weights of its first layer as the bytes of images, or None.
        - ``note``: "resumed" if the run went on in another worker, "lost" if it could not, else "".
        """
        self.status = "idle"
        self.progress = {}
        self.points = []
        self.marks = []
        self.trouble = ""
        self.refused = None
        self.pictures = None
        self.note = ""
        self._state = state
        self._engine = engine
        self._panel = find("#learn")
        # Only Chromium tells, in steps: 8 gigabytes are "8 or more".
        self._wanted = training_settings.defaults(getattr(window.navigator, "deviceMemory", 8))
        self._turn = asyncio.Lock()
        self._following = False
        self._saved = None
        self._saved_at = 0
        self._interrupted = ""
        self._leaving = kept(_warn)
        self._warned = False
        self._tell()
        state.watch(self._watch)

    @property
    def moving(self):
        """Whether the run goes on: images are learned from, or on their way."""
        return self.status in MOVING

    @property
    def settings(self):
        """The settings that the visitor wants. Shape and activation take effect when the network forgets.

        Unless they were chosen, they are those of the network in use, and the rate is what suits them.
        """
        network = self._state.network
        settings = {"shape": list(network.shape), "activation": network.activation}
        settings.update(self._wanted)
        if "rate" not in settings:
            settings["rate"] = training_settings.default_rate(
                settings["optimiser"], settings["activation"]
            )
        return settings

    def choose(self, **changes):
        """Choose a shape or an activation for the next time the network forgets; None: as it is."""
        for name, value in changes.items():
            if value is None:
                self._wanted.pop(name, None)
            else:
                self._wanted[name] = value
        if "activation" in changes:
            self._wanted.pop("rate", None)
        self._state.changed()

    async def forget(self):
        """Make every weight random, from the seed, in the shape that is wanted."""
        settings = self.settings
        self._start_over()
        found = await self._act("forget", json.dumps(settings))
        if found and not self.refused:
            self._wanted.pop("shape", None)
            self._wanted.pop("activation", None)
        return found

    async def new_seed(self):
        """Forget with another seed: other random weights, and other batches."""
        high = training_settings.RANGES["seed"][1]
        self._wanted["seed"] = 1 + int(js.Math.random() * (high - 1))
        return await self.forget()

    async def start(self):
        """Start a run, or resume the one that is paused."""
        return await self._act("start", self._in_force(), _address())

    async def pause(self):
        """Pause the run. Nothing is lost."""
        return await self._act("pause")

    async def stop(self):
        """End the run. The weights stay as they are."""
        return await self._act("stop")

    async def rewind(self):
        """Go back to the start of the run: the same random weights."""
        self.note = ""
        return await self._act("rewind")

    async def adjust(self, **changes):
        """Change settings other than shape and activation, while the run goes on.

        A learning rate that suits one optimiser does not suit another, so the rate moves along.
        """
        self._wanted.update(changes)
        if "optimiser" in changes and "rate" not in changes:
            self._wanted.pop("rate", None)
        self._state.changed()
        return await self._act("adjust", self._in_force()) if self.progress else None

    async def step(self, layer, index):
        """Take one mini-batch. Returns the reply's ``step``; layer, index: the neuron that is looked at."""
        found = await self._act("step", self._in_force(), _address(), layer, index)
        return found and found["step"]

    async def scrub(self, index):
        """Show a checkpoint, by its number; −1: the newest weights."""
        return await self._act("scrub", index)

    async def resume_from(self, index):
        """Go on from a checkpoint, without what came after it."""
        return await self._act("resume_from", index)

    async def fork(self, index, id):  # noqa: A002, nothing here needs the builtin
        """Open a checkpoint as a network of its own."""
        return await self._act("fork", index, id)

    async def teach(self, images, labels):
        """Go on training the network in use on the visitor's own examples, mixed with others.

        images: a Float32Array, 784 numbers each; labels: a list.
        """
        self._start_over()
        return await self._act("teach", self._in_force(), _address(), images, labels)

    def _start_over(self):
        self.points, self.marks, self.note, self._saved, self._saved_at = [], [], "", None, 0

    def _in_force(self):
        """Return the settings as text, with the shape and the activation that the run has already."""
        settings = self.settings
        now = self.progress.get("settings") or {}
        network = self._state.network
        settings["shape"] = now.get("shape") or list(network.shape)
        settings["activation"] = now.get("activation") or network.activation
        return json.dumps(settings)

    async def _act(self, name, *arguments):
        """Call one of the engine's functions that steer the run, after whatever is under way."""
        self.trouble, self.refused = "", None
        async with self._turn:
            before = self.status
            if name in ("forget", "start", "teach", "step") and not self.progress:
                self._be("loading")  # the code that trains has to come first
            reply = await self._engine.ask("deferred", name, *arguments)
            found = self._take(reply, before, name)
        self._state.changed()
        if self.moving and not self._following:
            self._following = True
            asyncio.create_task(self._follow())
        return found

    async def _follow(self):
        """Ask how far the run is, for as long as it goes on."""
        try:
            while self._goes_on():
                async with self._turn:
                    if not self._goes_on():
                        break  # it was paused while this waited for its turn
                    reply = await self._engine.ask("deferred", "progress", len(self.points))
                    found = self._take(reply, self.status, "progress")
                if found:
                    self._state.changed()
                    await self._save()
                await asyncio.sleep(HIDDEN if document.hidden else SEEN)
        finally:
            self._following = False

    def _goes_on(self):
        return self.moving and self._state.engine == "ready"

    async def _save(self):
        """Keep what another worker would need to go on, now and then."""
        elapsed = self.progress["elapsed"]
        if self._saved and elapsed - self._saved_at < SAVING:
            return
        reply = await self._engine.ask("deferred", "state")
        saved = getattr(reply, "state", None) if reply else None
        if saved is not None:
            self._saved, self._saved_at = (saved, json.dumps(self.progress["settings"])), elapsed

    def _take(self, reply, before, name):
        """Take the engine's reply to a call. Returns it as a dict, or None if it says nothing of the run."""
        if reply is None:
            self._be(before)
            return None
        self.trouble = trouble_in(reply)
        found = report.read(reply)
        self.refused = found.get("refused")
        if "status" not in found:
            self._be(before)
            return None
        begun = "images" in found
        self.progress = found if begun else {}
        if begun:
            self.marks = found["marks"]
            self.points = self.points[: found["begin"]] + report.points(found["points"])
        self._be(found["status"])
        if found["network"] is not None:
            self._show(found, TITLE if name in SHOWN_AFTER else None)
        return found

    def _show(self, found, title):
        """Put the weights as they are now into the state."""
        if title or any(info.id == LEARNED for info in self._state.networks):
            self._engine.take(found["network"], title)
        network = self._state.network
        if network.name == LEARNED and found["gallery"] is not None:
            self.pictures = (network, found["gallery"])

    def _be(self, status):
        self.status = status
        self._tell()

    def _tell(self):
        """Write how far the run is where scripts can read it, and warn of leaving it."""
        put(root, "data-learning", self.status)
        accuracy = self.progress.get("accuracy", -1)
        put(self._panel, "data-accuracy", "%.4f" % accuracy if accuracy >= 0 else None)
        put(self._panel, "data-images", "%d" % self.progress.get("images", 0))
        self._state.learning = self.status
        if self.moving != self._warned:
            # Only as long as it is needed: a page with such a listener is not kept for the Back button.
            self._warned = self.moving
            change = window.addEventListener if self._warned else window.removeEventListener
            change("beforeunload", self._leaving)

    def _watch(self):
        """Notice when the worker is lost in mid-run, and when there is another."""
        engine = self._state.engine
        if engine != "ready" and self.progress and not self._interrupted:
            self._interrupted = self.status
            self._be("paused" if self.moving else self.status)
        elif engine == "ready" and self._interrupted:
            was, self._interrupted = self._interrupted, ""
            asyncio.create_task(self._restore(was in MOVING))

    async def _restore(self, moving):
        """Go on in the next worker from what was kept."""
        if self._saved is None:
            self._start_over()
            self.progress, self.note = {}, "lost"
            self._be("idle")
        elif await self._act("restore", self._saved[0], self._saved[1]):
            self.note = "resumed"
            if moving:
                await self.start()
        self._state.changed()


def _warn(event):
    """Have the browser ask whether to leave the page."""
    event.preventDefault()
    event.returnValue = True  # Chromium before 119 asks only then


def _address():
    return js.URL.new(SLICES, document.baseURI).href
