"""Opening a network from a file: chosen, dropped anywhere on the page, or kept from an earlier visit."""

import asyncio

import js

from page import networks, words
from page.dom import disable, document, find, on, put, root, show
from page.engine_client.run import LEARNED
from page.panels.networks import refusals
from page.panels.networks.asking import ask
from page.panels.networks.naming import place, shortened, title_of


class Opening:
    """The button, the drop, and what became of the file."""

    def __init__(self, page):
        self._state = page.state
        self._engine = page.engine
        self._panel = find("#own-networks")
        self._input = find("#open-network")
        self._alert = find("#own-networks .open .said")
        self._told = find("#own-networks .open .told")
        self._close = find("#close-network")
        on(self._input, "change", lambda event: self._choose())
        on(self._close, "click", lambda event: self._remove())
        on(document, "dragenter dragover", self._drag)
        on(document, "dragleave", self._leave)
        on(document, "drop", self._drop)

    def render(self, ready):
        """Offer to open a file if the engine can be asked, and to close the visitor's own network in use."""
        disable(self._input, not ready)
        show(self._close, self._closable() is not None)

    async def use(self, name, title, content):
        """Use a network from the bytes of its file. Returns whether it was opened, and says if not."""
        network_id, title = place(title, self._state.networks)
        reply, why = await ask(self._engine, "open_file", content, network_id)
        refused = getattr(reply, "refused", None) if reply else None
        if refused:
            why = refusals.sentence(refused)
        if why:
            self._refuse(name, why)
            return False
        self._engine.take(reply, title)
        count = words.thousands(self._state.network.count)
        self._say(told="Opened “%s”, with %s weights and biases." % (title, count))
        return True

    def _choose(self):
        chosen = list(self._input.files)
        if chosen:
            asyncio.create_task(self._open(chosen[0]))
        # Otherwise the browser would not report the same file again, after it has changed.
        self._input.value = ""

    async def _open(self, file):
        """Read a file, unless it is too large to be a network's."""
        name = file.name
        if file.size > refusals.MOST_BYTES:
            self._refuse(name, refusals.of_size(file.size))
            return
        try:
            buffer = await file.arrayBuffer()
        except Exception:  # noqa: BLE001, a folder, or a file that has gone
            self._refuse(name, refusals.UNREADABLE)
            return
        await self.use(name, title_of(name), js.Uint8Array.new(buffer))

    def _drag(self, event):
        """Take files that are dragged over the page: the browser would leave the page to show them."""
        if not event.defaultPrevented and _has_files(event):
            event.preventDefault()
            event.dataTransfer.dropEffect = "copy"
            put(root, "data-dropping", "")

    def _leave(self, event):
        if event.relatedTarget is None:  # the pointer has left the window
            put(root, "data-dropping", None)

    def _drop(self, event):
        put(root, "data-dropping", None)
        if event.defaultPrevented or not _has_files(event):
            return
        event.preventDefault()
        self._panel.open = True
        self._input.scrollIntoView()
        dropped = list(event.dataTransfer.files)
        if len(dropped) == 1:
            asyncio.create_task(self._open(dropped[0]))
        else:
            self._say(said=refusals.TOO_MANY)

    def _closable(self):
        """Return the info of the network in use if it is the visitor's own, and not the one that learns."""
        name = self._state.network.name
        own = [info for info in networks.own(self._state.networks) if info.id == name != LEARNED]
        return own[0] if own else None

    def _remove(self):
        info = self._closable()
        if info:
            self._engine.networks.remove(info.id)
            self._say(told="Closed “%s”." % info.title)
            self._input.focus()

    def _refuse(self, name, why):
        self._say(said="%s was not opened. %s" % (shortened(name, 60), why))

    def _say(self, said="", told=""):
        self._alert.textContent = said
        self._told.textContent = told


def _has_files(event):
    transfer = event.dataTransfer
    return bool(transfer and transfer.types.includes("Files"))
