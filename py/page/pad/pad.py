"""The pad: pointers draw strokes, which are shown as ink on a canvas. A test digit is shown as its pixels.

One pointer draws at a time. A second finger or a palm is ignored until the first is lifted. A pen takes over
from a touch, which must have been the palm: its stroke is undone.
"""

from js import Path2D
from pyscript.ffi import to_js

from page import touches
from page.diagram.layout import PIXELS
from page.dom import arrow, document, find, on, on_density, paint, put, show, sizes, window
from page.moves import Moves
from page.pad.ink import SIDE

# Width of the pen in pad units.
PEN = 6.5

# How far an arrow key moves the pen, in pad units.
STEP = 4.0


class Pad:
    """The canvas that people draw on."""

    def __init__(self, state):
        self._state = state
        self._ink = state.ink
        self._canvas = find("#pad")
        self._context = self._canvas.getContext("2d")
        self._crop = find("#crop path")
        self._cursor = find("#crop circle")
        self._hint = find("#hint")
        self._stamp = document.createElement("canvas")
        self._stamp.width = self._stamp.height = PIXELS
        self._painted = ((), None)
        self._answer = None
        self._pointer = None
        self._kind = ""
        self._keyboard = None
        self._moves = Moves()
        self._window = None
        self._listen()
        sizes(self._canvas, self._resize)
        on_density(lambda: self._resize(self._canvas.clientWidth, self._canvas.clientHeight))

    def render(self):
        """Show what the state says."""
        show(self._hint, not self._ink.own)
        strokes, digit = self._painted
        if strokes is not self._ink.strokes or digit is not self._ink.digit:
            self._paint()
        if self._state.answer is not self._answer:
            self._answer = self._state.answer
            frame = self._answer and self._answer.frame
            put(self._crop, "d", "M%.1f %.1fH%.1fV%.1fH%.1fZ" % self._corners() if frame else "")
            if frame:
                put(self._crop, "transform", "matrix(%f %f %f %f %f %f)" % tuple(frame))

    def redraw(self, strokes):
        """Draw strokes, each a list of places (x, y) on the pad."""
        for first, *rest in strokes:
            self._begin(*first)
            self._extend(rest)
            self._ink.end()

    def lead(self, places):
        """Continue with the page's own pen (see ``demo``), which is put down first if it is up."""
        if self._ink.example and self._ink.drawing:
            self._extend(places)
        elif self._ink.show(*places[0]):
            self._begin_line(*places[0])
            self._extend(places[1:])

    def _listen(self):
        on(self._canvas, "pointerdown", self._down)
        on(self._canvas, "pointerrawupdate", self._move_early)
        on(self._canvas, "pointermove", self._move)
        on(self._canvas, "pointerup pointercancel lostpointercapture", self._up)
        touches.take(self._canvas)
        on(self._canvas, "contextmenu", lambda event: event.preventDefault())
        on(self._canvas, "keydown", self._key)
        on(self._canvas, "blur", lambda event: self._lift())
        on(window, "blur", lambda event: self._lift())
        on(document, "visibilitychange", lambda event: self._lift())

    def _down(self, event):
        if event.button != 0:
            return
        if self._pointer is not None:
            if event.pointerType != "pen" or self._kind != "touch":
                return
            self._ink.undo()
        self._canvas.setPointerCapture(event.pointerId)
        self._pointer = event.pointerId
        self._kind = event.pointerType
        self._moves.forget()
        self._window = _window_size()
        [place] = self._places([event])
        self._begin(*place)

    def _move_early(self, event):
        """Take a move before its frame, so that the frame can show the answer (see ``moves``)."""
        # Chromium 156 reports a lost capture only with the frame.
        if self._drawn_by(event) and self._canvas.hasPointerCapture(event.pointerId):
            self._take(event)

    def _move(self, event):
        if self._drawn_by(event):
            self._take(event)
        elif event.pointerId == self._pointer and self._ink.drawing:
            self._lift()

    def _drawn_by(self, event):
        """Return whether a pointer is the one that draws, with its button down and the pad where it was.

        A button released outside the window sends no event. Resizing the window moves the pad under the pen
        before the canvas is notified.
        """
        return (
            event.pointerId == self._pointer
            and self._ink.drawing
            and event.buttons != 0
            and _window_size() == self._window
        )

    def _take(self, event):
        """Draw to where the pointer has been since its last event."""
        parts = self._moves.new_parts(event)
        if parts:
            self._extend(self._places(parts))

    def _up(self, event):
        if event.pointerId == self._pointer:
            self._lift()
            # Drawing with a finger does not give the pad the focus, which the keys need.
            self._canvas.focus(to_js({"preventScroll": True}))

    def _key(self, event):
        """Draw by keyboard: arrows move the pen, Space puts it down or lifts it."""
        if event.key == " ":
            event.preventDefault()
            if event.repeat:
                pass  # a key held down counts once
            elif self._ink.drawing:
                self._lift()
            else:
                self._begin(*self._pen_place())
        elif arrow(event):
            event.preventDefault()
            x, y = self._pen_place()
            dx, dy = arrow(event)
            self._keyboard = (_within(x + dx * STEP), _within(y + dy * STEP))
            if self._ink.drawing:
                self._extend([self._keyboard])
        self._show_cursor(event.key == " " or arrow(event) is not None)

    def _pen_place(self):
        return self._keyboard or (SIDE / 2, SIDE / 2)

    def _show_cursor(self, shown):
        x, y = self._pen_place()
        put(self._cursor, "r", "%.1f" % (PEN / 2 if shown else 0))
        put(self._cursor, "cx", "%.1f" % x)
        put(self._cursor, "cy", "%.1f" % y)
        put(self._cursor, "class", "down" if self._ink.drawing else "")

    def _begin(self, x, y):
        self._ink.begin(x, y)
        self._begin_line(x, y)

    def _begin_line(self, x, y):
        line = Path2D.new()
        line.moveTo(x, y)
        line.lineTo(x, y)
        self._ink.strokes[-1].line = line
        self._inked()

    def _extend(self, places):
        line = self._ink.strokes[-1].line
        added = False
        for x, y in places:
            if self._ink.extend(x, y):
                line.lineTo(x, y)
                added = True
        if added:
            self._inked()

    def _lift(self):
        self._pointer = None
        if self._ink.drawing:
            self._ink.end()
            self._state.changed()

    def _places(self, events):
        """Convert events to pad units, limited to the pad: ink that nobody sees must not count."""
        box = self._canvas.getBoundingClientRect()
        left, top, scale = box.left, box.top, SIDE / box.width
        return [
            (_within((event.clientX - left) * scale), _within((event.clientY - top) * scale))
            for event in events
        ]

    def _inked(self):
        self._painted = (None, None)
        self._state.changed()

    def _resize(self, width, height):
        """Match the canvas to the screen's own pixels. The ink is geometry and does not change."""
        # A pen that is down would draw a line to its place on the resized pad.
        self._lift()
        density = window.devicePixelRatio
        self._canvas.width = round(width * density)
        self._canvas.height = round(height * density)
        self._paint()

    def _corners(self):
        """Return the ink's box in the input image, as the numbers of a closed path."""
        left, top, right, bottom = self._answer.box
        return left, top, right, bottom, left

    def _paint(self):
        self._painted = (self._ink.strokes, self._ink.digit)
        context = self._context
        scale = self._canvas.width / SIDE
        context.setTransform(scale, 0, 0, scale, 0, 0)
        context.clearRect(0, 0, SIDE, SIDE)
        context.strokeStyle = "#fff"
        context.lineWidth = PEN
        context.lineCap = "round"
        context.lineJoin = "round"
        for stroke in self._ink.strokes:
            context.stroke(stroke.line)
        if self._ink.digit:
            self._paint_digit(self._ink.digit)

    def _paint_digit(self, digit):
        """Show each of a test digit's pixels as a square. Smoothed, they would look drawn."""
        paint(self._stamp, digit.rgba, PIXELS, PIXELS)
        self._context.imageSmoothingEnabled = False
        self._context.drawImage(self._stamp, 0, 0, SIDE, SIDE)


def _window_size():
    return window.innerWidth, window.innerHeight


def _within(coordinate):
    return min(max(coordinate, 0.0), SIDE)
