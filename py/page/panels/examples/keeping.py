"""Keeping the examples on the device, if the visitor asks for that."""

import asyncio

import js

from page import storage
from page.dom import find, on
from page.panels.examples import stroke_file

# What they are in the storage. Each has a name of its own, so two tabs do not overwrite each other's.
KIND = "examples"


class Keeping:
    """The checkbox. While it is ticked, every change is made on the device, too."""

    def __init__(self, page, examples):
        self._state = page.state
        self._examples = examples
        self._panel = find("#examples")
        self._box = find("#examples-keep")
        self._said = find("#examples-not-kept")
        # A browser that reloads a page may leave its controls as they were.
        self._box.checked = False
        self._looked = False
        self._known = ()  # the examples at the last change that was noticed
        self._stored = set()  # the keys of those that are on the device
        self._turn = asyncio.Lock()
        on(self._box, "change", lambda event: asyncio.create_task(self._toggle()))

    def render(self):
        """Look for examples of an earlier visit when the panel is first opened. Store what has changed."""
        if self._panel.open and not self._looked:
            self._looked = True
            asyncio.create_task(self._look())
        if self._box.checked and self._known is not self._examples.all:
            self._known = self._examples.all
            asyncio.create_task(self._try(self._store))

    async def _look(self):
        """Take over what an earlier visit has kept. If that is anything, it goes on being kept."""
        async with self._turn:
            try:
                self._box.checked = bool(await self._take_over())
            except storage.StorageError:
                pass  # who has not asked for anything need not know
        self._state.changed()

    async def _toggle(self):
        if self._box.checked:
            self._box.checked = await self._try(self._take_over) and await self._try(self._store)
            self._known = self._examples.all
        else:
            await self._try(self._clear)

    async def _try(self, work):
        """Do something with the storage. Return whether that went well, and say why not."""
        async with self._turn:
            try:
                await work()
            except storage.StorageError as error:
                self._said.textContent = storage.sentence(error.code)
                return False
        self._said.textContent = ""
        return True

    async def _take_over(self):
        """Join what is on the device to what is here, and list it."""
        found, decoder = [], js.TextDecoder.new()
        for key, content in await storage.load_all(KIND):
            # Another version of this page may have kept it: lines with faults are left out.
            examples, _ = await stroke_file.read(decoder.decode(content), key)
            found += examples
        self._stored = {example.key for example in found}
        if found:
            self._examples.join(found)
        return found

    async def _store(self):
        """Make what is on the device the same as what is here."""
        if self._examples.erased:
            await self._clear()
        wanted = {example.key: example for example in self._examples.all}
        new = [key for key in wanted if key not in self._stored]
        if new:
            encoder = js.TextEncoder.new()
            lines = [(key, encoder.encode(wanted[key].line)) for key in new]
            await storage.save_all(KIND, lines)
            self._stored.update(new)
        for key in [key for key in self._stored if key not in wanted]:
            await storage.remove(KIND, key)
            self._stored.remove(key)

    async def _clear(self):
        await storage.clear(KIND)
        self._stored = set()
