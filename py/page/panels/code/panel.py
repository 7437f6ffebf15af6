"""The panel of the code: the source that runs, with the lines that ran, and a console beside it.

CodeMirror, which shows both, is fetched when the panel is first opened.
"""

import asyncio

import js

from boot import modules
from page import failures
from page.dom import find, find_all, on, window
from page.panels.code.console import Console

# The modules that can be shown, the first one first.
MODULES = ("network", "activations")

# The editor that shows them, and what loads it.
EDITOR = "static/editor/editor.mjs"
CODEMIRROR = "static/editor/codemirror.mjs"


class Panel:
    """The source, and the console."""

    def __init__(self, page):
        self._state = page.state
        self._engine = page.engine
        self._panel = find("#code")
        self._said = find("#code-ran")
        self._host = find("#code-file")
        self._console = Console(page.state, page.engine)
        self._module = MODULES[0]
        self._texts = {}
        self._reader = None
        self._loading = ""
        self._lines = {}
        self._marked = None
        on(self._panel, "toggle", lambda event: self._toggle())
        for choice in find_all("#code .files input"):
            on(choice, "change", lambda event: self._choose(event.target.value))

    def render(self):
        """Mark the lines that ran for the layer being played or in view, if the panel is open."""
        if not self._panel.open:
            return
        self._console.render()
        if self._reader is None:
            if not self._loading:
                self._loading = "loading"
                asyncio.create_task(self._open())
            return
        state = self._state
        if state.engine != "ready" or not state.network.ready:
            return
        name = state.network.form
        if name not in self._lines:
            self._lines[name] = None
            asyncio.create_task(self._trace(name))
        if self._lines[name] is not None:
            self._mark(name, self._layer())

    def _toggle(self):
        if self._loading == "failed":
            self._loading = ""
        self._state.changed()

    def _layer(self):
        """Return the layer that the signal has reached, or that of the neuron in view, or None."""
        state = self._state
        if state.playing is not None:
            return state.playing
        return state.looked[0] if state.looked else None

    async def _open(self):
        """Fetch the source as it is served, and the editor."""
        try:
            for module in MODULES:
                self._texts[module] = await _fetch("py/nn/%s.py" % module)
            codemirror = await modules.load(CODEMIRROR, "runtime/pyscript/")
            await codemirror.load()
            editor = await modules.load(EDITOR)
        except Exception as error:  # noqa: BLE001, whatever failed, the panel has to say so
            said = "Could not fetch the source (%s). Close this panel and open it to try again."
            self._said.textContent = said % failures.text(error)
            self._loading = "failed"
            return
        self._reader = editor.reader(self._host)
        self._choose(self._module)
        await asyncio.sleep(0)
        self._console.open(editor)
        self._state.changed()

    def _choose(self, module):
        """Show another file."""
        self._module = module
        self._marked = None
        if self._reader:
            self._reader.show(self._texts[module], "py/nn/%s.py, read only" % module)
            self._state.changed()

    async def _trace(self, name):
        """Ask the engine which lines run, once for each form of network."""
        reply = await self._engine.ask("lines")
        if reply and name == self._state.network.form:
            self._lines[name] = list(reply)
            self._state.changed()
        else:
            self._lines.pop(name, None)

    def _mark(self, name, layer):
        key = (name, layer, self._module)
        if key == self._marked:
            return
        self._marked = key
        layers = self._lines[name]
        chosen = layers if layer is None else layers[layer : layer + 1]
        lines = sorted({line for each in chosen for line in getattr(each, self._module)})
        self._reader.mark(js.Array.of(*lines))
        whose = _name(layer, len(layers))
        if lines:
            self._said.textContent = "Marked: the lines that ran for %s." % whose
        else:
            self._said.textContent = "Nothing in this file ran for %s." % whose


async def _fetch(path):
    response = await window.fetch(path)
    if not response.ok:
        raise OSError("%s: the server answered %d" % (path, response.status))
    return await response.text()


def _name(layer, count):
    if layer is None:
        return "the last answer"
    if layer == 0:
        return "the input"
    return "the output layer" if layer == count - 1 else "hidden layer %d" % layer
