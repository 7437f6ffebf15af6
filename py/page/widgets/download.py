"""How far the test digits have come, in a bar and a sentence, or why they have not.

Public: ``Fetching``.
"""

from page import failures
from page.dom import put, show
from page.words import bytes_of


class Fetching:
    """A box with a <label>, a <progress> and a <p role="alert">; hidden when there is no need of it."""

    def __init__(self, state, box):
        self._state = state
        self._box = box
        self._label = box.querySelector("label")
        self._bar = box.querySelector("progress")
        self._alert = box.querySelector("p")
        self._alerted = ""

    def render(self):
        """Show the bytes that are there, or the trouble."""
        state = self._state
        loading, trouble = state.digits == "loading", state.digits_trouble
        show(self._box, loading or bool(trouble))
        show(self._label, loading)
        show(self._bar, loading)
        sentence = failures.of_digits(trouble) if trouble else ""
        if sentence != self._alerted:
            self._alerted = self._alert.textContent = sentence
        if loading:
            put(self._bar, "max", str(state.digits_total or 1))
            put(self._bar, "value", str(state.digits_loaded))
            size = bytes_of(state.digits_loaded, state.digits_total)
            self._label.textContent = "Fetching test digits" + size
