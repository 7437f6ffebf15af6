"""The input image: the 784 pixel neurons on one canvas, and the flight of the ink into it.

The canvas has one pixel for each neuron. A mask in the style sheet makes them circles.
"""

from page.diagram.layout import PIXELS
from page.dom import find, paint, put


class InputImage:
    """What the network sees, where the board's layout puts it."""

    def __init__(self, state, diagram):
        self._state = state
        self._diagram = diagram
        self._network = find(".network")
        self._canvas = find("#picture canvas")
        self._flight = find("#flight path")
        self._pad = find("#pad")
        self._board = find("#board")
        self._layout = None
        self._answer = None
        self._due = False

    def render(self):
        """Paint the newest input. When the pen has been lifted, let the ink fly into its place."""
        layout, answer = self._diagram.layout, self._state.answer
        if layout is None:
            return
        if layout is not self._layout:
            self._layout = layout
            self._place(layout)
        if answer is not self._answer:
            self._answer = answer
            if answer:
                paint(self._canvas, answer.rgba, PIXELS, PIXELS)
            else:
                self._canvas.getContext("2d").clearRect(0, 0, PIXELS, PIXELS)
        ink = self._state.ink
        # The flight waits for the answer to what was drawn last.
        self._due = ink.drawing or self._due
        if self._due and not ink.drawing and answer and answer.version == ink.version:
            self._due = False
            if answer.seen:
                self._fly(answer, layout.picture)

    def _place(self, layout):
        """Pass the places of image and column to the style sheets, in pixels and, for paper, in percent."""
        put(self._network, "data-way", "across" if layout.across else "down")
        left, top, side = layout.picture
        column = layout.layers[0][0][0] - layout.radii[0]
        for name, value in (("left", left), ("top", top), ("side", side), ("column", column)):
            self._set(name, "%.1fpx" % value)
        wide, high = 100 / layout.width, 100 / layout.height
        shares = (
            ("left", left * wide),
            ("top", top * high),
            ("width", side * wide),
            ("height", side * high),
        )
        for name, value in shares:
            self._set("share-" + name, "%.4f%%" % value)
        self._set("ratio", "%.4f" % (layout.width / layout.height))

    def _set(self, name, value):
        self._network.style.setProperty("--" + name, value)

    def _fly(self, answer, place):
        """Move the outline from where the ink was drawn to where the network sees it.

        A CSS transition does this. There is none where the visitor prefers reduced motion.
        """
        left, top, side = place
        cell = side / PIXELS
        a, b, c, d, e, f = answer.seen
        seen = (a * cell, b * cell, c * cell, d * cell)
        seen += (left + (e + 0.5) * cell, top + (f + 0.5) * cell)
        pad, board = self._pad.getBoundingClientRect(), self._board.getBoundingClientRect()
        scale = pad.width / 100
        drawn = (scale, 0, 0, scale, pad.left - board.left, pad.top - board.top)
        style = self._flight.style
        put(self._flight, "class", "")
        put(self._flight, "d", answer.outline)
        style.transform = _matrix(drawn)
        # Reading the box makes the browser apply the start of the flight before its end.
        self._flight.getBoundingClientRect()
        put(self._flight, "class", "flying")
        style.transform = _matrix(seen)


def _matrix(numbers):
    return "matrix(%s)" % ",".join(["%.4f" % number for number in numbers])
