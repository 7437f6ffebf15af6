"""The panel of the visitor's own digits: keep drawings with their labels, and teach them to the network."""

import asyncio

from page.dom import Once, find, on
from page.panels.examples import stroke_file
from page.panels.examples.examples import Examples
from page.panels.examples.inputs import Inputs
from page.panels.examples.keeping import Keeping
from page.panels.examples.labelling import Labelling
from page.panels.examples.teaching import Teaching
from page.panels.examples.thumbnails import Thumbnails
from page.panels.examples.transfer import Transfer
from page.widgets.undo_buttons import UndoButtons, undo_key


class Panel:
    """The examples, and the views that show and change them."""

    def __init__(self, page):
        state = self._state = page.state
        self._panel = find("#examples")
        self._count = Once(self._panel)
        self._title = find("#examples-title")
        examples = self._examples = Examples(state.changed)
        inputs = Inputs(page, examples)
        labelling = self._labelling = Labelling(page, examples)
        self._keeping = Keeping(page, examples)
        self._views = [
            inputs,
            Thumbnails(page, examples, inputs, labelling),
            Teaching(page, examples, inputs),
            Transfer(page, examples),
        ]
        self._acts = {"undo": examples.undo, "redo": examples.redo, "erase": examples.erase}
        buttons = {name: [find("#examples-" + name)] for name in self._acts}
        self._undo = UndoButtons(buttons, lambda name: self._acts[name](), lambda: self._title)
        on(self._panel, "toggle", lambda event: state.changed())
        if state.kept_examples:
            asyncio.create_task(self._bring_back(state.kept_examples))
        on(self._panel, "keydown", self._press)

    def render(self):
        """Show the examples while the panel is open."""
        self._keeping.render()
        self._labelling.render()
        self._state.examples = self._examples.all
        self._count.put("data-examples", "%d" % len(self._examples.all))
        if not self._panel.open:
            return
        examples = self._examples
        self._undo.render(
            {"undo": examples.can_undo, "redo": examples.can_redo, "erase": bool(examples.all)}
        )
        for view in self._views:
            view.render()

    async def _bring_back(self, text):
        """Take over the examples of the build before."""
        examples, _ = await stroke_file.read(text)
        self._examples.join(examples)

    def _press(self, event):
        """Undo what was done here: elsewhere on the page the keys mean the drawing."""
        undo = undo_key(event)
        if undo:
            event.stopPropagation()
            event.preventDefault()
            self._acts[undo]()
