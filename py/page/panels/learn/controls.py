"""The controls of the training run, and how far it is."""

import asyncio

from page import words
from page.dom import disable, find, on


class Controls:
    """The first row of the panel."""

    def __init__(self, page):
        self._state = page.state
        self._learning = learning = page.learning
        self._forget = find("#learn-forget")
        self._start = find("#learn-start")
        self._pause = find("#learn-pause")
        self._accuracy = find("#learn .accuracy")
        for button, act in (
            (self._forget, learning.forget),
            (self._start, learning.start),
            (self._pause, learning.pause),
        ):
            on(button, "click", lambda event, act=act: asyncio.create_task(act()))

    def render(self):
        """Show what can be done now, and what the last report said."""
        learning = self._learning
        ready = self._state.engine == "ready"
        disable(self._forget, not ready)
        disable(self._start, not ready or learning.moving, lambda: self._pause)
        disable(self._pause, not learning.moving, lambda: self._start)
        self._start.textContent = "Resume" if learning.status == "paused" else "Learn"
        accuracy = learning.progress.get("accuracy", -1)
        self._accuracy.hidden = accuracy < 0
        if accuracy >= 0:
            self._accuracy.querySelector("b").textContent = words.percent(accuracy)
