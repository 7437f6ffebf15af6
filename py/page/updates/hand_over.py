"""Packs what a new build of the page takes over. ``offline`` restores it."""

import json

import js

from page.dom import find, find_all
from page.updates.offline import DIALS, REST, STROKES


def pack(state, edited):
    """Make the JavaScript object for ``history.state``. edited: the dials of each edited network by name."""
    strokes, dials, packed = js.Array.new(), js.Object.new(), js.Object.new()
    for stroke in state.ink.strokes:
        points = js.Float32Array.new(2 * stroke.count)
        stroke.copy_to(points, 0)
        strokes.push(points)
    for name in edited:
        setattr(dials, name, edited[name])
    digit = state.ink.digit
    rest = {
        "network": state.chosen,
        "straighten": state.straighten,
        "flowing": state.flowing,
        "strongest": find("#edges [type='range']").value,
        "open": [part.id for part in find_all("details[id][open]")],
        "looked": state.looked,
        "digit": digit and (digit.index, digit.label),
        "draft": state.draft,
    }
    setattr(packed, STROKES, strokes)
    setattr(packed, DIALS, dials)
    setattr(packed, REST, json.dumps(rest))
    return packed
