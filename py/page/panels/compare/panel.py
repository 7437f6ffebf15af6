"""The comparison panel: a sigmoid and a ReLU network side by side on the same drawing.

While it is open it follows the pen. At most one question is open at a time.
"""

import asyncio

from page.dom import find, find_all, on, put
from page.networks import SHIPPED
from page.panels.compare.side import Side, frame
from page.widgets.download import Download


class Panel:
    """The sides, and how well their networks read the test digits."""

    def __init__(self, page):
        state = self._state = page.state
        self._worker = page.engine
        self._room = find("#compare")
        again = find("#compare .again")
        self._download = Download(state, find("#compare .fetch"), again, self._fetch)
        self._asked = None
        self._asking = False
        self._fetched = False
        self._shown = None
        self._replies = self._compared = None
        find("#compare .pair").innerHTML = "".join([frame(info) for info in SHIPPED])
        halves = find_all("#compare .half")
        self._sides = [Side(info, element) for info, element in zip(SHIPPED, halves)]
        on(self._room, "toggle", lambda event: state.changed())
        for side in self._sides:
            on(side.use, "click", lambda event, name=side.info.id: self._use(name))

    def render(self):
        """Ask about what is new, and show the last replies."""
        state = self._state
        if state.engine != "ready":
            # A worker that has ended never replies.
            self._asking, self._asked, self._fetched = False, None, False
        if not self._room.open:
            return
        self._download.render()
        if state.engine == "ready":
            if not self._fetched and not state.digits:
                self._fetch()
            self._ask()
        current = self._compared and self._compared is state.answer
        put(self._room, "data-compared", str(self._compared.version) if current else None)
        key = (self._replies, state.network)
        if key != self._shown:
            self._shown = key
            for side in self._sides:
                side.render_use(side.info.id == state.network.name)
            for side, reply in zip(self._sides, self._replies or ()):
                side.render(reply)

    def _fetch(self):
        self._fetched = True
        asyncio.create_task(self._worker.fetch_digits())

    def _ask(self):
        """Ask about the ink of the last answer, if that is new: the engine still has it."""
        wanted = (self._state.answer, self._state.digits == "ready")
        if wanted != self._asked and wanted[0] and not self._asking:
            self._asked, self._asking = wanted, True
            asyncio.create_task(self._hear())

    async def _hear(self):
        answer = self._state.answer
        replies = await self._worker.compare([info.id for info in SHIPPED])
        if replies is not None:
            self._asking = False
            self._replies, self._compared = replies, answer
            self._state.changed()

    def _use(self, name):
        """Have the page use a network."""
        self._state.change(chosen=name)
