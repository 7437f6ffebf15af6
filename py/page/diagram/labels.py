"""What a screen reader says about each neuron, and the marks on those that were edited."""

from page import words
from page.dom import Elements, put

# After so many names, the next frame goes on.
ENOUGH = 60


class Labels:
    """The accessible names of the diagram's neurons. They are written only while the pen is up."""

    def __init__(self, state, diagram, column):
        self._state = state
        self._diagram = diagram
        self._column = column
        self._neurons = None
        self._groups = []
        self._marks = []
        self._keys = []

    def render(self):
        """Write the names that have changed, with activation, bias and strongest input."""
        state, neurons = self._state, self._diagram.neurons
        fresh = neurons is not self._neurons
        folds = self._diagram.folds
        if not neurons or state.ink.drawing:
            return
        if fresh:
            self._neurons = neurons
            layers = range(len(neurons))
            self._groups = [Elements("[data-layer='%d'] .neuron" % layer) for layer in layers]
            self._marks = [[False] * len(row) for row in neurons]
            self._keys = [None] * len(neurons)
        key, written = (state.answer, state.network, self._column.pixels, folds.firsts), 0
        for layer in range(len(neurons)):
            if key == self._keys[layer]:
                continue
            if written > ENOUGH:
                state.changed()
                break
            self._keys[layer] = key
            indices = folds.shown(layer)
            written += len(indices)
            self._groups[layer].put("aria-label", [self._label(layer, at) for at in indices])
            if layer:
                self._mark(layer, indices)

    def _label(self, layer, index):
        label = words.label(layer, index, self._state.network, self._state.answer)
        return label + ", changed" if self._changed(layer, index) else label

    def _changed(self, layer, index):
        return layer > 0 and self._state.network.changed(layer, index)

    def _mark(self, layer, indices):
        for at, index in enumerate(indices):
            marked, changed = self._marks[layer][at], self._changed(layer, index)
            if changed != marked:
                self._marks[layer][at] = changed
                put(self._neurons[layer][at], "data-changed", "" if changed else None)
