"""The first of the page's Python: imports the page's modules, and with the last of them starts the page.

It lets the browser work in between: all imports in one task would block it for a tenth of a second.
"""

import js
import native  # static/boot/native.mjs

# Milliseconds after which the next import waits for a task of its own.
ENOUGH = 5

# Not timers: browsers make each of those that follow each other wait 4 ms.
turns = js.MessageChannel.new()
modules = iter(native.first.split(" "))


def go_on(*_):
    """Have the next modules imported in a task of its own."""
    turns.port2.postMessage(None)


def step(*_):
    """Import the next modules, if there are any."""
    end = js.performance.now() + ENOUGH
    native.trace(False)
    try:
        for name in modules:
            __import__(name)
            if js.performance.now() > end:
                go_on()
                return
    finally:
        native.trace(True)


turns.port1.onmessage = step
# Not before the style sheet is applied: the page asks how large its parts are.
js.dressed.then(go_on)
