"""Picking an edge: a click between two layers picks the nearest weight."""

from page.diagram.pointing import REACH
from page.dom import find, on

# How far from an edge, in CSS pixels, a click may be.
NEAR = 6


class EdgePicking:
    """Clicks on the board away from any neuron. They put a weight into ``state.picked``."""

    def __init__(self, state, diagram):
        self._state = state
        self._diagram = diagram
        self._board = find("#board")
        on(self._board, "click", self._click)

    def _click(self, event):
        plan = self._diagram.layout
        ready = self._diagram.current and self._state.network.ready
        if not ready or not event.detail:
            return
        if event.target.closest(".fold"):
            return
        box = self._board.getBoundingClientRect()
        x, y = event.clientX - box.left, event.clientY - box.top
        if plan.pixel(x, y) is not None or plan.nearest(x, y, REACH) is not None:
            return
        edge = nearest(plan, x, y)
        if edge:
            layer, to, source = edge
            shown = self._diagram.folds.shown
            to, source = shown(layer)[to], shown(layer - 1)[source]
            self._state.change(
                pointed=(layer, to),
                pinned=True,
                looked=(layer, to),
                linked=(layer - 1, source),
                picked=(layer, to, source),
            )


def nearest(plan, x, y):
    """Find the edge nearest to a point, as (layer, neuron, source), or None if none is NEAR.

    plan: a Layout. Edges from pixels are left out, because the column shows only some of them.
    """
    best, found = NEAR * NEAR, None
    along = 0 if plan.across else 1
    for layer in range(2, len(plan.layers)):
        start, end = plan.layers[layer - 1][0][along], plan.layers[layer][0][along]
        share = ((x, y)[along] - start) / (end - start)
        if not 0 <= share <= 1:
            continue
        for to, (x2, y2) in enumerate(plan.layers[layer]):
            for source, (x1, y1) in enumerate(plan.layers[layer - 1]):
                dx, dy = x2 - x1, y2 - y1
                across = (x - x1) * dy - (y - y1) * dx
                distance = across * across / (dx * dx + dy * dy)
                if distance < best:
                    best, found = distance, (layer, to, source)
    return found
