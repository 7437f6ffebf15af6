"""What the page asks the engine by itself: about the ink, and about the neuron that is looked into.

Public: ``Questions``. One question about the ink is on its way at most; when its answer comes, the newest
ink is asked about, and what lies between is never asked.
"""

from page.dom import kept
from page.engine_client.replies import Answer, Terms


class Questions:
    """Puts a question whenever the state has one, and takes the answer.

    A question goes out in the event that raised it, and its answer is taken in the event that brings it.
    Tasks of asyncio would wait for timers: MicroPython 1.27 sets one for each step.
    """

    def __init__(self, state, send, failed):
        """Take ``send`` of the Worker; failed(error) is told of an answer that is an error."""
        self._state = state
        self._send = send
        self._failed = failed
        self._hearing = kept(self._hear)
        self._failing = kept(self._fail)
        self._count = 0
        self.forget()

    @property
    def waiting(self):
        """Whether an answer is waited for."""
        return bool(self._takers)

    def forget(self):
        """Forget what was asked: whoever was to answer is no more."""
        self._takers = {}
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
                self._ask_inside()

    def _ask_about_ink(self):
        state, ink = self._state, self._state.ink
        self._asking = True
        self._asked = self._question()
        self._looked = neuron = state.looked
        version, _, network = self._asked
        era = ink.era
        digit = ink.digit.index if ink.digit else -1
        points, lengths = ink.pack()

        def take(reply):
            self._asking = False
            # Of a network whose dials are being turned the last answer but one is better than none.
            if era == ink.era and network.name == state.network.name:
                state.change(answer=Answer(version, network, reply, neuron))
            self.follow()

        looked = list(neuron or ())
        self._ask(take, "answer", points, lengths, state.straighten, looked, digit)

    def _ask_inside(self):
        state, neuron, network = self._state, self._looked, self._state.network

        def take(reply):
            # Answers come in the order of the questions, so this one is of the ink that was answered last.
            if state.answer and network is state.network and neuron == state.looked:
                state.answer.terms = Terms(neuron, reply)
                state.changed()

        self._ask(take, "inside", neuron[0], neuron[1])

    def _ask(self, take, name, *arguments):
        """Ask the engine; take(reply) is called when it answers."""
        self._count += 1
        self._takers[self._count] = take
        promise = self._send(name, *arguments)
        promise.then(self._hearing.bind(None, self._count), self._failing.bind(None, self._count))

    # Of a question that was forgotten nothing is heard: its worker has been ended.

    def _hear(self, number, reply):
        take = self._takers.pop(number, None)
        if take:
            take(reply)

    def _fail(self, number, error):
        if number in self._takers:
            self._failed(error)

    def _question(self):
        """Put the question of now: which ink, how, and which network."""
        return self._state.ink.version, self._state.straighten, self._state.network
