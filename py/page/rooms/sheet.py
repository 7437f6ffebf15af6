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
        if self._due:
            self._due = False
            state = self._state
            if state.pinned and state.pointed and self._narrow.matches:
                y = self._board.getBoundingClientRect().top + self._diagram.place(state.pointed)[1]
                hidden = y + MARGIN - self._sheet.getBoundingClientRect().top
                if hidden > 0:
                    window.scrollBy(0, hidden)

    def _tap(self):
        self._due = True
        self._state.changed()
