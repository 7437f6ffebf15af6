"""The edges on the board, redrawn only in those gaps between two layers where they have changed.

An edge shows its weight or, while ``state.flowing``, what flows through it now: weight × activation.
"""

import asyncio
import json
import time

from page.diagram import edge_paths
from page.diagram.layout import PIXELS, SHOWN

# While the signal is played, no flow is shown from neurons darker than this.
DARK = 0.05

# After looking at so many edges with new weights, the next frame goes on: a large network that learns has new
# ones several times a second. All edges of the video's network are fewer.
ENOUGH = 700

# Milliseconds between two drawings of the flow while the pen is down.
PERIOD = 125


class EdgeLayer:
    """All edges of the board. Gap l is between layers l − 1 and l; the pixels of the column are layer 0."""

    def __init__(self, state, column, folds):
        self._state = state
        self._column = column
        self._folds = folds
        self._groups = self._layers = self._lines = self._weights = self._read_of = self._drawn = ()
        self._row, self._rows = None, ()
        self._how = self._flow = None
        self._drawn_at = 0
        self._last = 0  # the gap that was drawn last: the next one is the first whose turn it is
        self._waiting = False

    def build(self, plan, groups):
        """Take the layout of a new board, and an SVG group for each gap."""
        self._groups = groups
        self._layers = plan.layers
        self._lines = [None] * len(groups)
        self._read_of = [None] * len(groups)
        self._weights = [[]] * len(groups)
        self._drawn = [None] * len(groups)  # the weights that each gap shows
        self._how = None

    @property
    def ready(self):
        """Whether the lines and the weights of all edges are there."""
        return None not in self._lines and self._state.network.ready

    def render(self):
        """Draw the edges of those gaps where something has changed."""
        state = self._state
        if not self.ready:
            self._prepare()
            return
        how = (state.flowing, state.strongest)
        flow = state.answer if state.flowing else None
        due = how != self._how or (flow is not self._flow and self._is_time())
        gaps, seen = len(self._groups), 0
        for layer in [(self._last + at) % gaps + 1 for at in range(gaps)]:
            if seen > ENOUGH and not due:
                state.changed()
                break
            self._read(layer)
            if due or self._drawn[layer - 1] is not self._weights[layer - 1]:
                self._drawn[layer - 1] = self._weights[layer - 1]
                seen += len(self._lines_of(layer))
                self._last = layer
                shown = edge_paths.choose(self._edges(layer), state.strongest)
                self._groups[layer - 1].innerHTML = edge_paths.paths(shown)
        if due:
            self._how, self._flow = how, flow
            self._drawn_at = time.ticks_ms()

    def of(self, layer, at):
        """List the edges into a neuron, or out of a pixel that is given by its place in the column."""
        self._read(layer or 1)
        if layer:
            count = len(self._layers[layer - 1])
            return self._edges(layer)[at * count : (at + 1) * count]
        into = self._edges(1)
        return [into[to] for to in range(at, len(into), SHOWN)]

    def signals(self, layer):
        """List the edges into a layer from lit neurons, with weight × activation."""
        self._read(layer)
        a = self._activations(layer)
        return [edge for at, edge in enumerate(self._products(layer, a)) if a[at % len(a)] > DARK]

    def _prepare(self):
        """Work out the lines of one gap per frame, usually before the weights are there."""
        for layer, lines in enumerate(self._lines, 1):
            if lines is None:
                self._lines_of(layer)
                self._state.changed()
                return

    def _lines_of(self, layer):
        """Return the lines of a gap."""
        if self._lines[layer - 1] is None:
            before, after = self._layers[layer - 1 : layer + 1]
            self._lines[layer - 1] = [
                edge_paths.line(start, end) for end in after for start in before
            ]
        return self._lines[layer - 1]

    def _is_time(self):
        """Return whether the flow may be drawn now; if not, arrange for it to be drawn as soon as it may."""
        wait = PERIOD - time.ticks_diff(time.ticks_ms(), self._drawn_at)
        if wait <= 0 or not self._state.ink.drawing:
            return True
        if not self._waiting:
            self._waiting = True
            asyncio.create_task(self._wait(wait))
        return False

    async def _wait(self, milliseconds):
        await asyncio.sleep(milliseconds / 1000)
        self._waiting = False
        self._state.changed()

    def _read(self, layer):
        """Read the weights of a gap if they may have changed. Equal ones stay the same list."""
        network, firsts = self._state.network, self._folds.firsts[layer - 1 : layer + 1]
        of = (network, firsts)
        if layer == 1:
            of += (self._column.columns, self._column.row)
        if of == self._read_of[layer - 1]:
            return
        self._read_of[layer - 1] = of
        if layer == 1:
            weights = self._weights_of_row(network, self._column.row)
            columns = self._column.columns
            weights = [
                weights[at + column] for at in range(0, len(weights), PIXELS) for column in columns
            ]
        else:
            weights = json.loads(
                network.weights(layer, self._folds.shown(layer), *self._run(layer - 1))
            )
        if weights != self._weights[layer - 1]:
            self._weights[layer - 1] = weights

    def _weights_of_row(self, network, row):
        """Read the weights from a whole row of pixels, since the column moves along it while one draws."""
        key = (network, row, self._folds.firsts[1])
        if self._row != key:
            self._row = key
            self._rows = json.loads(network.weights(1, self._folds.shown(1), row * PIXELS, PIXELS))
        return self._rows

    def _edges(self, layer):
        """List the edges of a gap, neuron by neuron, as pairs of a line and its number."""
        if self._state.flowing:
            return self._products(layer, self._activations(layer))
        return list(zip(self._lines_of(layer), self._weights[layer - 1]))

    def _products(self, layer, a):
        lines, weights, count = self._lines_of(layer), self._weights[layer - 1], len(a)
        return [(lines[at], weights[at] * a[at % count]) for at in range(len(lines))]

    def _activations(self, layer):
        """List the activations of the layer before; all are 0 while there is no answer."""
        answer = self._state.answer
        if answer is None:
            return [0.0] * len(self._layers[layer - 1])
        if layer == 1:
            return self._column.values(answer)
        first, count = self._run(layer - 1)
        return answer.activations(layer - 1)[first : first + count]

    def _run(self, layer):
        """Return the first of the neurons that a layer shows, and how many it shows."""
        return self._folds.firsts[layer], len(self._layers[layer])
