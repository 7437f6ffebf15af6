"""A phone's sheet: the neuron that was tapped must not disappear behind what explains it.

Public: ``Sheet``.
"""

from page.dom import find, on, window

# Room between the neuron and the sheet, in CSS pixels: what is written under an output fits in.
MARGIN = 52


class Sheet:
    """Scrolls the page when the sheet has come up over the neuron that it is about."""

    def __init__(self, state, diagram):
        self._state = state
        self._diagram = diagram
        self._due = False
        self._narrow = window.matchMedia("(max-width: 639px)")
        self._board = find("#board")
        self._sheet = find(".status")
        on(self._board, "click", lambda event: self._tap())

    def render(self):
        """Scroll as far as needed, once after a tap: while a finger slides, nothing may move under it."""
        state = self._state
        if self._due and self._is_up():
            self._due = False
            if state.pinned and state.pointed and self._narrow.matches:
                y = self._board.getBoundingClientRect().top + self._diagram.place(state.pointed)[1]
                hidden = y + MARGIN - self._sheet.getBoundingClientRect().top
                if hidden > 0:
                    window.scrollBy(0, hidden)

    def _is_up(self):
        """Whether the sheet is as high as it will be: what it says of a neuron comes from the engine."""
        state = self._state
        terms = state.answer.terms if state.answer else None
        return not state.answer or not state.looked or (terms and terms.neuron == state.looked)

    def _tap(self):
        self._due = True
        self._state.changed()
