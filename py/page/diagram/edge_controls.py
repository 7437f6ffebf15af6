"""The controls below the network that choose what its edges show, and how many are drawn."""

from page.diagram.edge_paths import MOST
from page.dom import find, on, put

# What the slider chooses from: how many of each layer's strongest edges to draw. 0 stands for all.
COUNTS = (1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 0)


class EdgeControls:
    """The controls in ``#edges``. Choosing another network does not change them."""

    def __init__(self, state, diagram):
        self._state = state
        self._diagram = diagram
        self._slider = find("#edges input[type='range']")
        self._count = find("#edges .strongest span")
        self._shown = None
        self._slider.max = len(COUNTS) - 1
        # A browser that reloads a page may leave its controls as they were.
        flowing = find("#edges [value='flow']").checked
        state.change(flowing=flowing, strongest=COUNTS[int(self._slider.value)])
        on(find("#edges"), "input", self._choose)
        find("#edges").disabled = False

    def render(self):
        """Show how many edges are drawn."""
        count = self._state.strongest or self._limit()
        if count != self._shown:
            self._shown = count
            self._count.textContent = str(count or "all")
            put(self._slider, "aria-valuetext", "the %d strongest" % count if count else "all")

    def _limit(self):
        """Return how many edges are drawn of those between two layers, 0 if all of them are."""
        plan = self._diagram.layout
        layers = plan.layers if plan else []
        most = max([len(before) * len(after) for before, after in zip(layers, layers[1:])] or [0])
        return MOST if most > MOST else 0

    def _choose(self, event):
        if event.target.type == "range":
            self._state.change(strongest=COUNTS[int(event.target.value)])
        else:
            self._state.change(flowing=event.target.value == "flow")
