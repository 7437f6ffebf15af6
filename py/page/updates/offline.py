"""The next visit: the page's files are kept for it, and another build is offered when there is one.

Public: ``keep``, ``restore`` and ``mend``. A visit runs on one build from its beginning to its end: a
new one waits until it is asked for, and takes over the drawing and what was changed.

Those wait in this tab's own ``history.state``, and only while the page is loaded anew: that needs no
storage, no other tab sees it, and it is gone with the tab. ``rooms/carrying`` writes it.
"""

import js

from boot import modules
from page.dom import find, find_all, kept, on, show, window
from page.engine_client.replies import Network

# The fields of ``history.state``: strokes, turned dials by network, and the rest as JSON.
STROKES, DIALS, REST = "plain-vanilla strokes", "plain-vanilla dials", "plain-vanilla rest"

REFUSED = "This browser cannot keep your changes. Press again to use the new version without them."


async def keep(state, worker):
    """Have the files kept, and offer a new build when it comes; whatever refuses, the page goes on."""
    from page.updates import hand_over

    offline = await modules.load("static/boot/offline.mjs")
    moving, told = [], []

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
        if not offline.remember(hand_over.pack(state, worker.turned)) and not told:
            told.append(True)
            find("#update p").textContent = REFUSED
            return
        moving.append(True)
        offline.activate()

    on(find("#update button"), "click", use)
    await offline.install(kept(offer), kept(moved))


async def mend():
    """Have the page's files fetched anew if they come from what was kept, which may be damaged."""
    try:
        offline = await modules.load("static/boot/offline.mjs")
        await offline.refresh()
    except Exception:  # noqa: BLE001, what is kept stays as it is
        pass


def restore(state):
    """Put back what was taken along, once: gives its strokes, as lists of (x, y), and its turned dials.

    Another build may have written it, so that what cannot be used is left out.
    """
    found = window.history.state
    strokes, turned = [], {}
    if found:
        _forget()
        try:
            strokes = [_points(stroke) for stroke in _list(getattr(found, STROKES))]
            names = [choice.value for choice in find_all("#networks input")]
            turned = {name: _dials(found, name) for name in names if _dials(found, name)}
            _restore(state, getattr(found, REST))
        except Exception as error:  # noqa: BLE001, whatever there is
            print("Not all was kept:", repr(error))
    return [stroke for stroke in strokes if stroke], turned


def _forget():
    """Clear ``history.state``, unless the browser refuses. Safari does after 100 calls in half a minute.

    A promise does it: an exception of the browser's would pass by any ``except`` (MicroPython 1.27).
    """
    history = window.history
    clear = history.replaceState.bind(history, None, "")
    js.Promise.resolve().then(clear).catch(kept(lambda error: None))


def _list(array):
    return [array[n] for n in range(array.length)]


def _points(stroke):
    if not stroke.every(js.Number.isFinite):
        return []
    return [(stroke[i], stroke[i + 1]) for i in range(0, stroke.length - 1, 2)]


def _dials(found, name):
    """Give the dials of a network, if there are as many as it has and all of them are numbers."""
    dials = getattr(getattr(found, DIALS), name, None)
    if dials and dials.length == Network(name).count and dials.every(js.Number.isFinite):
        return dials
    return None


def _restore(state, rest):
    """Put the controls back, from which the page begins, and what the rooms are to begin with."""
    import json

    rest = json.loads(rest)
    for choice in find_all("#networks input"):
        if choice.value == rest["network"]:
            choice.checked = True
    find("#straighten").checked = rest["straighten"]
    find("#edges [value='flow']").checked = rest["flowing"]
    find("#edges [type='range']").value = rest["strongest"]
    for part in find_all("details[id]"):
        part.open = part.id in rest["open"]
    state.kept_digit = _pair(rest["digit"])
    state.draft = str(rest["draft"])
    looked, shape = _pair(rest["looked"]), Network(find("#networks :checked").value).shape
    if looked and 0 < looked[0] < len(shape) and 0 <= looked[1] < shape[looked[0]]:
        state.looked = looked


def _pair(numbers):
    """Give a pair of whole numbers, or None for anything else."""
    if not isinstance(numbers, list) or [type(number) for number in numbers] != [int, int]:
        return None
    return tuple(numbers)
