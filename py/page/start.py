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


def begin():
    """Lay the modules out and import them, the last of which is the page; a yield is time for others."""
    with open("page.txt") as file:
        lay_out(file.read())
    yield
    for name in STEPS:
        __import__("page." + name)
        yield


steps = begin()


def go_on(*_):
    """Have the next step done in a task of its own."""
    turns.port2.postMessage(None)


def step(*_):
    """Do the next step, if there is one."""
    for _ in steps:
        go_on()
        break


turns.port1.onmessage = step
js.dressed.then(go_on)
