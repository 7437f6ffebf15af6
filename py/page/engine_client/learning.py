"""The page's side of a training run: starts and steers it, and follows how far it is.

The engine trains by itself. Meanwhile this asks it a few times a second how far it is, and puts the new
network into the state. The diagram, the neuron in view and the answer follow from there.
"""

import asyncio
import json

import js

from page.dom import document, find, put, root, window
from page.engine_client import progress as report
from page.engine_client.replies import trouble_in
from page.engine_client.run_rescue import RunRescue
from page.engine_client.training_settings import LITTLE_MEMORY, RANGES
from page.engine_client.wanted_settings import FIXED, WantedSettings
from page.leaving import Leaving
from page.state import MOVING

# The id of the network that a run trains, and its name in the header.
LEARNED, TITLE = "learned", "learned"

# The folder with the training images.
SLICES = "digits/"

# Seconds between two questions about the run: while the page is seen, while somebody draws (showing weights
# takes time that the pen needs), and while the tab is hidden. The engine trains at full speed in any case.
SEEN, DRAWING, HIDDEN = 0.125, 0.5, 1.0

# What makes another network of the learned one, or goes on with it: that is the one to look at then.
SHOWN_AFTER = ("forget", "start", "step", "rewind", "scrub", "resume_from", "teach")

# These are told the settings first.
TOLD_SETTINGS = ("start", "step", "adjust", "teach")

