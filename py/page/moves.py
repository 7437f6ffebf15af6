"""A pointer's moves, without those that the browser repeats or makes up.

Firefox 153, and Chromium in a secure context, report a move twice: at once, as ``pointerrawupdate``, and
again with the frame, as ``pointermove``. Taking the first makes the answer appear one frame earlier.

When the page has scrolled, WebKitGTK 2.50, which reports nothing twice, reports a move of a pointer that
stands still. Whoever points at a neuron, and turns the wheel to read about it, would get another one that
passed below the pointer.
"""

from page.dom import window

REPORTED_TWICE = hasattr(window, "onpointerrawupdate")


class Moves:
    """The moves of one pointer. Those that a script made have no time to compare, and always count as new."""

    def __init__(self, pause=0, twice=REPORTED_TWICE):
        """``pause``: how many milliseconds to ignore early reports after one that was new."""
        self._pause = pause
        self._twice = twice
        self._last = 0
        self._place = None

    def left(self, event):
        """Note where the pointer was when it left: there it would come back to if the page scrolled back."""
        self._place = (event.clientX, event.clientY)

    def forget(self):
        """Begin again with a pointer that was just pressed."""
        self._last = 0

    def is_due(self, event):
        """Return whether to look where the pointer is: early at most once per pause, and with every frame.

        The frame counts even if it only repeats an early move. Chromium 156 reports in between that the
        pointer left the element where it was before, which undoes what the early move did.
        """
        if not event.isTrusted:
            return True
        if not self._twice:
            place = (event.clientX, event.clientY)
            still, self._place = place == self._place, place
            return not still
        pause = self._pause if event.type == "pointerrawupdate" else 0
        if event.timeStamp < self._last + pause:
            return False
        self._last = event.timeStamp
        return True

    def new_parts(self, event):
        """List the new moves among those that the browser has combined into one event."""
        # Safari has the method since 18.2, and no browser has it over plain HTTP. A script's event has no
        # parts.
        combined = hasattr(event, "getCoalescedEvents") and list(event.getCoalescedEvents())
        parts = combined or [event]
        if self._twice and event.isTrusted:
            # Early moves are all new. Two of them may have one time: Firefox 153 counts in milliseconds.
            if event.type == "pointermove":
                parts = [part for part in parts if part.timeStamp > self._last]
            self._last = event.timeStamp
        return parts
