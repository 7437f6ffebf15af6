"""The bottom sheet on a phone: it must not cover the neuron that it explains."""

from page.dom import find, on, screen, window

# Room between the neuron and the sheet, in CSS pixels, for the words below an output.
MARGIN = 52


class BottomSheet:
    """Scrolls the page when the sheet has come up over its neuron."""

    def __init__(self, state, diagram):
        self._state = state
        self._diagram = diagram
        self._due = False
        self._board = find("#board")
        self._sheet = find(".status")
        on(self._board, "click", lambda event: self._tap())

    def render(self):
        """Scroll as far as needed, once after a tap. Nothing may move under a finger that slides."""
        state = self._state
        if self._due and self._is_up():
            self._due = False
            if state.pinned and state.pointed and screen() == "phone":
                y = self._board.getBoundingClientRect().top + self._diagram.place(state.pointed)[1]
                hidden = y + MARGIN - self._sheet.getBoundingClientRect().top
                if hidden > 0:
                    window.scrollBy(0, hidden)

    def _is_up(self):
        """Return whether the sheet has its final height: some of its text comes from the engine."""
        state = self._state
        terms = state.answer.terms if state.answer else None
        return not state.answer or not state.looked or (terms and terms.neuron == state.looked)

    def _tap(self):
        self._due = True
        self._state.changed()