# These need training images.
FETCHING = ("start", "step", "teach")


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
        - ``little_memory``: whether the device has so little that fewer images are chosen.
        - ``preparing``: whether the code that trains may be on its way.
        - ``note``: "resumed" if the run went on in another worker, "lost" if it could not, else "".
        """
        self.status = "idle"
        self.progress = {}
        self.points = []
        self.marks = []
        self.trouble = ""
        self.refused = None
        self.pictures = None
        self.preparing = False
        self.note = ""
        self._state = state
        self._engine = engine
        self._panel = find("#learn")
        # Only Chromium tells it. 8 gigabytes are 8 or more.
        memory = getattr(window.navigator, "deviceMemory", 8)
        self.little_memory = memory <= LITTLE_MEMORY
        self._wanted = WantedSettings(state, memory)
        self._turn = asyncio.Lock()
        self._pending = 0
        self._following = False
        self._leaving = Leaving()
        self._rescue = RunRescue(state, engine, self)
        self._tell()

    @property
    def moving(self):
        """Whether the run goes on: images are learned from, or on their way."""
        return self.status in MOVING

    @property
    def settings(self):
        """The settings that the visitor wants (see ``WantedSettings``)."""
        return self._wanted.read()

    def choose(self, **changes):
        """Choose a shape or an activation for the next time the network forgets; None: as it is."""
        self._wanted.choose(changes)
        self._state.changed()

    async def forget(self):
        """Make every weight random, from the seed, in the shape that is wanted."""
        settings = self.settings
        self._start_over()
        found = await self.act("forget", json.dumps(settings))
        if found and not self.refused:
            self._wanted.choose({"shape": None, "activation": None})
        return found

    async def new_seed(self):
        """Forget with another seed: other random weights, and other batches."""
        self._wanted.choose({"seed": 1 + int(js.Math.random() * (RANGES["seed"][1] - 1))})
        return await self.forget()

    async def start(self):
        """Start a run, or resume the one that is paused."""
        return await self.act("start", _address())

    async def pause(self):
        """Pause the run. Nothing is lost."""
        return await self.act("pause")

    async def stop(self):
        """End the run. The weights stay as they are."""
        return await self.act("stop")

    async def rewind(self):
        """Go back to the start of the run: the same random weights."""
        self.note = ""
        return await self.act("rewind")

    async def adjust(self, **changes):
        """Change settings other than shape and activation, while the run goes on."""
        self._wanted.choose(changes)
        self._state.changed()
        return await self.act("adjust") if self.progress else None

    async def step(self, layer, index):
        """Take one mini-batch. Returns the reply's ``step``; layer, index: the neuron that is looked at."""
        found = await self.act("step", _address(), layer, index)
        return found and found["step"]

    async def scrub(self, index):
        """Show a checkpoint, by its number; −1: the newest weights."""
        return await self.act("scrub", index)

    async def resume_from(self, index):
        """Go on from a checkpoint, without what came after it."""
        return await self.act("resume_from", index)

    async def copy(self):
        """Return what ``bring_back`` needs to go on from here, or None."""
        return await self._rescue.copy()

    async def bring_back(self, copied):
        """Go back to where ``copy`` was called, with the settings of that time."""
        moving = self.moving
        settings = json.loads(copied[1])
        self._wanted.choose({name: settings[name] for name in settings if name not in FIXED})
        return await self.restore(copied, moving)

    async def restore(self, copied, moving):
        """Take up a run; moving: whether it goes on. The page shows the network that it has shown."""
        found = await self.act("restore", *copied, _address() if moving else "")
        if found:
            # What was chosen while there was no worker was told to nobody.
            await self.act("adjust")
        return found

    async def teach(self, images, labels):
        """Go on training the network in use on the visitor's own examples, mixed with others.

        images: a Float32Array, 784 numbers each; labels: a list.
        """
        self._start_over()
        return await self.act("teach", _address(), images, labels)

    def lose(self):
        """Begin as if there had never been a run: nothing of it was kept."""
        self._start_over()
        self.progress, self.note = {}, "lost"
        self.be("idle")

    def _start_over(self):
        self.points, self.marks, self.note = [], [], ""
        self._rescue.forget()

    async def act(self, name, *arguments):
        """Call one of the engine's functions that steer the run, after whatever is under way."""
        self._pending += 1
        try:
            return await self._act(name, arguments)
        finally:
            self._pending -= 1
            self._tell()

    async def _act(self, name, arguments):
        self.trouble, self.refused = "", None
        async with self._turn:
            before = self.status
            if self._fetches(name, arguments) and not self.moving:
                self.be("loading")
            self.preparing = not self.progress
            self.be(self.status)
            self._state.changed()
            if name in TOLD_SETTINGS:
                arguments = (self._wanted.text(self.progress.get("settings")),) + arguments
            reply = await self._engine.ask("deferred", name, *arguments)
            self.preparing = False
            found = self._take(reply, before, name)
            if found and not self.moving:
                await self._rescue.save(now=True)
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
                    await self._rescue.save()
                await asyncio.sleep(self._pause())
        finally:
            self._following = False

    def _pause(self):
        if document.hidden:
            return HIDDEN
        return DRAWING if self._state.ink.drawing else SEEN

    def _goes_on(self):
        return self.moving and self._state.engine == "ready"

    def _take(self, reply, before, name):
        """Take the engine's reply to a call. Returns it as a dict, or None if it says nothing of the run."""
        if reply is None:
            lost = self._state.engine != "ready" and before in MOVING
            self.be("paused" if lost else before)
            return None
        found = report.read(reply)
        self.trouble = trouble_in(reply) if found.get("trouble") else ""
        self.refused = found.get("refused")
        if "status" not in found:
            self.be(before)
            return None
        begun = "images" in found
        self.progress = found if begun else {}
        if begun:
            self.marks = found["marks"]
            self.points = self.points[: found["begin"]] + report.points(found["points"])
        self.be(found["status"])
        if found["network"] is not None:
            self._show(found, TITLE if name in SHOWN_AFTER else None)
        return found

    def _fetches(self, name, arguments):
        """Tell whether a call may wait for training images. A step does not once all of them are here."""
        if name == "restore":
            return bool(arguments[-1])
        total = self.progress.get("total", 0)
        here = total and self.progress["loaded"] >= total
        return name in FETCHING and not (name == "step" and here)

    def _show(self, found, title):
        """Put the weights as they are now into the state."""
        if title or any(info.id == LEARNED for info in self._state.networks):
            self._engine.take(found["network"], title)
        network = self._state.network
        if network.name == LEARNED and found["gallery"] is not None:
            self.pictures = (network, found["gallery"])

    def be(self, status):
        """Be in another status."""
        self.status = status
        self._tell()

    def _tell(self):
        """Write how far the run is where scripts can read it, and warn of leaving it."""
        put(root, "data-learning", self.status)
        accuracy = self.progress.get("accuracy", -1)
        put(self._panel, "data-accuracy", "%.4f" % accuracy if accuracy >= 0 else None)
        put(self._panel, "data-images", "%d" % self.progress.get("images", 0))
        put(self._panel, "data-pending", str(self._pending) if self._pending else None)
        # Whoever waits for the worker has to know: on a slow device it takes seconds to import that code.
        self._state.learning = "loading" if self.preparing else self.status
        self._leaving.warn(self.moving)


def _address():
    return js.URL.new(SLICES, document.baseURI).href
