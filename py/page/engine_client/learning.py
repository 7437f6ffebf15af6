"""The page's side of a training run: starts and steers it, and follows how far it is.

The engine trains by itself. Meanwhile this asks it a few times a second how far it is. What it says is in
``run``; the diagram, the neuron in view and the answer follow from the page's state.
"""

import asyncio
import json

import js

from page.dom import document, window
from page.engine_client.run import Run
from page.engine_client.run_rescue import RunRescue
from page.engine_client.training_settings import LITTLE_MEMORY, RANGES
from page.engine_client.wanted_settings import FIXED, WantedSettings

# The name in the header of a network that learned here.
TITLE = "learned"

# The folder with the training images.
SLICES = "digits/"

# Seconds between two questions about the run: while the page is seen, while somebody draws (showing weights
# takes time that the pen needs), and while the tab is hidden. The engine trains at its own pace.
SEEN, DRAWING, HIDDEN = 0.125, 0.5, 1.0

# What makes another network of the learned one, or goes on with it: that is the one to look at then.
SHOWN_AFTER = ("forget", "start", "step", "rewind", "scrub", "resume_from", "teach")

# These are told the settings first.
TOLD_SETTINGS = ("start", "step", "adjust", "teach")

# These need training images.
FETCHING = ("start", "step", "teach")


class Learning:
    """Steers the training run.

    Every method that does is a coroutine. It returns the engine's report as a dict (see ``progress.read``),
    or None if there was none; ``run.trouble`` or the state's ``failure`` then says why.
    """

    def __init__(self, state, engine):
        """state: the page's; engine: its Worker.

        - ``run``: what is known of the run, a ``Run``.
        - ``little_memory``: whether the device has so little that fewer images are chosen.
        """
        self.run = Run(state, engine)
        self._state = state
        self._engine = engine
        # Only Chromium tells it. 8 gigabytes are 8 or more.
        memory = getattr(window.navigator, "deviceMemory", 8)
        self.little_memory = memory <= LITTLE_MEMORY
        self._wanted = WantedSettings(state, memory)
        self._turn = asyncio.Lock()
        self._following = False
        self._rescue = RunRescue(state, engine, self)

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
        if found and not self.run.refused:
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
        self.run.note = ""
        return await self.act("rewind")

    async def adjust(self, **changes):
        """Change settings other than shape and activation, while the run goes on."""
        self._wanted.choose(changes)
        self._state.changed()
        return await self.act("adjust") if self.run.progress else None

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
        moving = self.run.moving
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
        self.run.lose()

    def _start_over(self):
        self.run.start_over()
        self._rescue.forget()

    async def act(self, name, *arguments):
        """Call one of the engine's functions that steer the run, after whatever is under way."""
        self.run.count(+1)
        try:
            return await self._act(name, arguments)
        finally:
            self.run.count(-1)

    async def _act(self, name, arguments):
        run = self.run
        run.trouble, run.refused = "", None
        async with self._turn:
            before = run.status
            if self._fetches(name, arguments) and not run.moving:
                run.be("loading")
            run.prepare(not run.progress)
            self._state.changed()
            if name in TOLD_SETTINGS:
                arguments = (self._wanted.text(run.progress.get("settings")),) + arguments
            reply = await self._engine.ask("deferred", name, *arguments)
            run.prepare(False)
            found = run.take(reply, before, TITLE if name in SHOWN_AFTER else None)
            if found and not run.moving:
                await self._rescue.save(now=True)
        self._state.changed()
        if run.moving and not self._following:
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
                    reply = await self._engine.ask("deferred", "progress", len(self.run.points))
                    found = self.run.take(reply, self.run.status)
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
        return self.run.moving and self._state.engine == "ready"

    def _fetches(self, name, arguments):
        """Tell whether a call may wait for training images. A step does not once all of them are here."""
        if name == "restore":
            return bool(arguments[-1])
        progress = self.run.progress
        total = progress.get("total", 0)
        here = total and progress["loaded"] >= total
        return name in FETCHING and not (name == "step" and here)


def _address():
    return js.URL.new(SLICES, document.baseURI).href
