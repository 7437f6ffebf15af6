"""The live score: how many test digits the network reads, now and before it was edited.

The test digits are fetched when the panel is opened or the first edit is made.
"""

import asyncio

from page import failures, words
from page.dom import find, put, show
from page.widgets.download import Download


class Score:
    """The figure and its bar in the panel, and a short form beside the network."""

    def __init__(self, state, engine):
        self._state = state
        self._engine = engine
        self._panel = find("#dials")
        self._box = find("#score")
        self._now = find("#score b")
        self._rest = find("#score .rest")
        self._bar = find("#score .now")
        self._mark = find("#score .before")
        self._brief = find("#changed small")
        again = find("#digits-fetch button")
        self._download = Download(state, find("#digits-fetch"), again, self._retry)
        self._asked = False
        self._measured = False
        self._shown = None

    def render(self):
        """Fetch the test digits when they are needed. Show the score, or the download."""
        state = self._state
        wanted = self._panel.open or state.network.can_undo or state.network.edited
        if wanted and not self._asked and not state.digits and state.engine == "ready":
            self._asked = True
            asyncio.create_task(self._get())
        key = (
            state.score,
            state.digits,
            state.digits_loaded,
            state.engine,
            state.digits_trouble,
            state.network.name,
        )
        if key != self._shown:
            self._shown = key
            self._download.render()
            self._render_score()

    async def _get(self):
        trouble = await self._engine.fetch_digits()
        # If there was no worker to ask, the next one is asked.
        self._asked = trouble != failures.NOT_READY
        self._state.changed()

    def _retry(self):
        self._asked = False
        self._box.focus()
        self._state.changed()

    def _render_score(self):
        score = self._state.score
        show(self._box, self._state.digits == "ready")
        put(self._box, "data-now", "%.4f" % score[0] if score else None)
        put(self._box, "data-before", "%.4f" % score[1] if score else None)
        if score is None:
            # The last figure stays, in grey, until the new one is there, so that nothing jumps.
            if not self._measured:
                self._rest.textContent = "measuring…"
            return
        self._measured = True
        now, before, count = score
        self._now.textContent = words.percent(now)
        self._rest.textContent = "of %s test digits, before %s" % (
            words.thousands(count),
            words.percent(before),
        )
        self._bar.style.transform = "scaleX(%.4f)" % now
        self._mark.style.left = "%.2f%%" % (100 * before)
        self._brief.textContent = "reads %s, before %s" % (
            words.percent(now),
            words.percent(before),
        )
