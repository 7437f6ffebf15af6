"""A test digit for the pad: one of MNIST's that no network here has learned from, with its true label.

Public: ``TestDigit``. All test digits are fetched when the first one is asked for.
"""

import asyncio

from page.dom import disable, find, on
from page.pad.ink import Digit
from page.widgets.download import Fetching


class TestDigit:
    """The button that puts a test digit on the pad, and the choice of which."""

    def __init__(self, state, worker):
        self._state = state
        self._worker = worker
        self._button = find("#test-digit")
        self._which = find("#which-digit")
        self._fetching = Fetching(state, find("#digit-fetch"))
        self._asked = 0
        self._label = "test digit"
        on(self._button, "click", lambda event: asyncio.create_task(self._put()))
        on(self._which, "change", lambda event: asyncio.create_task(self._put()))

    def render(self):
        """Offer it once there is somebody to ask."""
        for element in (self._button, self._which):
            disable(element, self._state.engine != "ready")
        label = "try again" if self._state.digits_trouble else "test digit"
        if label != self._label:
            self._label = self._button.textContent = label
        self._fetching.render()
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
        # Of presses while the digits were on their way, the last one counts.
        if reply and asked == self._asked:
            self._state.ink.put(Digit(reply.index, reply.label, reply.rgba))
            self._state.changed()

    async def _put_back(self, index, label):
        """Put a digit on the pad that was there before another build took over, if it has the same one."""
        if await self._worker.fetch_digits():
            return
        reply = await self._worker.ask("digit", index)
        if reply and reply.label == label and self._state.ink.blank:
            self._state.ink.put(Digit(index, label, reply.rgba))
            self._state.changed()
