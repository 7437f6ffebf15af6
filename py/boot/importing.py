"""Importing the page's modules without blocking the browser for long."""

import js
import native  # static/boot/native.mjs


def import_some(names, milliseconds):
    """Import modules from an iterator of names, at least one, for about so long. Return whether to go on."""
    end = js.performance.now() + milliseconds
    native.trace(False)
    try:
        for name in names:
            __import__(name)
            if js.performance.now() >= end:
                return True
    finally:
        native.trace(True)
    return False
