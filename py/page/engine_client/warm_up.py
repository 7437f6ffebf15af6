"""The warm-up: a stroke that nobody sees, before the visitor's first one.

Public: ``warm_up``. Browsers compile WebAssembly once more, and better, when it has run for a while. Without
this they do so during the first stroke, which then lags (docs/quality.md).
"""

import asyncio
import math

import js

from page.dom import document, window
from page.engine_client.replies import Answer
from page.pad.ink import SIDE

# How often the stroke is answered and rendered, each time a little longer.
ROUNDS = 40

# Seconds between two rounds, in which the page is free for something else.
PAUSE = 0.005


async def warm_up(state, worker, views):
    """Have the engine answer a growing stroke, and views render each answer, while nobody needs them.

    The views have the state's own answer again before the browser paints. Stops when the visitor begins.
    """
    points = _figure_eight()
    for count in range(1, ROUNDS + 1):
        if not _idle(state):
            return
        reply = await worker.ask("rehearse", points.subarray(0, 4 * count), [2 * count])
        if reply is None or not _idle(state):
            return
        shown = state.answer
        for answer in (Answer(state.ink.version, state.network, reply), shown):
            state.answer = answer  # not by change(): this is nobody's business
            for view in views:
                view.render()
        await asyncio.sleep(PAUSE)
    window.performance.mark("warmed-up")


def _idle(state):
    """Whether nothing is drawn, pointed at or played, so that nobody can notice."""
    return (
        state.engine == "ready"
        and state.ink.blank
        and state.answer is not None
        and state.pointed is None
        and state.playing is None
        and not document.hidden
    )


def _figure_eight():
    """Make the points of an 8 in one stroke, x, y, x, y, … in pad units."""
    points = js.Float32Array.new(4 * ROUNDS)
    for at in range(2 * ROUNDS):
        turn = math.pi * at / ROUNDS
        points[2 * at] = SIDE * (0.5 + 0.2 * math.sin(2 * turn))
        points[2 * at + 1] = SIDE * (0.5 - 0.35 * math.cos(turn))
    return points
