"""What the page reports in words: the answer, loading, and failures."""

import asyncio

from page import words
from page.dom import Once, find, root

# Seconds without a change before a screen reader is given the answer.
PAUSE = 1.0


# What the worker is doing, by the codes of static/boot/; it says nothing at first.
DOING = {
    "": "Fetching Python and NumPy",
    "fetching": "Fetching Python and NumPy",
    "starting": "Starting the network",
}


class Report:
    """The sentences about the answer and the engine, and the attributes of <html> that say the same."""

    def __init__(self, state):
        self._state = state
        self._root = Once(root)
        self._answer = Once(find("#answer"))
        self._digit = Once(find("#answer b"))
        self._answer_words = Once(find("#answer span"))
        self._truth = Once(find("#truth"))
        self._announce = find("#announce")
        self._loading = Once(find("#loading"))
        self._doing = Once(find("#doing"))
        self._progress = Once(find("#progress"))
        self._failure = Once(find("#failure"))
        self._failure_words = Once(find("#failure p"))
        self._described = None
        self._spoken = ("", None)

    def render(self):
        """Write what has changed."""
        state = self._state
        self._root.put("data-engine", state.engine)
        self._root.put("data-ink", str(state.ink.version))
        self._root.put("data-playing", None if state.playing is None else str(state.playing))
        self._root.put("data-pointed", "%d:%d" % state.pointed if state.pointed else None)
        self._root.put("data-pinned", "" if state.pinned else None)
        self._render_loading()
        self._failure.show(bool(state.failure))
        self._failure_words.write(state.failure)
        if state.network.ready:
            self._describe(state.network)
        self._render_answer()

    def _render_loading(self):
        state = self._state
        self._loading.show(state.engine == "loading")
        if state.total and state.loaded == state.total:
            # From here on Python starts, and cannot report its progress: the bar stays full.
            self._progress.put("value", str(state.loaded))
            self._doing.write("Starting Python and NumPy")
        else:
            self._progress.put("max", str(state.total or 1))
            self._progress.put("value", str(state.loaded))
            size = words.bytes_of(state.loaded, state.total)
            self._doing.write(DOING[state.doing] + size)

    def _render_answer(self):
        state, answer = self._state, self._state.answer
        blank = state.ink.blank
        playing = state.playing is not None and state.playing < len(state.network.shape) - 1
        known = answer and not blank and not playing
        self._answer.put("data-digit", answer.digit if known else "")
        why = answer.why if known else "blank" if blank else ""
        # What strokes tell is one way to be unsure, of which the words say more.
        self._answer.put("data-why", "unsure" if why in words.UNSURE else why)
        self._digit.write((answer.digit or "?") if known else "")
        sentence = words.answer_sentence(state)
        self._answer_words.write(sentence)
        # Whether this answers the drawing with the network as it is now.
        current = answer and answer.network is state.network
        self._root.put("data-answered", str(answer.version) if current else None)
        settled = known and answer.version == state.ink.version and state.ink.own
        settled = settled and not state.ink.drawing
        truth = words.truth_sentence(state)
        self._truth.write(truth)
        parts = [answer.digit, sentence, truth] if settled else []
        self._announce_later(", ".join([part for part in parts if part]))

    def _announce_later(self, spoken):
        """Announce an answer when nothing has changed for a while: a 4 is two strokes."""
        # The same words about another drawing are news.
        news = (spoken, self._state.ink.version if spoken else None)
        if news != self._spoken:
            self._spoken = news
            self._announce.textContent = ""
            if spoken:
                asyncio.create_task(self._announce_if_still(news))

    async def _announce_if_still(self, news):
        await asyncio.sleep(PAUSE)
        if news == self._spoken:
            self._announce.textContent = news[0]

    def _describe(self, network):
        """Write the figures of the network in use into the notes."""
        self._root.put("data-network", network.name)
        shape = network.shape
        if shape != self._described:
            self._described = shape
            find(".notes .count").textContent = words.thousands(network.count)
            find(".notes .sum").textContent = words.dials_sum(shape)
            find(".notes .hidden-sizes").textContent = words.hidden_sizes(shape)
