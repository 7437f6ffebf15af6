"""The line below the network that says how its edges are drawn: weights or what flows, and how many.

Public: ``Edges`` and ``COUNTS``.
"""

from page.dom import find, on, put

# What the slider chooses from: so many of each layer's strongest edges; 0 is all of them.
COUNTS = (1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 0)


class Edges:
    """The controls in ``#edges``. What they say stays for the visit, whatever network is chosen."""

    def __init__(self, state):
        self._state = state
        self._slider = find("#edges input[type='range']")
        self._count = find("#edges .strongest span")
        self._shown = None
        self._slider.max = len(COUNTS) - 1
        # A browser that loads a page again may put controls where they were.
        flowing = find("#edges [value='flow']").checked
        state.change(flowing=flowing, strongest=COUNTS[int(self._slider.value)])
        on(find("#edges"), "input", self._choose)
        find("#edges").disabled = False

    def render(self):
        """Say how many are drawn."""
        count = self._state.strongest
        if count != self._shown:
            self._shown = count
            self._count.textContent = str(count or "all")
            put(self._slider, "aria-valuetext", "the %d strongest" % count if count else "all")

    def _choose(self, event):
        if event.target.type == "range":
            self._state.change(strongest=COUNTS[int(event.target.value)])
        else:
            self._state.change(flowing=event.target.value == "flow")
