"""Downloads: the network in use, the drawing, both as a notebook; and the lines of NumPy that read them."""

import asyncio

from page.dom import Once, disable, find, kept, on, window
from page.networks import SHIPPED
from page.panels.networks.asking import ask
from page.panels.networks.naming import DRAWING, file_name
from page.widgets.save_file import save_file

# What each button saves: the engine's function, the media type, and the ending of the file's name.
SAVED = {
    "network": ("save_network", "application/octet-stream", ".npz"),
    "drawing": ("save_drawing", "application/octet-stream", ""),
    "notebook": ("save_notebook", "application/x-ipynb+json", ".ipynb"),
}

COPIED = "Copied."
SELECTED = "The lines are selected. Press Ctrl+C to copy them, on a Mac ⌘C."


class Downloads:
    """The three buttons, and the lines with a button that copies them."""

    def __init__(self, page):
        self._state = page.state
        self._engine = page.engine
        self._told = find("#own-networks .download .told")
        self._lines = Once(find("#numpy-lines"))
        self._written = self._lines.element.textContent
        self._copied = find("#copy-lines + span")
        self._buttons = [find("#download-" + what) for what in SAVED]
        for button in self._buttons:
            on(button, "click", self._press)
        on(find("#copy-lines"), "click", lambda event: self._copy())
        self._done = kept(lambda *_: self._say(COPIED))
        self._failed = kept(lambda *_: self._select())

    def render(self, ready):
        """Name the file in the lines; ready: whether the engine can be asked."""
        self._lines.write(self._written.replace(SHIPPED[0].id, file_name(self._state.network)))
        for button in self._buttons:
            disable(button, not ready)

    def _press(self, event):
        what = event.currentTarget.id[len("download-") :]
        asyncio.create_task(self._download(*SAVED[what]))

    async def _download(self, function, kind, ending):
        """Have the engine write a file, and save it under the name that the lines have for it."""
        name = file_name(self._state.network) + ending if ending else DRAWING
        reply, trouble = await ask(self._engine, function)
        if reply:
            save_file(name, kind, reply.file)
        self._told.textContent = trouble or "Saved as %s." % name

    def _copy(self):
        """Copy the lines. Where the browser does not let a page do that, as over plain HTTP, select them."""
        clipboard = getattr(window.navigator, "clipboard", None)
        if clipboard:
            clipboard.writeText(self._lines.element.textContent).then(self._done, self._failed)
        else:
            self._select()

    def _select(self):
        window.getSelection().selectAllChildren(self._lines.element)
        self._say(SELECTED)

    def _say(self, words):
        self._copied.textContent = words
