"""The first of the page's Python: makes its modules importable, and starts it.

One import at a time, with time for the browser in between: all of them would keep it for a fifth of a
second.
"""

import js

from bundle import lay_out

# In the order in which they need each other; the last of them is the page.
MODULES = ("dom", "layout", "words", "ink", "edges", "diagram", "pad", "worker", "report", "main")

# Not by timers: of those that follow each other, browsers let each wait 4 ms.
turns = js.MessageChannel.new()


def work():
    """Lay the modules out and import them; a yield is time for the browser."""
    with open("page.txt") as file:
        lay_out(file.read())
    yield
    for name in MODULES:
        __import__("page." + name)
        yield


steps = work()


def go_on(*_):
    """Have the next step done in a task of its own."""
    turns.port2.postMessage(None)


def step(*_):
    """Do the next step, if there is one."""
    try:
        next(steps)
    except StopIteration:
        return
    go_on()


turns.port1.onmessage = step
# Not before the page wears its style sheet: it asks how large its parts are.
js.dressed.then(go_on)
