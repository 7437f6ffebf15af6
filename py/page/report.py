"""What the page reports in words: the answer, the neuron pointed at, loading, and failure.

Public: ``Report``.
"""

from page import words
from page.dom import find, put, root, show


class Report:
    """Everything on the page that is a sentence, and the attributes of <html> that say the same."""

    def __init__(self, state):
        self._state = state
        self._answer = find("#answer")
        self._digit = find("#answer b")
        self._answer_words = find("#answer span")
        self._announce = find("#announce")
        self._pointed = find("#pointed")
        self._loading = find("#loading")
        self._doing = find("#doing")
        self._progress = find("#progress")
        self._failure = find("#failure")
        self._failure_words = find("#failure p")
        self._described = None

    def render(self):
        """Write what has changed."""
        state = self._state
        put(root, "data-engine", state.engine)
        put(root, "data-ink", str(state.ink.version))
        put(root, "data-playing", None if state.playing is None else str(state.playing))
        put(root, "data-pointed", "%d:%d" % state.pointed if state.pointed else None)
        self._render_loading()
        show(self._failure, bool(state.failure))
        if self._failure_words.textContent != state.failure:
            self._failure_words.textContent = state.failure
        if state.network.ready and state.network is not self._described:
            self._describe(state.network)
        self._render_answer()
        self._render_pointed()

    def _render_loading(self):
        state = self._state
        show(self._loading, state.engine == "loading")
        if state.total:
            put(self._progress, "max", str(state.total))
            put(self._progress, "value", str(state.loaded))
            size = "%.1f of %.1f MB" % (state.loaded / 1e6, state.total / 1e6)
            self._doing.textContent = "%s: %s" % (state.doing, size)
        elif state.doing:
            self._doing.textContent = state.doing

    def _render_answer(self):
        state, answer = self._state, self._state.answer
        blank = not state.ink.strokes
        playing = state.playing is not None and state.playing < len(state.network.shape) - 1
        known = answer and not blank and not playing
        put(self._answer, "data-digit", answer.digit if known else "")
        put(self._answer, "data-why", answer.why if known else "blank" if blank else "")
        self._digit.textContent = (answer.digit or "?") if known else ""
        sentence = words.answer_sentence(state)
        self._answer_words.textContent = sentence
        if answer:
            put(root, "data-answered", str(answer.version))
        if not state.ink.drawing and answer and answer.version == state.ink.version:
            spoken = (answer.digit + " " if answer.digit else "") + sentence
            if self._announce.textContent != spoken:
                self._announce.textContent = spoken

    def _render_pointed(self):
        state = self._state
        title, sentence = "", "Point at any neuron to see the number it holds."
        if state.pointed and state.network.ready and state.answer:
            layer, index = state.pointed
            title = words.neuron_name(layer, index, state.network.shape)
            sentence = words.neuron_sentence(layer, index, state.network, state.answer)
        self._pointed.children[0].textContent = title
        self._pointed.children[1].textContent = sentence

    def _describe(self, network):
        """Work the page's figures out from the network in use."""
        self._described = network
        put(root, "data-network", network.name)
        shape = network.shape
        pairs = ["%d×%d" % pair for pair in zip(shape, shape[1:])]
        biases = [str(size) for size in shape[1:]]
        count = "%d,%03d" % (network.count // 1000, network.count % 1000)
        find(".notes .count").textContent = count
        find(".notes .sum").textContent = (
            " + ".join(pairs) + " weights and " + " + ".join(biases) + " biases"
        )
        find(".notes .hidden-sizes").textContent = " and ".join(biases[:-1])
