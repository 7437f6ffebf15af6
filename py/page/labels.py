"""What a screen reader says of each neuron, and the mark of those whose dials were turned.

Public: ``Labels``.
"""

from page import words
from page.dom import put


class Labels:
    """The names of the diagram's neurons. They are rebuilt only while the pen is up."""

    def __init__(self, state, diagram, column):
        self._state = state
        self._diagram = diagram
        self._column = column
        self._neurons = None
        self._labels = []
        self._marks = []
        self._key = None

    def render(self):
        """Name every neuron anew if something has changed: its number, bias and strongest input."""
        state, neurons = self._state, self._diagram.neurons
        fresh = neurons is not self._neurons
        key = (state.answer, state.network, self._column.pixels)
        if not neurons or state.ink.drawing or (key == self._key and not fresh):
            return
        self._key = key
        if fresh:
            self._neurons = neurons
            self._labels = [[None] * len(row) for row in neurons]
            self._marks = [[False] * len(row) for row in neurons]
        for layer in range(len(neurons)):
            for at in range(len(neurons[layer])):
                self._name(layer, at, at if layer else self._column.pixels[at])

    def _name(self, layer, at, index):
        neuron, network = self._neurons[layer][at], self._state.network
        changed = layer > 0 and network.changed(layer, index)
        label = words.label(layer, index, network, self._state.answer)
        if changed:
            label += ", changed"
        if label != self._labels[layer][at]:
            self._labels[layer][at] = label
            put(neuron, "aria-label", label)
        if changed != self._marks[layer][at]:
            self._marks[layer][at] = changed
            put(neuron, "data-changed", "" if changed else None)
