"""The pad: pointers become strokes, strokes become ink on a canvas. A test digit is shown as its pixels.

Public: ``Pad``. One pointer draws at a time; a second finger or a palm is not heard until the first is
lifted, but a pen takes over from a finger, whose stroke was then the palm's.
"""

from js import Path2D
from pyscript.ffi import to_js

from page.dom import arrow, document, find, kept, on, paint, put, show, sizes, window
from page.ink import SIDE
from page.layout import PIXELS

# Width of the pen in pad units.
PEN = 6.5

# How far an arrow key moves the pen, in pad units.
STEP = 4.0


class Pad:
    """The canvas that one draws on."""

    def __init__(self, state, changed):
        """changed() is called after every change of the ink."""
        self._state = state
        self._ink = state.ink
        self._changed = changed
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
        self._box = None
        self._window = None
        self._listen()
        sizes(self._canvas, self._resize)
        self._denser = kept(self._change_density)
        self._watch_density()

    def render(self):
        """Show what the state says; ink that is being drawn has been painted already."""
        show(self._hint, self._ink.blank)
        strokes, digit = self._painted
        if strokes is not self._ink.strokes or digit is not self._ink.digit:
            self._paint()
        if self._state.answer is not self._answer:
            self._answer = self._state.answer
            shown = self._answer and self._answer.frame
            put(self._crop, "d", "M%.1f %.1fH%.1fV%.1fH%.1fZ" % self._corners() if shown else "")
            if shown:
                put(
                    self._crop, "transform", "matrix(%f %f %f %f %f %f)" % tuple(self._answer.frame)
                )

    def redraw(self, strokes):
        """Draw strokes again, each a list of places (x, y) on the pad."""
        for first, *rest in strokes:
            self._begin(*first)
            self._extend(rest)
            self._ink.end()

    def _listen(self):
        on(self._canvas, "pointerdown", self._down)
        on(self._canvas, "pointermove", self._move)
        on(self._canvas, "pointerup pointercancel lostpointercapture", self._up)
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
        self._box = self._canvas.getBoundingClientRect()
        self._window = _window_size()
        self._begin(*self._place(event))

    def _move(self, event):
        if event.pointerId != self._pointer or not self._ink.drawing:
            return
        # A button let go outside the window is not told, but seen here. And a window that is resized
        # moves the pad under the pen before the canvas hears of it.
        if event.buttons == 0 or _window_size() != self._window:
            self._lift()
            return
        self._box = self._canvas.getBoundingClientRect()
        # WebKitGTK 2.50 has no coalesced events, and those made by a script are empty.
        events = event.getCoalescedEvents() if event.getCoalescedEvents else ()
        places = [self._place(one) for one in events] or [self._place(event)]
        self._extend(places)

    def _up(self, event):
        if event.pointerId == self._pointer:
            self._lift()
            # A finger that draws gives no focus, which the keys of a keyboard beside it need.
            self._canvas.focus(to_js({"preventScroll": True}))

    def _key(self, event):
        """Draw by keyboard: arrows move the pen, Space puts it down or lifts it."""
        if event.key == " ":
            event.preventDefault()
            if event.repeat:
                pass  # held down: it was heard when it was pressed
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

    def _place(self, event):
        """Find the pad units of an event, kept on the pad: what cannot be seen must not count."""
        scale = SIDE / self._box.width
        x = (event.clientX - self._box.left) * scale
        y = (event.clientY - self._box.top) * scale
        return _within(x), _within(y)

    def _inked(self):
        self._paint()
        self._changed()

    def _resize(self, width, height):
        """Match the canvas to the screen's own pixels; the ink is geometry and stays as it was."""
        # A pen that is down would draw a line to where it is on the pad's new size.
        self._lift()
        density = window.devicePixelRatio
        self._canvas.width = round(width * density)
        self._canvas.height = round(height * density)
        self._box = self._canvas.getBoundingClientRect()
        self._paint()

    def _watch_density(self):
        """Hear when the screen's pixels get denser or coarser: by zooming, or on another screen."""
        query = "(resolution: %sdppx)" % window.devicePixelRatio
        self._density = window.matchMedia(query)
        self._density.addEventListener("change", self._denser)

    def _change_density(self, *_):
        self._density.removeEventListener("change", self._denser)
        self._watch_density()
        self._resize(self._canvas.clientWidth, self._canvas.clientHeight)

    def _corners(self):
        """The ink's box in the picture, as the numbers of a closed path."""
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
        """Show each of a test digit's pixels as a square: blurred, they would look drawn."""
        paint(self._stamp, digit.rgba, PIXELS, PIXELS)
        self._context.imageSmoothingEnabled = False
        self._context.drawImage(self._stamp, 0, 0, SIDE, SIDE)


def _window_size():
    return window.innerWidth, window.innerHeight


def _within(coordinate):
    return min(max(coordinate, 0.0), SIDE)
