"""Turning dials: one change at a time is on its way to the engine, and of one gesture the newest.

Public: ``Turning``.
"""

import asyncio

from page import failures

# Seconds without a change before the accuracy is measured anew.
PAUSE = 0.05


class Turning:
    """What views call to turn dials. The network that comes of it is in the state."""

    def __init__(self, state, worker):
        self._state = state
        self._worker = worker
        self._queue = []
        self._running = False
        self._gestures = 0
        self._measured = None

    def gesture(self):
        """Begin a gesture, such as one drag: gives its name. All turns of a gesture are one step of undo."""
        self._gestures += 1
        return "gesture %d" % self._gestures

    def turn(self, action, arguments, gesture="", refused=None):
        """Turn dials (see ``edits.py``) as soon as the changes before are done.

        A change waits no longer than until the next one of the same gesture: a slider's replaces it, a
        brush's goes on from it (arguments after the fifth are places). refused(sentence) is called if
        the engine refuses, and with "" if not.
        """
        waiting = self._queue[-1] if self._queue else None
        if waiting and gesture and waiting[:1] + waiting[2:3] == [action, gesture]:
            waiting[1] = waiting[1] + arguments[5:] if action == "paint" else arguments
        else:
            self._queue.append([action, arguments, gesture, refused])
        if not self._running:
            self._running = True
            asyncio.create_task(self._run())

    def render(self):
        """Measure the accuracy on the test digits, once there are any, for every network that is new."""
        state = self._state
        if (
            state.digits == "ready"
            and state.engine == "ready"
            and state.network is not self._measured
        ):
            self._measured = state.network
            asyncio.create_task(self._measure(state.network))

    async def _measure(self, network):
        await asyncio.sleep(PAUSE)
        if network is not self._state.network or self._queue:
            return
        reply = await self._worker.ask("accuracy")
        if reply and network is self._state.network:
            self._state.change(score=(reply.now, reply.before, reply.of))

    async def _run(self):
        while self._queue:
            action, arguments, gesture, refused = self._queue.pop(0)
            reply = await self._worker.ask("edit", action, arguments, gesture)
            if reply is None:
                self._queue.clear()
                break
            why = getattr(reply, "refused", None)
            if not why:
                self._worker.take(reply)
            if refused:
                refused(failures.of_edit(why) if why else "")
        self._running = False
