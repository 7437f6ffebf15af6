"""Import the page's modules. The last of them, ``page.app``, starts the page.

The browser gets to work in between: all imports in one task would block it for a tenth of a second.
"""

import js
import native  # static/boot/native.mjs

from boot.importing import import_some

# Milliseconds of imports in one task.
ENOUGH = 5

# Not timers: browsers delay each nested timer by 4 ms.
tasks = js.MessageChannel.new()
modules = iter(native.first.split())


def go_on(*_):
    """Import the next modules in a new task."""
    tasks.port2.postMessage(None)


def step(*_):
    """Import modules for a while."""
    if import_some(modules, ENOUGH):
        go_on()


tasks.port1.onmessage = step
# Only once the style sheet is applied: the page measures its elements.
js.styleApplied.then(go_on)
