"""What the page asks the engine by itself: about the ink, and about the neuron that is looked into.

Public: ``Questions``. One question about the ink is on its way at most; when its answer comes, the newest
ink is asked about, and what lies between is never asked.
"""

import asyncio

from page.replies import Answer, Terms


class Questions:
    """Puts a question whenever the state has one. ask(name, *arguments): ``Worker.ask``.

    It goes out at once, in the event that raised it: a task would only start after the next frame.
    """

    def __init__(self, state, ask):
        self._state = state
        self._ask = ask
        self._life = 0
        self.forget()

    def forget(self):
        """Forget what was asked: whoever was to answer is no more."""
        self._life += 1
        self._asking = False
        self._asked = self._looked = None

    def follow(self):
        """Ask about the ink as it is now, unless a question is on its way: then right after it.

        What is new about the neuron that is looked into does not wait for that.
        """
        state = self._state
        if state.engine != "ready":
            return
        if not self._asking and self._asked != self._question():
            self._ask_about_ink()
        elif state.answer and self._looked != state.looked:
            self._looked = state.looked
            if state.looked:
                reply = self._ask("inside", state.looked[0], state.looked[1])
                asyncio.create_task(self._look(reply, state.looked, state.network))

    def _ask_about_ink(self):
        state = self._state
        self._asking = True
        self._asked = self._question()
        self._looked = state.looked
        ink = state.ink
        digit = ink.digit.index if ink.digit else -1
        points, lengths = ink.pack()
        looked = list(state.looked or ())
        reply = self._ask("answer", points, lengths, state.straighten, looked, digit)
        asyncio.create_task(self._answer(reply, self._asked, ink.era, state.looked))

    async def _answer(self, reply, asked, era, neuron):
        state, life = self._state, self._life
        reply = await reply
        if life != self._life:
            return
        self._asking = False
        version, _, network = asked
        # Of a network whose dials are being turned the last answer but one is better than none.
        if reply and era == state.ink.era and network.name == state.network.name:
            state.change(answer=Answer(version, network, reply, neuron))
        self.follow()

    async def _look(self, reply, neuron, network):
        """Look into a neuron. Replies come in turn, so this one is of the ink that was answered last."""
        reply, state = await reply, self._state
        if reply and state.answer and network is state.network and neuron == state.looked:
            state.answer.terms = Terms(neuron, reply)
            state.changed()

    def _question(self):
        """Put the question of now: which ink, how, and which network."""
        return self._state.ink.version, self._state.straighten, self._state.network
