"""The page's start: makes the state and its views, and renders them at most once a frame."""

import asyncio

import js

from boot import deferred
from page import failures
from page.diagram.diagram import Diagram
from page.diagram.input_image import InputImage
from page.diagram.labels import Labels
from page.diagram.pixel_column import PixelColumn
from page.diagram.player import Player
from page.diagram.pointing import Pointing
from page.dom import document, find, kept, letter, on, put, root, sizes, window
from page.engine_client.edit_queue import EditQueue
from page.engine_client.worker import Worker
from page.network_choice import NetworkChoice
from page.pad.ink import Ink
from page.pad.pad import Pad
from page.report import Report
from page.state import State
from page.updates import offline
from page.widgets.undo_buttons import UndoButtons, undo_key


class App:
    """The whole page: one state, the views that show it, and the events that belong to no single view.

    ``state``, ``engine``, ``edits`` and ``diagram`` are what panels use.
    """

    def __init__(self):
        state = self.state = State(Ink(_make_array))
        drawing, dials = offline.restore(state)
        # A browser that reloads a page may leave its controls as they were.
        state.straighten = find("#straighten").checked
        state.chosen = state.chosen or find("#networks :checked").value
        self.engine = Worker(state, dials)
        self.edits = EditQueue(state, self.engine)
        self.column = PixelColumn(state)
        self.diagram = Diagram(state, self.column)
        self.pad = Pad(state)
        self.input_image = InputImage(state, self.diagram)
        player = Player(state)
        self._views = [
            self.column,
            self.pad,
            self.diagram,
            Labels(state, self.diagram, self.column),
            self.input_image,
            player,
            Report(state),
            self.edits,
        ]
        self._undo = UndoButtons(
            {name: [find("#" + name)] for name in ("undo", "redo", "clear")}, self._change_ink
        )
        # What a key does while the pad or the network has the focus.
        self.keys = {
            "c": lambda: self._change_ink("clear"),
            "delete": lambda: self._change_ink("clear"),
            "l": player.toggle,
        }
        self._rendering = kept(self.render)
        self._scheduled = False
        self._opening = False
        NetworkChoice(state, self.engine)
        Pointing(state, self.diagram)
        self._listen()
        self.pad.redraw(drawing)

    def start(self):
        """Start the engine, show the page, and fetch the panels."""
        asyncio.create_task(self.engine.start())
        self.render()
        put(root, "data-page", "ready")
        window.performance.mark("page-ready")
        asyncio.create_task(self._open_panels())
        if getattr(window, "earlyTrouble", None):
            self._show_error(window.earlyTrouble)

    def render(self, *_):
        """Render every view from the state: the only place where the page changes."""
        self._scheduled = False
        ink = self.state.ink
        self._undo.render({"undo": ink.can_undo, "redo": ink.can_redo, "clear": ink.own})
        for view in self._views:
            view.render()

    def add(self, view):
        """Render another view from now on."""
        view.render()
        self._views.append(view)

    def _listen(self):
        on(find("#straighten"), "change", self._straighten)
        on(find("#retry"), "click", self._retry)
        on(document, "keydown", self._press)
        on(window, "error unhandledrejection", self._go_wrong)
        sizes(find("#board"), self.diagram.resize)
        asyncio.get_event_loop().set_exception_handler(
            lambda loop, context: self._show_error(failures.text(context["exception"]))
        )
        self.state.watch(self._schedule)

    def _schedule(self):
        """Render in the next frame, once, however much changes until then."""
        if not self._scheduled:
            self._scheduled = True
            window.requestAnimationFrame(self._rendering)

    def _change_ink(self, name):
        """Undo, redo or clear."""
        getattr(self.state.ink, name)()
        self.state.changed()

    def _straighten(self, event):
        self.state.change(straighten=event.target.checked)

    def _press(self, event):
        """Handle the page's keys, unless they are meant for something else."""
        key, undo = letter(event), undo_key(event)
        if not key:
            return
        command = event.ctrlKey or event.metaKey
        # Elsewhere a letter alone may be speech input or a search (WCAG 2.1.4). A key held down counts once.
        plain = (
            not command and not event.repeat and document.querySelector("#pad:focus, #board :focus")
        )
        if undo:
            self._change_ink(undo)
        elif plain and key in self.keys:
            self.keys[key]()
        else:
            return
        event.preventDefault()

    def _go_wrong(self, event):
        """Show an error that nobody caught: a page that has stopped must say so.

        ``static/boot/start.js`` knows whether the error is ours. The page does not wait for it.
        """
        tell = getattr(window, "ownError", None)
        message = tell and tell(event)
        if message:
            self._show_error(message)

    def _show_error(self, message):
        """Show what went wrong and offer to try again. An error while the engine starts ends that start."""
        if self.state.engine == "loading":
            self.engine.fail(failures.at_start(message))
        elif not self.state.failure:  # the first failure says more than those that follow from it
            self.state.change(failure=failures.on_page(message))

    def _retry(self, *_):
        """Restart the engine if it has failed; have the ink answered in any case."""
        find("#pad").focus()
        asyncio.create_task(offline.mend())  # in case this attempt fails as well
        asyncio.create_task(self._open_panels())
        if self.state.engine == "failed":
            self.engine.restart()
        else:
            self.state.change(failure="")

    async def _loaded(self):
        """Wait until the engine is ready or has failed."""
        while self.state.engine == "loading":
            await asyncio.sleep(0.05)

    async def _open_panels(self):
        """Fetch and make what the first stroke does not need, unless that has been begun.

        It comes after Python and NumPy, which people wait for.
        """
        if self._opening:
            return
        self._opening = True
        ink = self.state.ink
        await self._loaded()
        try:
            await deferred.fetch(ink)
            from page import secondary
            from page.engine_client import warm_up
            from page.updates import hand_over, next_visit
        except Exception as error:  # noqa: BLE001, whatever it was, the page has to say so
            await self._loaded()  # a start that is tried again ends with a failure of its own
            self._opening = False
            self.state.change(failure=self.state.failure or failures.on_page(failures.text(error)))
            return
        for view in secondary.build(self):
            self.add(view)
            await deferred.lifted(ink)
        put(root, "data-panels", "ready")
        await warm_up.warm_up(
            self.state, self.engine, (self.column, self.diagram, self.input_image)
        )
        # Last of all: what is fetched for the next visit must not hold up this one.
        await next_visit.keep(self.state, lambda: hand_over.pack(self.state, self.engine))


def _make_array(size):
    """Make an array of float32 numbers in JavaScript's memory, where messages to the engine are made."""
    return js.Float32Array.new(size)


App().start()
