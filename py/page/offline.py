"""The next visit: the page's files are kept for it, and another build is offered when there is one.

Public: ``keep``, ``drawing_kept`` and ``mend``. A visit runs on one build from its beginning to its end: a
new one waits until it is asked for, and the drawing is taken along.

The drawing waits in this tab's own ``history.state``, and only while the page is loaded anew: that needs no
storage, no other tab sees it, and it is gone with the tab.
"""

import js

from page import modules
from page.dom import find, find_all, kept, on, show, window

_FIELD = "plain-vanilla strokes"


async def keep(ink):
    """Have the files kept, and offer a new build when it comes; whatever refuses, the page goes on."""
    offline = await modules.load("static/offline.mjs")
    moving = []

    def offer():
        for part in find_all("#update > *"):
            show(part, True)

    def moved():
        if moving:
            window.location.reload()
        else:
            # It was taken in another tab; files that this one has not fetched yet would be the new build's.
            offer()

    def use(*_):
        _remember(ink)
        moving.append(True)
        offline.take()

    on(find("#update button"), "click", use)
    await offline.keep(kept(offer), kept(moved))


async def mend():
    """Have the page's files fetched anew if they come from what was kept, which may be damaged."""
    try:
        offline = await modules.load("static/offline.mjs")
        await offline.mend()
    except Exception:  # noqa: BLE001, what is kept stays as it is
        pass


def drawing_kept():
    """Give the strokes that were taken along by ``keep``, as lists of (x, y), once."""
    state = window.history.state
    found = state and getattr(state, _FIELD, None)
    if not found:
        return []
    _put_state(None)
    return [
        [(stroke[i], stroke[i + 1]) for i in range(0, stroke.length, 2)]
        for stroke in [found[n] for n in range(found.length)]
    ]


def _remember(ink):
    strokes = js.Array.new()
    for stroke in ink.strokes:
        points = js.Float32Array.new(2 * stroke.count)
        stroke.copy_to(points, 0)
        strokes.push(points)
    state = js.Object.new()
    setattr(state, _FIELD, strokes)
    _put_state(state)


def _put_state(state):
    """Put something into this entry of the tab's history, or do nothing where the browser refuses.

    A promise does it: an exception of the browser's would end the handler, whatever it catches (MicroPython
    1.27). Safari throws one after a hundred calls in half a minute.
    """
    history = window.history
    put = history.replaceState.bind(history, state, "")
    js.Promise.resolve().then(put).catch(kept(lambda error: None))
