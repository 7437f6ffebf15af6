"""The demonstration: where the pad stays empty, a digit draws itself once, through the real network.

Public: ``Demo``, and ``places`` for its pen. The first touch of anything ends it and leaves an empty pad; a
visit in which anything was touched before has none.
"""

import asyncio
import time

from page.dom import document, find, kept, put, root, window

# How long pad and page are left alone before it begins: so many ticks of so many seconds.
TICKS = 24
TICK = 0.25

# Where the pen is every so many milliseconds, in pad units, x and y in turn: slow at the ends and the cusp.
BEAT = 60
DIGIT = (
    "34 25  35 23  39 19  46 15.5  54 15  61 17.5  65 23  65 30  61 36.5  54 41  47.5 43.5  45.5 44.2  "
    "48 44  55 45.5  62.5 50  66.5 57.5  66 66  61 73.5  53 78  44 79  37 76  33 72  32 70.5"
)

# The pen moves this often, in milliseconds. A late step makes it slower, not faster.
STEP = 15
LATEST = 60

# A touch, by whatever means; a mouse that moves over the page only makes it wait.
TOUCHES = "pointerdown keydown click input change focusin beforeprint"
MOVES = "pointermove wheel scroll"

DRAW, WATCH, OVER = "draw here", "for example", "now you"


class Demo:
    """Waits, draws, and goes; <html data-demo> says "waiting", "drawing" or "drawn", and is gone after it."""

    def __init__(self, state, pad):
        self._state = state
        self._pad = pad
        self._hint = find("#hint")
        self._still = 0
        self._hearing = []
        active = getattr(window.navigator, "userActivation", None)
        if _calm() and self._untouched() and not (active and active.hasBeenActive):
            self._hear(TOUCHES, self._end)
            self._hear(MOVES, self._wait_anew)
            put(root, "data-demo", "waiting")
            asyncio.create_task(self._run())

    def render(self):
        """End when something is to be told that matters more."""
        if self._state.failure:
            self._end()

    def _hear(self, kinds, function):
        """Hear events before whoever they are meant for."""
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
        return idle and state.pointed is None and _calm() and not document.hidden and _in_view()

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
                # From the last place on: a pen that was lifted meanwhile is put down there.
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
        """Take the digit away, for good: what is drawn from now on is the visitor's."""
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
    """List the places of a pen every STEP milliseconds, on a smooth curve through those every BEAT."""
    numbers = [float(number) for number in text.split()]
    points = [(numbers[at], numbers[at + 1]) for at in range(0, len(numbers), 2)]
    ends = [points[0]] + points + [points[-1]]
    way = [points[0]]
    for at in range(len(points) - 1):
        parts = [part * STEP / BEAT for part in range(1, BEAT // STEP + 1)]
        way += [_between(ends[at : at + 4], part) for part in parts]
    return way


def _between(four, t):
    """Find a place between the second and the third of four, on the curve of Catmull and Rom."""
    shares = (
        t * (t * (2 - t) - 1) / 2,
        (t * t * (3 * t - 5) + 2) / 2,
        t * (t * (4 - 3 * t) + 1) / 2,
        t * t * (t - 1) / 2,
    )
    return tuple([sum([share * p[i] for share, p in zip(shares, four)]) for i in (0, 1)])


def _calm():
    """Whether the visitor minds no motion."""
    return not window.matchMedia("(prefers-reduced-motion: reduce)").matches


def _in_view():
    box = find("#pad").getBoundingClientRect()
    return 0 < box.top + box.height / 2 < window.innerHeight
