"""Rescues a training run when its worker is lost: the next one goes on with it."""

import asyncio
import json

from page.state import MOVING

# Seconds of training after which the page asks again for what another worker would need.
EVERY = 5


class RunRescue:
    """Keeps the run's state, and restores it in the next worker."""

    def __init__(self, state, engine, learning):
        self._state = state
        self._engine = engine
        self._learning = learning
        self._lost = ""
        self.forget()
        state.watch(self._watch)

    def forget(self):
        """Forget what was kept: it belongs to a run that is over."""
        self._saved = None
        self._saved_at = 0

    async def save(self, now=False):
        """Keep the run's state; only if that is due, unless now."""
        progress = self._learning.run.progress
        elapsed = progress.get("elapsed", 0)
        due = now or not self._saved or not 0 <= elapsed - self._saved_at < EVERY
        if not progress or not due:
            return
        saved = await self.copy()
        if saved:
            self._saved, self._saved_at = saved, elapsed

    async def copy(self):
        """Return what ``restore`` of the engine needs to go on from here, or None."""
        reply = await self._engine.ask("deferred", "state")
        saved = getattr(reply, "state", None) if reply else None
        settings = self._learning.run.progress.get("settings")
        return None if saved is None else (saved, json.dumps(settings))

    def _watch(self):
        """Notice when the worker is lost in mid-run, and when there is another."""
        run, engine = self._learning.run, self._state.engine
        if engine != "ready" and run.progress and not self._lost:
            self._lost = run.status
            if run.moving:
                run.be("paused")
        elif engine == "ready" and self._lost:
            was, self._lost = self._lost, ""
            asyncio.create_task(self._restore(was in MOVING))

    async def _restore(self, moving):
        learning = self._learning
        if self._saved is None:
            learning.lose()
        elif await learning.restore(self._saved, moving):
            learning.run.note = "resumed"
        self._state.changed()
