"""Edits of the network: the engine gets one at a time, and of one gesture only the newest."""

import asyncio

from page import failures
from page.state import MOVING

# Seconds without an edit before the accuracy is measured.
PAUSE = 0.05


class EditQueue:
    """What views call to edit the network. The result is ``state.network``."""

    def __init__(self, state, worker):
        self._state = state
        self._worker = worker
        self._queue = []
        self._running = False
        self._gestures = 0
        self._measured = None

    def gesture(self):
        """Begin a gesture, such as a drag, and return its name. Undo takes back a gesture as one step."""
        self._gestures += 1
        return "gesture %d" % self._gestures

    def add(self, action, arguments, gesture="", refused=None):
        """Edit the network (see ``py/engine/edits.py``) as soon as the edits before are done.

        An edit that still waits is combined with the next of the same gesture: a slider's is replaced, and a
        brush's continued (its arguments after the fifth are places). refused(sentence) is called if the
        engine refuses the edit, refused("") if not.
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
        """Measure the accuracy of every new network, once the test digits are there.

        A training run makes several new ones a second, and measures them itself.
        """
        state = self._state
        if (
            state.digits == "ready"
            and state.engine == "ready"
            and state.learning not in MOVING
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
