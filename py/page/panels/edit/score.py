"""The live score: how many test digits the network reads, now and before it was turned.

Public: ``Score``. The test digits are fetched when the room is opened or the first dial is turned.
"""

import asyncio

from page import failures, words
from page.dom import find, on, put, show


class Score:
    """The figure and its bar, in the room and in short beside the network."""

    def __init__(self, state, worker):
        self._state = state
        self._worker = worker
        self._room = find("#dials")
        self._box = find("#score")
        self._now = find("#score b")
        self._rest = find("#score .rest")
        self._bar = find("#score .now")
        self._mark = find("#score .before")
        self._brief = find("#changed small")
        self._fetch = find("#digits-fetch")
        self._progress = find("#digits-fetch progress")
        self._said = find("#digits-fetch p")
        self._again = find("#digits-fetch button")
        self._asked = False
        self._measured = False
        self._shown = None
        on(self._again, "click", self._retry)

    def render(self):
        """Fetch the digits when they are wanted; show the score, or what there is instead of it."""
        state = self._state
        wanted = self._room.open or state.network.can_undo or state.network.edited
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
            self._render_fetch()
            self._render_score()

    async def _get(self):
        trouble = await self._worker.fetch_digits()
        # A worker that was not there is asked anew when another one is.
        self._asked = trouble != failures.NOT_READY
        self._state.changed()

    def _retry(self, *_):
        self._asked = False
        self._box.focus()
        self._state.changed()

    def _render_fetch(self):
        state = self._state
        loading, waiting = state.digits == "loading", state.engine != "ready"
        show(self._fetch, state.digits != "ready")
        trouble = failures.of_digits(state.digits_trouble) if state.digits_trouble else ""
        show(self._again, bool(trouble) and not waiting)
        show(self._progress, loading)
        put(self._progress, "max", str(state.digits_total or 1))
        put(self._progress, "value", str(state.digits_loaded))
        said = "Fetching the test digits" + words.bytes_of(state.digits_loaded, state.digits_total)
        if not loading:
            said = "Python is not ready yet." if waiting else trouble
        self._said.textContent = said

    def _render_score(self):
        score = self._state.score
        show(self._box, self._state.digits == "ready")
        put(self._box, "data-now", "%.4f" % score[0] if score else None)
        put(self._box, "data-before", "%.4f" % score[1] if score else None)
        if score is None:
            # What was measured last stays, greyed, until the new figure is there: nothing jumps.
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
