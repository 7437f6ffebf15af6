"""The first of the page's Python: makes its modules importable, and starts it.

One import at a time, with time for the browser in between: all of them would keep it for a fifth of a
second.
"""

import js

from bundle import lay_out

# In the order in which they need each other.
STEPS = ("dom", "layout", "words", "ink", "edges", "diagram", "pad", "worker", "report", "main")

# Not by timers: of those that follow each other, browsers let each wait 4 ms.
turns = js.MessageChannel.new()
steps = iter(STEPS)


def begin(*_):
    """Lay the modules out; the page is wearing its style sheet by now."""
    with open("page.txt") as file:
        lay_out(file.read())
    turns.port2.postMessage(None)


def step(*_):
    """Import the next of the modules; the last of them is the page."""
    name = next(steps, None)
    if name:
        __import__("page." + name)
        turns.port2.postMessage(None)


turns.port1.onmessage = step
js.dressed.then(begin)
