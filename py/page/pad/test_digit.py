"""A test digit for the pad: one of MNIST's that no network here was trained on, with its true label.

All test digits are fetched when somebody asks for the first one.
"""

import asyncio

from page.dom import disable, find, on
from page.pad.ink import Digit
from page.widgets.download import Download


class TestDigit:
    """The button that puts a test digit on the pad, and the choice of which."""

    def __init__(self, state, worker):
        self._state = state
        self._worker = worker
        self._button = find("#test-digit")
        self._which = find("#which-digit")
        self._download = Download(state, find("#digit-fetch"))
        self._asked = 0
        self._label = "test digit"
        on(self._button, "click", self.put)
        on(self._which, "change", self.put)

    def put(self, *_):
        """Put a digit of the chosen kind on the pad, if there is an engine to ask for it."""
        if self._state.engine == "ready":
            asyncio.create_task(self._put())

    def render(self):
        """Enable the button when the engine is ready, and show the download."""
        for element in (self._button, self._which):
            disable(element, self._state.engine != "ready")
        label = "try again" if self._state.digits_trouble else "test digit"
        if label != self._label:
            self._label = self._button.textContent = label
        self._download.render()
        if self._state.kept_digit and self._state.engine == "ready":
            index, label = self._state.kept_digit
            self._state.kept_digit = None
            asyncio.create_task(self._put_back(index, label))

    async def _put(self):
        self._asked += 1
        asked = self._asked
        if await self._worker.fetch_digits():
            return
        reply = await self._worker.ask("find_digit", int(self._which.value))
        # Of several presses during the download, the last one counts.
        if reply and asked == self._asked:
            self._state.ink.put(Digit(reply.index, reply.label, reply.rgba))
            self._state.changed()

    async def _put_back(self, index, label):
        """Put back the digit that was on the pad before a new build took over, if this build has the same."""
        if await self._worker.fetch_digits():
            return
        reply = await self._worker.ask("digit", index)
        if reply and reply.label == label and self._state.ink.blank:
            self._state.ink.put(Digit(index, label, reply.rgba))
            self._state.changed()
