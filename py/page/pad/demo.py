"""The demonstration: if the visitor does nothing, a digit is drawn on the pad once, and the network answers.

The first touch of anything ends it and leaves an empty pad. If anything was touched before, there is none.
"""

import asyncio
import time

from page.dom import document, find, kept, put, root, window

# How long the page must be left alone first: a count of ticks, and the seconds of each.
TICKS = 24
TICK = 0.25

# Where the pen is every BEAT milliseconds, in pad units, as x and y: slow at the ends and at the cusp.
BEAT = 60
DIGIT = (
    "34 25  35 23  39 19  46 15.5  54 15  61 17.5  65 23  65 30  61 36.5  54 41  47.5 43.5  45.5 44.2  "
    "48 44  55 45.5  62.5 50  66.5 57.5  66 66  61 73.5  53 78  44 79  37 76  33 72  32 70.5"
)

# Milliseconds between moves of the pen, and the most that a late move makes up for.
STEP = 15
LATEST = 60

# Events that end the demonstration, and those that only make it wait longer.
TOUCHES = "pointerdown keydown click input change focusin beforeprint"
MOVES = "pointermove wheel scroll"

DRAW, WATCH, OVER = "draw here", "for example", "now you"


class Demo:
    """Waits, draws and ends. <html data-demo> is "waiting", "drawing" or "drawn", and absent afterwards."""

    def __init__(self, state, pad):
        self._state = state
        self._pad = pad
        self._hint = find("#hint")
        self._still = 0
        self._hearing = []
        active = getattr(window.navigator, "userActivation", None)
        if _motion_allowed() and self._untouched() and not (active and active.hasBeenActive):
            self._hear(TOUCHES, self._end)
            self._hear(MOVES, self._wait_anew)
            put(root, "data-demo", "waiting")
            asyncio.create_task(self._run())

    def render(self):
        """End when there is a failure to show."""
        if self._state.failure:
            self._end()

    def _hear(self, kinds, function):
        """Call a function for events, before their targets get them."""
        proxy = kept(function)
        for kind in kinds.split():
            window.addEventListener(kind, proxy, True)
            self._hearing.append((kind, proxy))

    def _wait_anew(self, *_):
        self._still = 0

    def _untouched(self):
        ink = self._state.ink
        return ink.blank and not ink.can_undo and not ink.can_redo

    def _may_begin(self):
        state = self._state
        idle = state.engine == "ready" and state.playing is None and not state.busy
        return (
            idle
            and state.pointed is None
            and _motion_allowed()
            and not document.hidden
            and _in_view()
        )

    async def _run(self):
        while self._still < TICKS:
            await asyncio.sleep(TICK)
            if not self._hearing:
                return
            self._still = self._still + 1 if self._may_begin() else 0
        if self._untouched():
            await self._draw(places(DIGIT))
        else:
            self._end()

    async def _draw(self, way):
        put(root, "data-demo", "drawing")
        self._hint.textContent = WATCH
        drawn, passed, now = 0, 0, time.ticks_ms()
        while drawn < len(way):
            due = min(passed // STEP + 1, len(way))
            if due > drawn:
                # This begins at the last place: a pen that was lifted meanwhile is put down there.
                self._pad.lead(way[max(drawn - 1, 0) : due])
                drawn = due
            await asyncio.sleep(STEP / 1000)
            if not self._hearing:
                return
            before, now = now, time.ticks_ms()
            if not document.hidden:
                passed += min(time.ticks_diff(now, before), LATEST)
        self._state.ink.end()
        self._hint.textContent = OVER
        put(root, "data-demo", "drawn")
        self._state.changed()

    def _end(self, *_):
        """Remove the digit for good: from now on the visitor draws."""
        if not self._hearing:
            return
        for kind, proxy in self._hearing:
            window.removeEventListener(kind, proxy, True)
        self._hearing = []
        put(root, "data-demo", None)
        self._hint.textContent = DRAW
        if self._state.ink.sweep():
            self._state.change(answer=None)


def places(text):
    """List the pen's places every STEP milliseconds, on a smooth curve through those in the text."""
    numbers = [float(number) for number in text.split()]
    points = [(numbers[at], numbers[at + 1]) for at in range(0, len(numbers), 2)]
    ends = [points[0]] + points + [points[-1]]
    way = [points[0]]
    for at in range(len(points) - 1):
        parts = [part * STEP / BEAT for part in range(1, BEAT // STEP + 1)]
        way += [_between(ends[at : at + 4], part) for part in parts]
    return way


def _between(four, t):
    """Interpolate between the second and the third of four places, on a Catmull–Rom curve."""
    shares = (
        t * (t * (2 - t) - 1) / 2,
        (t * t * (3 * t - 5) + 2) / 2,
        t * (t * (4 - 3 * t) + 1) / 2,
        t * t * (t - 1) / 2,
    )
    return tuple([sum([share * p[i] for share, p in zip(shares, four)]) for i in (0, 1)])


def _motion_allowed():
    """Return whether the visitor does not mind motion."""
    return not window.matchMedia("(prefers-reduced-motion: reduce)").matches


def _in_view():
    box = find("#pad").getBoundingClientRect()
    return 0 < box.top + box.height / 2 < window.innerHeight
