"""The first of the page's Python: imports the page's modules, and with the last of them starts the page.

One import at a time, with time for the browser in between: all of them would keep it for a tenth of a second.
"""

import js
import native  # static/native.mjs

# In the order in which they need each other; the last of them is the page.
MODULES = ("dom", "layout", "words", "ink", "edges", "diagram", "pad", "worker", "report", "main")

# Not by timers: of those that follow each other, browsers let each wait 4 ms.
turns = js.MessageChannel.new()
modules = iter(MODULES)


def go_on(*_):
    """Have the next module imported in a task of its own."""
    turns.port2.postMessage(None)


def step(*_):
    """Import the next module, if there is one."""
    name = next(modules, None)
    if name:
        native.trace(False)
        try:
            __import__("page." + name)
        finally:
            native.trace(True)
        go_on()


turns.port1.onmessage = step
# Not before the page wears its style sheet: it asks how large its parts are.
js.dressed.then(go_on)
