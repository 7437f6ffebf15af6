"""Which neurons the circles show. A layer with more neurons than there is room for is folded.

The circles of a folded layer show a run of its neurons. Dots at both ends say how many are left out.
"""

from page import words
from page.dom import Elements


class Folds:
    """The run of each layer, and the dots of those that are folded. The column shows the input.

    ``firsts`` are the first neurons of the runs.
    """

    def __init__(self, state, column):
        self._state = state
        self._column = column
        self._shape = self._drawn = self.firsts = ()
        self._ends = self._written = None

    def build(self, plan, shape):
        """Take the layout of a new board, whose dots are in the document."""
        firsts = list(self.firsts) + [0] * len(shape)
        self._shape, self._ends = shape, plan.folds
        self._drawn = [len(places) for places in plan.layers]
        self.firsts = tuple([self._nearest(at, firsts[at]) for at in range(len(shape))])
        self._followed = (None, None, None)
        self._written = None
        self.follow()

    def follow(self):
        """Show the neurons pointed at, once: the dots may be turned afterwards."""
        state = self._state
        followed = (state.looked, state.pointed, state.linked)
        for neuron, before in zip(followed, self._followed):
            if neuron and neuron != before:
                self.show(neuron)
        self._followed = followed

    def render(self):
        """Say how many neurons are left out at each end."""
        if self.firsts == self._written:
            return
        if self._written is None:
            self._marks = Elements("#diagram .fold")
            self._texts = Elements("#diagram .fold text")
        self._written = self.firsts
        counts = [
            (layer, count)
            for layer in range(len(self._shape))
            if self._ends[layer]
            for count in self._left_out(layer)
        ]
        self._marks.put("data-count", [str(count) for _, count in counts])
        self._marks.put("aria-label", [words.folded(layer, count) for layer, count in counts])
        self._texts.write(["%d more" % count for _, count in counts])

    def shown(self, layer):
        """Return the neurons of a layer that have a circle, as indices."""
        first = self.firsts[layer]
        return range(first, first + self._drawn[layer]) if layer else self._column.pixels

    def place(self, neuron):
        """Return the place in its layer of the circle that shows a neuron, None if there is none."""
        layer, index = neuron
        shown = self.shown(layer)
        return list(shown).index(index) if index in shown else None

    def end(self, neuron):
        """Return where the dots are that stand for a neuron without a circle."""
        layer, index = neuron
        return self._ends[layer][0 if index < self.firsts[layer] else 1]

    def show(self, neuron):
        """Move the run of its layer just so far that a neuron has a circle."""
        layer, index = neuron
        if layer and index not in self.shown(layer):
            after = index > self.firsts[layer]
            self._move(layer, index - self._drawn[layer] + 1 if after else index)

    def turn(self, layer, way):
        """Show the neurons before (−1) or after (1) those that have circles now."""
        self._move(layer, self.firsts[layer] + way * self._drawn[layer])

    def _move(self, layer, first):
        firsts = list(self.firsts)
        firsts[layer] = self._nearest(layer, first)
        self.firsts = tuple(firsts)

    def _nearest(self, layer, first):
        """Return the nearest first neuron of a full run. The column has a run of its own."""
        return max(0, min(first, self._shape[layer] - self._drawn[layer])) if layer else 0

    def _left_out(self, layer):
        first = self.firsts[layer]
        return first, self._shape[layer] - self._drawn[layer] - first
