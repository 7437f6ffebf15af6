"""The page's start: makes the state and its views, and renders once a frame when something changed."""

import asyncio

import js

from boot import deferred
from page import failures
from page.diagram.diagram import Diagram
from page.diagram.input_image import Picture
from page.diagram.labels import Labels
from page.diagram.pixel_column import Column
from page.diagram.player import Player
from page.diagram.pointing import Board
from page.dom import disable, document, find, kept, letter, on, put, root, sizes, window
from page.engine_client.edit_queue import Turning
from page.engine_client.worker import Worker
from page.pad.ink import Ink
from page.pad.pad import Pad
from page.report import Report
from page.state import State
from page.updates import offline


def make_array(size):
    """Make an array of float32 in JavaScript's memory, where the engine's messages are made."""
    return js.Float32Array.new(size)


state = State(Ink(make_array))
drawing, turned = offline.restore(state)
# A browser that loads a page again may leave its controls as they were.
state.straighten = find("#straighten").checked
worker = Worker(state, find("#networks :checked").value, turned)
column = Column(state)
diagram = Diagram(state, column)
pad = Pad(state)
player = Player(state)
turning = Turning(state, worker)
picture = Picture(state, diagram)
views = [
    column,
    pad,
    diagram,
    Labels(state, diagram, column),
    picture,
    player,
    Report(state),
    turning,
]
board = Board(state, diagram, column)
buttons = {name: find("#" + name) for name in ("undo", "redo", "clear")}
waiting = False


def render(*_):
    """Render every view from the state: the only place where the page changes."""
    global waiting
    waiting = False
    usable = {"undo": state.ink.can_undo, "redo": state.ink.can_redo, "clear": state.ink.own}
    for name, button in buttons.items():
        disable(button, not usable[name])
    for view in views:
        view.render()


rendering = kept(render)


def schedule():
    """Render in the next frame, once, however much changes until then."""
    global waiting
    if not waiting:
        waiting = True
        window.requestAnimationFrame(rendering)


def change_ink(name):
    """Undo, redo or clear, then ask anew."""
    getattr(state.ink, name)()
    state.changed()
    worker.follow()


def press(event):
    """Hear the page's keys, unless they are meant for something else."""
    key = letter(event)
    if not key:
        return
    command = event.ctrlKey or event.metaKey
    # Elsewhere a letter alone may be spoken, or searched for (WCAG 2.1.4). A key held down is pressed once.
    plain = not command and not event.repeat and document.querySelector("#pad:focus, #board :focus")
    if command and key == "z":
        change_ink("redo" if event.shiftKey else "undo")
    elif command and key == "y":
        change_ink("redo")
    elif plain and key in ("c", "delete"):
        change_ink("clear")
    elif plain and key == "l":
        player.toggle()
    elif plain and key == "t":
        find("#test-digit").click()
    else:
        return
    event.preventDefault()


def straighten(event):
    """Take the slant out, or leave it in."""
    state.change(straighten=event.target.checked)
    worker.follow()


def go_wrong(event):
    """Show an error that nobody caught: a page that has stopped must not look as if it had not.

    ``static/boot/start.js`` knows whose error it is, if it has come: the page does not wait for it.
    """
    tell = getattr(window, "ownError", None)
    said = tell and tell(event)
    if said:
        show_error(said)


def show_error(message):
    """Show what went wrong and offer to try again; what fails during a start has failed it."""
    if state.engine == "loading":
        worker.fail(failures.at_start(message))
    elif not state.failure:  # what failed first says more than what fell over it
        state.change(failure=failures.on_page(message))


def retry(*_):
    """Start the engine again if it is that which failed; the ink is asked about in any case."""
    find("#pad").focus()
    asyncio.create_task(offline.mend())  # for the next time, should this one fail, too
    if root.getAttribute("data-rooms") != "ready":
        asyncio.create_task(open_rooms())
    if state.engine == "failed":
        worker.restart()
    else:
        state.change(failure="")
        worker.follow()


async def loaded():
    """Wait until the engine is ready or has failed."""
    while state.engine == "loading":
        await asyncio.sleep(0.05)


async def open_rooms():
    """Fetch what is below the network, after Python and NumPy: they are waited for."""
    await loaded()
    try:
        await deferred.fetch(state.ink)
        from page.engine_client import warm_up
        from page.panels import registry
    except Exception as error:  # noqa: BLE001, whatever it was, the page has to say so
        await loaded()  # a start that is tried again ends with a sentence of its own
        state.change(failure=state.failure or failures.on_page(failures.text(error)))
        return
    for room in registry.build(state, worker, turning, diagram, pad):
        room.render()
        views.append(room)
        await deferred.lifted(state.ink)
    put(root, "data-rooms", "ready")
    await warm_up.warm_up(state, worker, (column, diagram, picture))
    # Last of all: what is fetched for the next visit must not hold up this one.
    await offline.keep(state, worker)


for name, button in buttons.items():
    on(button, "click", lambda event, name=name: change_ink(name))
on(find("#straighten"), "change", straighten)
on(find("#retry"), "click", retry)
on(find("#networks"), "change", lambda e: asyncio.create_task(worker.choose(e.target.value)))
on(document, "keydown", press)
on(window, "error unhandledrejection", go_wrong)
sizes(find("#board"), diagram.resize)
asyncio.get_event_loop().set_exception_handler(
    lambda loop, context: show_error(failures.text(context["exception"]))
)
state.watch(schedule)
state.watch(worker.follow)
pad.redraw(drawing)
asyncio.create_task(worker.start())
render()
put(root, "data-page", "ready")
window.performance.mark("page-ready")
asyncio.create_task(open_rooms())
if getattr(window, "earlyTrouble", None):
    show_error(window.earlyTrouble)
