"""Pointing at a neuron with a mouse, a finger or the keyboard.

The pointer means the nearest neuron, so that small circles are easy to hit.
"""

from page import touches
from page.diagram.layout import PIXELS
from page.dom import arrow, document, find, on
from page.moves import Moves

# Milliseconds to ignore early moves after one was taken: some mice send a thousand a second.
PAUSE = 6

# How far from a neuron, in CSS pixels, a pointer may be.
REACH = 24


class Pointing:
    """The events on the board. A tap or click pins the neuron; one elsewhere unpins it."""

    def __init__(self, state, diagram):
        self._state = state
        self._diagram = diagram
        self._board = find("#board")
        self._sheet = find(".status")
        self._returning = False
        self._moves = Moves(PAUSE)
        on(self._board, "pointerrawupdate pointermove", self._hover)
        on(self._board, "pointerleave", self._leave)
        touches.take_across(self._board)
        on(self._board, "click", self._click)
        on(self._board, "focusin", self._focus)
        on(self._board, "focusout", self._blur)
        on(self._board, "keydown", self._key)
        on(document, "pointerdown", self._elsewhere)
        on(self._sheet, "keydown", self._sheet_key)
        on(find("#close"), "click", self._close)

    def _meant(self, event):
        """Find the neuron that a pointer means: a pixel of the input image, or else the nearest circle."""
        layout = self._diagram.layout
        if layout is None:
            return None
        box = self._board.getBoundingClientRect()
        x, y = event.clientX - box.left, event.clientY - box.top
        pixel = layout.pixel(x, y)
        if pixel is not None:
            return (0, pixel[0] * PIXELS + pixel[1])
        found = layout.nearest(x, y, REACH)
        return found and (found[0], self._diagram.folds.shown(found[0])[found[1]])

    def _hover(self, event):
        if not self._moves.is_due(event):
            return
        if event.pointerType == "touch":
            # A finger that slides over the network shows one neuron after another.
            self._pin(self._meant(event))
        elif self._state.pinned:
            # The pinned neuron stays, and the pointer shows one of its sources.
            self._state.link(self._meant(event))
        else:
            self._state.point(self._meant(event))

    def _leave(self, event):
        self._moves.left(event)
        if event.pointerType != "touch":
            pointed = self._state.pointed if self._state.pinned else None
            self._state.change(pointed=pointed, linked=None)

    def _click(self, event):
        fold = event.target.closest(".fold")
        if fold:
            layer, turn = fold.getAttribute("data-fold"), fold.getAttribute("data-turn")
            self._diagram.folds.turn(int(layer), int(turn))
            self._state.changed()
            return
        # A click by an assistive tool has a target but no position. WebKit's clicks have no pointerType.
        meant = self._meant(event) if event.detail else _named(event.target)
        touched = getattr(event, "pointerType", "") == "touch"
        again = not touched and self._state.pinned and meant == self._state.pointed
        self._pin(None if again else meant)

    def _pin(self, meant):
        self._state.point(meant, pinned=meant is not None)

    def _elsewhere(self, event):
        if self._state.pinned and not self._stays(event.target):
            self._pin(None)

    def _focus(self, event):
        meant = _named(event.target)
        if meant and event.target.matches(":focus-visible") and not self._returning:
            self._pin(meant)

    def _blur(self, event):
        if event.relatedTarget is not None and not self._stays(event.relatedTarget):
            self._pin(None)

    def _stays(self, element):
        """Return whether a neuron stays pinned: people watch it while drawing, and read about it below."""
        return element.closest("#board, .draw, .status, .panels") is not None

    def _close(self, event):
        if event.detail:
            self._pin(None)
        else:
            self._leave_sheet()  # by keyboard or assistive tool, which need the focus in the right place

    def _sheet_key(self, event):
        if event.key == "Escape":
            self._leave_sheet()
            self._state.change(looked=None, linked=None)

    def _leave_sheet(self):
        """Close the sheet and return the keyboard's focus to its neuron."""
        neuron = self._state.pointed or self._state.looked
        at = self._diagram.folds.place(neuron) if neuron else None
        self._pin(None)
        if at is None:
            find("#pad").focus()
        else:
            self._returning = True  # this focus must not pin it again
            self._diagram.give_focus(neuron[0], at)
            self._returning = False

    def _key(self, event):
        if event.key == "Escape":
            self._pin(None)
            self._state.change(looked=None, linked=None)
        elif event.key in ("Enter", " "):
            event.preventDefault()
            self._pin(_named(event.target))
        elif arrow(event):
            event.preventDefault()
            self._walk(event.target, arrow(event))

    def _walk(self, element, step):
        """Go to a neighbour: in the next layer along the signal, in the same layer across it."""
        if not self._diagram.current:
            return
        folds, layers = self._diagram.folds, self._diagram.layout.layers
        onward, within = step if self._diagram.layout.across else (step[1], step[0])
        # While a key is held down, the elements do not yet have the names that the last step gave them.
        pinned = self._state.pointed if self._state.pinned else None
        layer, index = pinned or _named(element)
        target, at = layer + onward, folds.place((layer, index)) or 0
        if not 0 <= target < len(layers):
            return
        last, before = len(layers[target]) - 1, len(layers[layer]) - 1
        if onward:
            at = round(at * last / before if before else last / 2)
        elif layer:
            neuron = (layer, min(max(index + within, 0), self._state.network.shape[layer] - 1))
            folds.show(neuron)
            at = folds.place(neuron)
        else:
            at = min(max(at + within, 0), last)
        self._diagram.give_focus(target, at)
        self._pin((target, folds.shown(target)[at]))


def _named(element):
    """Return the neuron that an element belongs to, as (layer, index), or None."""
    neuron = element.closest("[data-neuron]")
    if neuron is None:
        return None
    layer, index = neuron.getAttribute("data-neuron").split(":")
    return int(layer), int(index)
