"""Networks that are kept for the next visit, because the visitor asked for it."""

import asyncio

from page import storage
from page.dom import disable, document, find, on, show
from page.panels.networks.asking import ask
from page.panels.networks.naming import LONGEST

# What they are in the storage.
KIND = "networks"

NAMELESS = "Give it a name first."


class Kept:
    """The list of kept networks, and the field and buttons that change it."""

    def __init__(self, page, opening):
        self._state = page.state
        self._engine = page.engine
        self._opening = opening
        self._field = find("#keep-name")
        self._keep = find("#keep-network")
        self._list = find("#kept-networks")
        self._alert = find("#own-networks .keep .said")
        self._told = find("#own-networks .keep .told")
        self._undo = find("#restore-network")
        self._names = []
        self._suggested = ""
        self._deleted = None
        on(self._keep, "click", lambda event: self._begin(self._save()))
        on(self._field, "keydown", self._press)
        on(self._undo, "click", lambda event: self._begin(self._restore()))
        on(self._list, "click", self._choose)

    def render(self, ready):
        """Suggest the title of the network in use as a name, unless another one was typed."""
        disable(self._keep, not ready)
        title = self._state.network.info.title
        if title != self._suggested:
            if self._field.value in ("", self._suggested):
                self._field.value = title
            self._suggested = title

    def look(self):
        """List what is kept."""
        self._begin(self._look())

    def _press(self, event):
        if event.key == "Enter" and not self._keep.disabled:
            self._begin(self._save())

    def _begin(self, work):
        """Do something with the storage, and say so if that fails."""
        asyncio.create_task(self._try(work))

    async def _try(self, work):
        try:
            await work
        except storage.StorageError as error:
            self._say(said=storage.sentence(error.code))

    async def _look(self):
        self._names = sorted(await storage.names(KIND))
        self._list.replaceChildren(*[_row(name) for name in self._names])

    async def _save(self):
        """Keep the network in use under the name in the field."""
        name = " ".join(self._field.value.split())[:LONGEST]
        await self._look()
        if not name or name in self._names:
            self._say(
                said="There is a network named “%s”. Use another name." % name if name else NAMELESS
            )
            self._field.focus()
            return
        reply, trouble = await ask(self._engine, "save_network")
        if reply:
            await storage.save(KIND, name, reply.file)
            await self._look()
        self._say(said=trouble, told="" if trouble else "Kept “%s”." % name)

    async def _use(self, name):
        content = await storage.load(KIND, name)
        if content is None:
            await self._look()
            self._say(said="“%s” is no longer kept." % name)
        elif await self._opening.use(name, name, content):
            self._say(told="“%s” is in use." % name)

    async def _delete(self, name):
        content = await storage.load(KIND, name)
        await storage.remove(KIND, name)
        await self._look()
        self._say(told="Deleted “%s”." % name, deleted=content and (name, content))
        (self._undo if content else self._field).focus()

    async def _restore(self):
        name, content = self._deleted
        await storage.save(KIND, name, content)
        await self._look()
        self._say(told="Kept “%s”." % name)
        self._field.focus()

    def _choose(self, event):
        button = event.target.closest("button")
        if button:
            act = self._use if button.name == "use" else self._delete
            self._begin(act(button.value))

    def _say(self, said="", told="", deleted=None):
        self._alert.textContent = said
        self._told.textContent = told
        self._deleted = deleted
        show(self._undo, deleted is not None)


def _row(name):
    row, title = document.createElement("li"), document.createElement("span")
    title.textContent = name
    row.append(title, _button("Use", name), _button("Delete", name))
    return row


def _button(word, name):
    button = document.createElement("button")
    button.type = "button"
    button.className = "pill"
    button.name, button.value = word.lower(), name
    button.textContent = word
    button.setAttribute("aria-label", "%s %s" % (word, name))
    return button
