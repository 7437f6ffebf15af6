"""How much of the test digits has been fetched, as a bar and a sentence, or why fetching failed."""

from page import failures
from page.dom import on, put, show
from page.words import bytes_of


class Download:
    """A box with a ``<label>``, a ``<progress>`` and a ``<p role="alert">``, hidden while all are empty."""

    def __init__(self, state, box, again=None, retry=None):
        """again: a button that is shown after a failure; retry() is called when it is pressed."""
        self._state = state
        self._box = box
        self._label = box.querySelector("label")
        self._bar = box.querySelector("progress")
        self._alert = box.querySelector("p")
        self._again = again
        self._alerted = ""
        if again:
            on(again, "click", lambda event: retry())

    def render(self):
        """Show the bytes so far, or the failure."""
        state = self._state
        loading, trouble = state.digits == "loading", state.digits_trouble
        show(self._box, loading or bool(trouble))
        show(self._label, loading)
        show(self._bar, loading)
        if self._again:
            show(self._again, bool(trouble) and state.engine == "ready")
        sentence = failures.of_digits(trouble) if trouble else ""
        if sentence != self._alerted:
            self._alerted = self._alert.textContent = sentence
        if loading:
            put(self._bar, "max", str(state.digits_total or 1))
            put(self._bar, "value", str(state.digits_loaded))
            size = bytes_of(state.digits_loaded, state.digits_total)
            self._label.textContent = "Fetching the test digits" + size
