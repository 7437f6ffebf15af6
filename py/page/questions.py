"""What the page asks the engine by itself: about the ink, and about the neuron that is looked into.

Public: ``Questions``. One question about the ink is on its way at most; when its answer comes, the newest
ink is asked about, and what lies between is never asked.
"""

import asyncio

from page.dom import kept
from page.replies import Answer, Terms


class Questions:
    """Puts a question whenever the state has one, and takes the answer.

    A question about the ink goes out in the event that raised it, and its answer is taken in the event that
    brings it. Tasks of asyncio would wait for timers: MicroPython 1.27 sets one for each step.
    """

    def __init__(self, state, send, ask, failed):
        """Take ``send`` and ``ask`` of the Worker; failed(error) is told of an answer that is an error."""
        self._state = state
        self._send = send
        self._ask = ask
        self._failed = failed
        self._hearing = kept(self._hear)
        self._failing = kept(self._fail)
        self._life = 0
        self.forget()

    def forget(self):
        """Forget what was asked: whoever was to answer is no more."""
        self._life += 1
        self.asking = False
        self._asked = self._looked = None

    def follow(self):
        """Ask about the ink as it is now, unless a question is on its way: then right after it.

        What is new about the neuron that is looked into does not wait for that.
        """
        state = self._state
        if state.engine != "ready":
            return
        if not self.asking and self._asked != self._question():
            self._ask_about_ink()
        elif state.answer and self._looked != state.looked:
            self._looked = state.looked
            if state.looked:
                reply = self._ask("inside", state.looked[0], state.looked[1])
                asyncio.create_task(self._look(reply, state.looked, state.network))

    def _ask_about_ink(self):
        state = self._state
        self.asking = True
        self._asked = self._question()
        self._looked = state.looked
        ink = state.ink
        digit = ink.digit.index if ink.digit else -1
        points, lengths = ink.pack()
        looked = list(state.looked or ())
        self._era = ink.era
        promise = self._send("answer", points, lengths, state.straighten, looked, digit)
        # What a worker says that has been ended meanwhile is of another life.
        promise.then(
            self._hearing.bind(None, self._life, state.looked), self._failing.bind(None, self._life)
        )

    def _hear(self, life, neuron, reply):
        state = self._state
        if life != self._life:
            return
        self.asking = False
        version, _, network = self._asked
        # Of a network whose dials are being turned the last answer but one is better than none.
        if self._era == state.ink.era and network.name == state.network.name:
            state.change(answer=Answer(version, network, reply, neuron))
        self.follow()

    def _fail(self, life, error):
        if life == self._life:
            self._failed(error)

    async def _look(self, reply, neuron, network):
        """Look into a neuron. Replies come in turn, so this one is of the ink that was answered last."""
        reply, state = await reply, self._state
        if reply and state.answer and network is state.network and neuron == state.looked:
            state.answer.terms = Terms(neuron, reply)
            state.changed()

    def _question(self):
        """Put the question of now: which ink, how, and which network."""
        return self._state.ink.version, self._state.straighten, self._state.network
