"""Packs what a new build of the page takes over. ``offline`` restores it."""

import json

import js

from page import networks
from page.dom import find, find_all
from page.updates.offline import DIALS, REST, STROKES


def pack(state, engine):
    """Make the JavaScript object for ``history.state``."""
    strokes, dials, packed = js.Array.new(), js.Object.new(), js.Object.new()
    for stroke in state.ink.strokes:
        points = js.Float32Array.new(2 * stroke.count)
        stroke.copy_to(points, 0)
        strokes.push(points)
    held = engine.networks.dials
    for name in held:
        setattr(dials, name, held[name])
    digit = state.ink.digit
    rest = {
        "network": state.chosen,
        "own": [
            (info.id, info.title, info.shape, info.activation, info.source)
            for info in networks.own(state.networks)
        ],
        "straighten": state.straighten,
        "flowing": state.flowing,
        "strongest": find("#edges [type='range']").value,
        "open": [part.id for part in find_all("details[id][open]")],
        "looked": state.looked,
        "digit": digit and (digit.index, digit.label),
        "draft": state.draft,
        "examples": "".join([example.line + "\n" for example in state.examples]),
    }
    setattr(packed, STROKES, strokes)
    setattr(packed, DIALS, dials)
    setattr(packed, REST, json.dumps(rest))
    return packed
