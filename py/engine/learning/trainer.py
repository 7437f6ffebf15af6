"""The trainer: runs a training run in the background, in bursts, so that the worker still hears messages."""

import asyncio
from time import perf_counter

from engine.fetch import FetchError, reason_of
from engine.learning.display import Display
from engine.learning.material import Material
from engine.learning.measuring import Measured, Measuring
from engine.learning.stopwatch import Stopwatch
from training import hints, weights
from training.batches import Batches
from training.run import Exploded, Run

# The status of a run that goes on by itself.
ACTIVE = "loading", "running"

# A burst of training lasts so many seconds: the pen waits no longer than that.
BURST = 0.005

# For so many seconds after a point was drawn, the worker rests that long after each burst. The pen comes
# first: training would take a processor from what paints its ink, and phones have few to spare.
DRAWING, REST = 0.1, 0.01

# How often the trainer looks whether a slice has arrived.
WAIT = 0.02

# How long the first step waits for the test images, so that the first measurement shows a network that knows
# nothing. With examples of the visitor's it waits for as long as it takes.
PATIENCE = 1.0


class Trainer:
    """Trains the network LEARNED of a session. No other network is ever touched.

    ``run``: the Run, or None; ``display``: what the session has of it; ``status``: "idle", "loading",
    "running", "paused" or "stopped"; ``why`` it stopped: "done", "exploded", "trouble", or "" if somebody
    asked for it; ``measured``: the latest Measured.
    """

    def __init__(self, session):
        self.session = session
        self.material = Material()
        self.status, self.why, self.trouble = "idle", "", None
        self.run = None
        self.display = Display(session)
        self.measured = Measured()
        self.address = ""
        self._stopwatch = None
        self._measuring = Measuring()
        self._task = self._began = None

    @property
    def speed(self):
        """How many images it learns from in a second, lately."""
        return self._stopwatch.speed if self._stopwatch else 0.0

    @property
    def hint(self):
        """The Hint for the run."""
        if not self.run:
            return hints.Hint()
        dead, saturated = max(0, self.measured.dead), max(0, self.measured.saturated)
        return hints.find(self.run, self.why == "exploded", dead, saturated)

    def can_resume(self, network):
        """Tell whether there is a run that can go on with the weights of a network."""
        if not self.run or (self.status == "stopped" and self.why in ("", "done")):
            return False
        chosen = self.run.settings
        return (chosen.shape, chosen.activation) == (network.shape, network.activation)

    def prepare(self, run, status="idle"):
        """Take another run, and show its network."""
        self.run, self.display = run, Display(self.session, run)
        self.status, self.why, self.trouble = status, "", None
        self.measured = Measured()
        self._stopwatch = Stopwatch(run)
        self._measuring = Measuring()
        self.publish()

    def begin(self, network, settings, own=None):
        """Prepare a run on a copy of a network. own: Examples. Raises ValueError (see Run)."""
        self.prepare(Run(settings, network, Batches(self.material.images, own)))

    def go(self):
        """Train in the background until somebody halts it."""
        self.take_edits()
        self.status, self.why, self.trouble, self.display.at = "loading", "", None, -1
        self._began = perf_counter()
        self._task = asyncio.ensure_future(self._train())

    async def halt(self, status="paused"):
        """End the training, if it goes on, and measure the network on all test images."""
        if self.status in ACTIVE:
            self.status = status
        if self._task and not self._task.done():
            await self._task

    async def end(self):
        """End the run, and measure the network on all test images."""
        await self.halt("stopped")
        if self.run and self.status != "stopped":
            self.status, self.why = "stopped", ""

    async def go_back(self, index):
        """Pause at a checkpoint, and forget what came after it."""
        await self.halt()
        if not self.run:
            return
        index = self.display.index(index)
        if index == 0:
            self.run.rewind()
        elif index > 0:
            self.run.resume_from(index)
        self.status, self.why = "paused", ""
        self.display.show_anew()  # with an edit in between, as many images need not mean the same weights
        self._stopwatch = Stopwatch(self.run)
        await self._measure(everything=True)

    def show(self, index):
        """Show a checkpoint, or for −1 the newest weights."""
        if self.run:
            self.take_edits()
            self.display.show(index)

    def bring(self, address):
        """Fetch what the run needs from the folder with the slices."""
        self.address = address
        self.material.bring(address, self.run.settings.count)

    def publish(self):
        """Show the run's network, or the checkpoint ``display.at``. Returns whether anything has changed."""
        self.take_edits()
        if not self.display.stale:
            return False
        if not weights.finite(self.run.network):
            self.run.recover()
            self._stop(Exploded())
        self.display.publish()
        return True

    def take_edits(self):
        """Train with what somebody has made of the network since. If it has another shape, the run ends."""
        try:
            self.display.take_edits()
        except ValueError as error:
            self._stop(error)

    async def lesson(self):
        """Learn from one batch, as soon as it has arrived: Lesson, or None if the run stops instead."""
        self.take_edits()
        self.display.at = -1
        try:
            while not self.run.ready:
                await self._wait()
            self.status = "paused"
            with self._stopwatch.running():
                lesson = self.run.step()
            await self._measure()
        except Exception as error:  # noqa: BLE001, the worker has to live on
            self._stop(error)
            return None
        return lesson

    async def _train(self):
        try:
            while self.status in ACTIVE and not self.run.finished:
                if self._waits():
                    self.status = "loading"
                    await self._wait()
                    continue
                self.status = "running"
                if self._measuring.due:
                    await self._measure()
                with self._stopwatch.running():
                    self._burst()
                drawing = perf_counter() < self.session.drawn_at + DRAWING
                await asyncio.sleep(REST if drawing else 0)
            if self.status in ACTIVE:
                self.status, self.why = "stopped", "done"
            await self._measure(everything=True)
        except Exception as error:  # noqa: BLE001, the worker has to live on
            self._stop(error)

    def _waits(self):
        """Tell whether to wait for images: those of the next step, and for a while those of the test."""
        if not self.run.ready:
            return True
        testless = self.material.test is None and self.material.coming
        # What examples change can only be told if both accuracies were measured before.
        patient = self.run.batches.own or perf_counter() < self._began + PATIENCE
        return testless and not self.run.steps and patient

    async def _wait(self):
        if not self.material.coming:
            if self.material.trouble:
                raise FetchError(**self.material.trouble)
            self.material.bring(self.address, self.run.settings.count)
        await asyncio.sleep(WAIT)

    def _burst(self):
        """Take steps for BURST seconds."""
        began = perf_counter()
        self.take_edits()
        steps = 0
        while self.status in ACTIVE and self.run.ready and not self.run.finished:
            self.run.step()
            steps += 1
            spent = perf_counter() - began
            if spent + spent / steps > BURST:
                break

    async def _measure(self, everything=False):
        """Measure the network. Nothing else changes it meanwhile."""
        if self.material.test is None:
            return
        run, before = self.run, self._measuring.seconds
        self.measured = await self._measuring.measure(
            run.network, run.settings.cost, self.material, run.batches.own, everything
        )
        self._stopwatch.add(self._measuring.seconds - before)
        run.progress.measured(run.images, self.measured.cost, self.measured.accuracy)
        if run.batches.own and not run.steps:
            run.before = self.measured.accuracy, self.measured.own

    def _stop(self, error):
        """End the run because of an error."""
        self.status = "stopped"
        if isinstance(error, Exploded):
            self.why, self.display.at = "exploded", self.run.checkpoints.best()
        else:
            self.why, self.trouble = "trouble", reason_of(error)
