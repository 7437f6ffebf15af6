"""The warm-up: a stroke that nobody sees, before the visitor's first one.

Browsers compile WebAssembly a second time, for speed, when it has run for a while. Without this they would do
so during the first stroke, which would lag (docs/quality.md).
"""

import asyncio
import math

import js

from page.dom import document, window
from page.engine_client.replies import Answer, fits
from page.pad.ink import SIDE

# How often the stroke is answered and rendered. It grows each time.
ROUNDS = 40

# Seconds between two rounds, when the page can do something else.
PAUSE = 0.005


async def warm_up(state, worker, views):
    """Have the engine answer a growing stroke and the views render each answer, as long as the page is idle.

    The views show the state's own answer again before the browser paints.
    """
    points = _figure_eight()
    for count in range(1, ROUNDS + 1):
        if not _idle(state):
            return
        reply = await worker.ask("rehearse", points.subarray(0, 4 * count), [2 * count])
        if reply is None or not _idle(state) or not fits(reply, state.network):
            return
        shown = state.answer
        for answer in (Answer(state.ink.version, state.network, reply), shown):
            state.answer = answer  # not by change(): no watcher may notice
            for view in views:
                view.render()
        await asyncio.sleep(PAUSE)
    window.performance.mark("warmed-up")


def _idle(state):
    """Return whether nothing is drawn, pointed at or played, so that nobody can notice."""
    return (
        state.engine == "ready"
        and state.ink.blank
        and state.answer is not None
        and state.pointed is None
        and state.playing is None
        and not document.hidden
    )


def _figure_eight():
    """Return the points of an 8 in one stroke as x, y, x, y, … in pad units."""
    points = js.Float32Array.new(4 * ROUNDS)
    for at in range(2 * ROUNDS):
        turn = math.pi * at / ROUNDS
        points[2 * at] = SIDE * (0.5 + 0.2 * math.sin(2 * turn))
        points[2 * at + 1] = SIDE * (0.5 - 0.35 * math.cos(turn))
    return points
