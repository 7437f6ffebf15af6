"""Touches that the page takes over from the browser.

When a finger's quick drag ends, Chromium 156 sees a fling, whether or not ``touch-action`` lets it scroll.
It takes a tap within the next 0.8 s for one that stops the fling, and makes no click of it: whoever drew a
stroke would tap a button in vain. In a touch whose events are cancelled, it sees no fling.
"""

from page.dom import on


def take(element, wanted=None):
    """Take over every touch that begins on an element, taps included, or only while wanted() is true."""

    def start(event):
        if wanted is None or wanted():
            event.preventDefault()

    on(element, "touchstart", start)


def take_across(element):
    """Take over touches on an element that go across. The browser keeps taps, and what scrolls up or down."""
    began, taken = (0, 0), None  # whether it is taken is not known before the first move

    def start(event):
        nonlocal began, taken
        began, taken = _place(event), None

    def move(event):
        nonlocal taken
        if taken is None:
            x, y = _place(event)
            taken = abs(x - began[0]) > abs(y - began[1])
        if taken and event.cancelable:
            event.preventDefault()

    on(element, "touchstart", start)
    on(element, "touchmove", move)


def _place(event):
    touch = event.changedTouches.item(0)
    return touch.clientX, touch.clientY
