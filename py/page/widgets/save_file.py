"""Saving a file that the page has made: the browser puts it where it puts downloads."""

import js

from page.dom import document, window

# The address of the last file. A browser may read it long after the click, so it stays until the next one.
_last = []


def save_file(name, kind, content):
    """Have the browser save a file under a name. kind: its media type; content: a typed array."""
    options = js.Object.new()
    options.type = kind
    # In MicroPython 1.27, a function of a class in JavaScript needs the class from the window.
    address = window.URL.createObjectURL(js.Blob.new(js.Array.of(content), options))
    link = document.createElement("a")
    link.href = address
    link.download = name
    link.click()
    while _last:
        window.URL.revokeObjectURL(_last.pop())
    _last.append(address)
