"""The panel of the code: the source that runs, with the lines that ran, and a console beside it.

CodeMirror, which shows both, is fetched when the panel is first opened.
"""

import asyncio

import js

from boot import modules
from page import failures
from page.dom import find, find_all, on, window
from page.engine_client.replies import trouble_in
from page.panels.code.console import Console

# The modules that can be shown, the first one first: those of an answer, and those of a step of learning.
ANSWERING = ("network", "activations")
LEARNING = ("learning", "optimisers")

# The editor that shows them, and what loads it.
EDITOR = "static/editor/editor.mjs"
CODEMIRROR = "static/editor/codemirror.mjs"

STEP = (
    "Marked: the lines that run in one step of learning. It was tried on a copy of this network,"
    " with what is on the pad as the only example."
)


class Panel:
    """The source, and the console."""

    def __init__(self, page):
        self._state = page.state
        self._engine = page.engine
        self._learning = page.learning
        self._panel = find("#code")
        self._said = find("#code-ran")
        self._host = find("#code-file")
        self._console = Console(page.state, page.engine)
        self._module = ANSWERING[0]
        self._texts = {}
        self._reader = None
        self._loading = ""
        self._lines = {}
        self._steps = {}
        self._marked = None
        on(self._panel, "toggle", lambda event: self._toggle())
        for choice in find_all("#code .files input"):
            on(choice, "change", lambda event: self._choose(event.target.value))

    def render(self):
        """Mark the lines that ran, if the panel is open: for a layer, or in a step of learning."""
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
        if self._module in LEARNING:
            self._render_step()
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
            for module in ANSWERING + LEARNING:
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
        self._steps = {key: lines for key, lines in self._steps.items() if lines != "failed"}
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

    def _render_step(self):
        """Mark the lines of a step. What has not been tried with these settings yet is tried first."""
        settings = self._learning.settings
        key = (self._state.network.form, settings["cost"], settings["optimiser"])
        if key not in self._steps:
            self._steps[key] = "trying"
            self._reader.mark(js.Array.new())
            self._said.textContent = "Trying a step of learning"
            asyncio.create_task(self._try_step(key))
        elif key + (self._module,) != self._marked and not isinstance(self._steps[key], str):
            self._marked = key + (self._module,)
            self._reader.mark(js.Array.of(*getattr(self._steps[key], self._module)))
            self._said.textContent = STEP

    async def _try_step(self, key):
        """Ask the engine which lines run in a step, with a copy of the network."""
        reply = await self._engine.ask("deferred", "step_lines", key[1], key[2])
        if not reply:
            del self._steps[key]  # The worker ended meanwhile. The next one is asked again.
            return
        trouble = trouble_in(reply)
        self._steps[key] = "failed" if trouble else reply
        if trouble and self._module in LEARNING:
            self._said.textContent = failures.of_learning(trouble)
        self._state.changed()

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
