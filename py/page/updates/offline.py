"""What a new build starts with: the drawing and the edits that the build before left (see ``next_visit``).

``hand_over`` puts them into this tab's ``history.state`` only while the page reloads: that needs no storage,
no other tab sees it, and it is gone with the tab.
"""

import json

import js

from boot import modules
from page import networks
from page.dom import find, find_all, kept, window
from page.engine_client.replies import Network

# The fields of ``history.state``: strokes, the dials of edited networks by name, and the rest as JSON.
STROKES, DIALS, REST = "plain-vanilla strokes", "plain-vanilla dials", "plain-vanilla rest"


async def mend():
    """Have the page's files fetched again if they came from the cache, which may be damaged."""
    try:
        offline = await modules.load("static/boot/offline.mjs")
        await offline.refresh()
    except Exception:  # noqa: BLE001, the cache stays as it is
        pass


def restore(state):
    """Restore what the build before left, once. Returns strokes, as lists of (x, y), and dials by network.

    That build may have been another version, so what cannot be used is left out.
    """
    found = window.history.state
    strokes, dials = [], {}
    if found:
        _forget()
        try:
            strokes = [_points(stroke) for stroke in _list(getattr(found, STROKES))]
            rest = json.loads(getattr(found, REST))
            known = state.networks + [networks.NetworkInfo(*each) for each in rest.get("own", [])]
            dials = {info.id: _dials(found, info) for info in known if _dials(found, info)}
            own = [info for info in networks.own(known) if info.id in dials]
            state.networks = state.networks + own
            _restore(state, rest)
        except Exception as error:  # noqa: BLE001, another version may have left anything
            print("Some of the earlier session could not be restored:", repr(error))
    return [stroke for stroke in strokes if stroke], dials


def _forget():
    """Clear ``history.state``, unless the browser refuses: Safari does after 100 calls in half a minute.

    A promise does this because no ``except`` catches an exception of the browser's (MicroPython 1.27).
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


def _dials(found, info):
    """Return the dials of a network if their count is right and all of them are numbers, else None."""
    dials = getattr(getattr(found, DIALS), info.id, None)
    if dials and dials.length == Network(info).count and dials.every(js.Number.isFinite):
        return dials
    return None


def _restore(state, rest):
    """Set the controls, which the page reads when it starts, and what the panels begin with."""
    infos = [info for info in state.networks if info.id == rest["network"]]
    state.chosen = (infos or state.networks)[0].id
    find("#straighten").checked = rest["straighten"]
    find("#edges [value='flow']").checked = rest["flowing"]
    find("#edges [type='range']").value = rest["strongest"]
    for part in find_all("details[id]"):
        part.open = part.id in rest["open"]
    state.kept_digit = _pair(rest["digit"])
    state.draft = str(rest["draft"])
    state.kept_examples = str(rest.get("examples", ""))
    looked, shape = _pair(rest["looked"]), networks.find(state.networks, state.chosen).shape
    if looked and 0 < looked[0] < len(shape) and 0 <= looked[1] < shape[looked[0]]:
        state.looked = looked


def _pair(numbers):
    """Return a pair of whole numbers as a tuple, None for anything else."""
    if not isinstance(numbers, list) or [type(number) for number in numbers] != [int, int]:
        return None
    return tuple(numbers)
