"""The brush: paints weights on their picture, with a pointer or by keyboard.

A click or an arrow key also picks a weight here, which can then be typed or painted.
"""

from pyscript.ffi import to_js

from page import touches, words
from page.dom import arrow, find, find_all, on, put, show
from page.widgets.number_field import LARGEST, NumberField

# The border of the canvas, in CSS pixels.
BORDER = 1


class Brush:
    """The picture of weights, on which one can paint once painting is switched on."""

    def __init__(self, state, edits):
        self._state = state
        self._edits = edits
        self._figure = find("#weights")
        self._canvas = find("#weights canvas")
        self._marks = find("#weights .marks")
        self._ring = find("#weights .marks .ring")
        self._cell = find("#weights .marks .cell")
        self._on = find("#brush-on")
        self._tools = find("#brush-tools")
        self._size = find("#brush-size")
        self._softness = find("#brush-softness")
        self._signs = find_all("#brush-tools [name='paint']")
        self._strength = NumberField(find("#brush-strength"), 0, LARGEST)
        self._said = find("#brush-said")
        self._gesture = None
        self._last = None
        self._place = None
        self._neuron = self._shown = None
        on(self._on, "change", lambda event: state.changed())
        on(self._size, "input", lambda event: state.changed())
        on(self._canvas, "pointerdown", self._down)
        on(self._canvas, "pointermove", self._move)
        on(self._canvas, "pointerup pointercancel lostpointercapture", self._up)
        on(self._canvas, "pointerleave", self._leave)
        on(self._canvas, "keydown", self._key)
        touches.take(self._canvas, lambda: self._on.checked)

    @property
    def _grid(self):
        """Columns and rows of the picture of weights."""
        return self._state.network.grid(self._state.looked[0])

    def render(self):
        """Show the tools, the ring of the brush, and the weight that is picked."""
        state = self._state
        if state.looked is None or not state.network.ready:
            return
        size = float(self._size.value)
        key = (state.looked, state.network, state.picked, self._on.checked, self._place, size)
        if key == self._shown:
            return
        self._shown = key
        columns, rows = self._grid
        show(self._tools, self._on.checked)
        put(self._figure, "data-brush", "on" if self._on.checked else None)
        put(self._tools, "data-soft", "" if rows > 1 else None)
        put(self._marks, "viewBox", "0 0 %d %d" % (columns, rows))
        neuron = state.network.form + state.looked
        if neuron != self._neuron:
            self._neuron = neuron
            weights = state.network.weights_into(*state.looked)
            self._strength.show(max([abs(weight) for weight in weights]) or 1.0, neuron)
        self._render_ring(size if rows > 1 else 0.5)
        picked = state.picked if state.picked and state.picked[:2] == state.looked else None
        put(self._cell, "class", "cell on" if picked else "cell")
        if picked:
            put(self._cell, "x", "%d" % (picked[2] % columns))
            put(self._cell, "y", "%d" % (picked[2] // columns))

    def _render_ring(self, radius):
        shown = self._on.checked and self._place is not None
        put(self._ring, "class", "ring on" if shown else "ring")
        if shown:
            x, y = self._place
            put(self._ring, "cx", "%.2f" % x)
            put(self._ring, "cy", "%.2f" % y)
            put(self._ring, "r", "%.2f" % radius)

    def _at(self, event):
        """Return where on the picture a pointer is, in cells from the top left corner."""
        box = self._canvas.getBoundingClientRect()
        columns, rows = self._grid
        x = (event.clientX - box.left - BORDER) / (box.width - 2 * BORDER) * columns
        y = (event.clientY - box.top - BORDER) / (box.height - 2 * BORDER) * rows
        return x, y

    def _down(self, event):
        if event.button != 0 or not event.isPrimary or self._state.looked is None:
            return
        # A touch would give the focus only when the finger is lifted.
        self._canvas.focus(to_js({"preventScroll": True}))
        x, y = self._at(event)
        columns, rows = self._grid
        if 0 <= x < columns and 0 <= y < rows:
            self._pick(int(y) * columns + int(x))
        if self._on.checked:
            self._canvas.setPointerCapture(event.pointerId)
            self._gesture = self._edits.gesture()
            self._last = (x, y)
            self._paint([(x, y)], self._gesture)

    def _move(self, event):
        if self._state.looked is None or not self._on.checked:
            return
        self._place = self._at(event)
        if not event.buttons:
            self._gesture = None  # it was released outside the window
        if self._gesture:
            self._paint(self._way(self._place), self._gesture)
            self._last = self._place
        self._state.changed()

    def _up(self, *_):
        self._gesture = None

    def _leave(self, *_):
        if self._place and not self._gesture:
            self._place = None
            self._state.changed()

    def _way(self, place):
        """List places from where the brush was to where it is, without gaps."""
        (x1, y1), (x2, y2) = self._last, place
        apart = max(0.5, float(self._size.value) / 2)
        steps = int(max(abs(x2 - x1), abs(y2 - y1)) / apart) + 1
        return [
            (x1 + (x2 - x1) * step / steps, y1 + (y2 - y1) * step / steps)
            for step in range(1, steps + 1)
        ]

    def _paint(self, places, gesture, done=None):
        strength = self._strength.value()
        if strength is None:
            self._say("Nothing was painted: the strength is not a number.")
            return
        sign = next(float(sign.value) for sign in self._signs if sign.checked)
        _, rows = self._grid
        # In NumPy, the centres of cells are at whole numbers. In a single row only the cell counts.
        off = 0.5 if rows > 1 else 0.0
        arguments = list(self._state.looked) + [sign * strength + 0.0]
        arguments += [float(self._size.value), float(self._softness.value)]
        for x, y in places:
            arguments += [x - off, y - off]
        self._edits.add("paint", arguments, gesture, done)

    def _pick(self, source):
        layer, index = self._state.looked
        self._state.change(picked=(layer, index, source), linked=(layer - 1, source))

    def _key(self, event):
        state = self._state
        if state.looked is None or event.ctrlKey or event.metaKey or event.altKey:
            return
        columns, rows = self._grid
        at = None
        if state.picked and state.picked[:2] == state.looked:
            at = state.picked[2]
        if arrow(event):
            event.preventDefault()
            step, down = arrow(event)
            if at is None:
                at = (rows // 2) * columns + columns // 2
            else:
                column = min(max(at % columns + step, 0), columns - 1)
                at = min(max(at // columns + down, 0), rows - 1) * columns + column
            self._pick(at)
            self._tell(at)
        elif event.key == " ":
            event.preventDefault()
            if not self._on.checked:
                self._say("Painting is off: switch “paint weights” on first.")
            elif at is None:
                self._say("Choose a weight with the arrow keys first.")
            else:
                place = (at % columns + 0.5, at // columns + 0.5)
                self._paint([place], "", lambda refused: self._tell(at, refused or "Painted: "))

    def _tell(self, source, before=""):
        layer, index = self._state.looked
        weight = words.number(self._state.network.weight(layer, index, source))
        self._say("%s%s, weight %s" % (before, words.short_name(layer - 1, source), weight))

    def _say(self, sentence):
        self._said.textContent = sentence
