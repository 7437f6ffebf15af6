"""Pointing at the network: mouse, touch and keyboard say which neuron is meant.

Public: ``Board``. Whatever is nearest to the pointer is meant, so that small circles are easy to hit.
"""

from page.dom import document, find, on
from page.layout import PIXELS

# How far from a neuron, in CSS pixels, a pointer may be.
REACH = 24

ARROWS = {"ArrowLeft": (-1, 0), "ArrowRight": (1, 0), "ArrowUp": (0, -1), "ArrowDown": (0, 1)}


class Board:
    """The events on the board. A tap or click pins what is pointed at; elsewhere unpins."""

    def __init__(self, state, diagram, column):
        self._state = state
        self._diagram = diagram
        self._column = column
        self._board = find("#board")
        on(self._board, "pointermove", self._hover)
        on(self._board, "pointerleave", self._leave)
        on(self._board, "click", self._click)
        on(self._board, "focusin", self._focus)
        on(self._board, "focusout", self._blur)
        on(self._board, "keydown", self._key)
        on(document, "pointerdown", self._elsewhere)

    def _meant(self, event):
        """Find the neuron that a pointer means: a pixel in the picture, else the nearest circle."""
        layout = self._diagram.layout
        if layout is None:
            return None
        box = self._board.getBoundingClientRect()
        x, y = event.clientX - box.left, event.clientY - box.top
        pixel = layout.pixel(x, y)
        if pixel is not None:
            return (0, pixel[0] * PIXELS + pixel[1])
        found = layout.nearest(x, y, REACH)
        if found is not None and found[0] == 0:
            return (0, self._column.pixels[found[1]])
        return found

    def _hover(self, event):
        if event.pointerType == "mouse" and not self._state.pinned:
            self._state.change(pointed=self._meant(event))

    def _leave(self, event):
        if event.pointerType == "mouse" and not self._state.pinned:
            self._state.change(pointed=None)

    def _click(self, event):
        if event.detail == 0:  # a press by keyboard or by an assistive tool, without a place
            self._state.change(pinned=not self._state.pinned)
            return
        meant = self._meant(event)
        again = self._state.pinned and meant == self._state.pointed
        self._state.change(pointed=None if again else meant, pinned=meant is not None and not again)

    def _elsewhere(self, event):
        if self._state.pinned and not self._board.contains(event.target):
            self._state.change(pointed=None, pinned=False)

    def _focus(self, event):
        name = event.target.getAttribute("data-neuron")
        if name and event.target.matches(":focus-visible"):
            layer, index = name.split(":")
            self._state.change(pointed=(int(layer), int(index)), pinned=True)

    def _blur(self, event):
        if event.relatedTarget is None or not self._board.contains(event.relatedTarget):
            self._state.change(pointed=None, pinned=False)

    def _key(self, event):
        if event.key == "Escape":
            self._state.change(pointed=None, pinned=False)
        elif event.key in ("Enter", " "):
            event.preventDefault()
            self._state.change(pinned=not self._state.pinned)
        elif event.key in ARROWS:
            event.preventDefault()
            self._walk(event.target, ARROWS[event.key])

    def _walk(self, element, step):
        """Go to the neighbour: along the signal between layers, across it within one."""
        groups = self._diagram.neurons
        layer = int(element.parentNode.getAttribute("data-layer"))
        at = [neuron.getAttribute("data-neuron") for neuron in groups[layer]].index(
            element.getAttribute("data-neuron")
        )
        onward, within = step if self._diagram.layout.across else (step[1], step[0])
        target = layer + onward
        if 0 <= target < len(groups):
            place = (
                at * (len(groups[target]) - 1) / (len(groups[layer]) - 1) if onward else at + within
            )
            place = min(max(round(place), 0), len(groups[target]) - 1)
            self._diagram.give_focus(target, place)
