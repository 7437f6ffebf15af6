"""The questions that the page asks by itself: about the ink, and about the inspected neuron.

At most one question about the ink is open. When its answer comes, the next question is about the newest ink;
nothing in between is asked about.
"""

from page.dom import kept
from page.engine_client.replies import Answer, Terms, fits, has


class Questions:
    """Asks whenever the state raises a question, and puts the answer into the state.

    Both happen at once, within the event that causes them. An asyncio task would wait for timers:
    MicroPython 1.27 sets one for each step.
    """

    def __init__(self, state, send, failed):
        """send: see ``Calls.send``; failed(error) is called if the engine raises."""
        self._state = state
        self._send = send
        self._failed = failed
        self._hearing = kept(self._hear)
        self._failing = kept(self._fail)
        self._count = 0
        self.forget()

    @property
    def waiting(self):
        """Whether a question is open."""
        return bool(self._takers)

    def forget(self):
        """Forget the open questions: their worker has ended."""
        self._takers = {}
        self._asking = False
        self._asked = self._looked = self._used = None

    def follow(self):
        """Ask about the newest ink, now or as soon as the open question is answered.

        A question about the inspected neuron does not wait for that.
        """
        state = self._state
        if state.engine != "ready":
            return
        # What is asked after this, by whomever, is about the network that the page shows.
        if self._used != state.network.name:
            self._used = state.network.name
            self._ask(lambda reply: None, "use", self._used)
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
            # While dials are being edited, an answer by the previous network is better than none. The engine
            # may have changed to a network of another shape that the page does not know of yet.
            same = network.form == state.network.form and fits(reply, network)
            if era == ink.era and same:
                state.change(answer=Answer(version, network, reply, neuron))
            self.follow()

        looked = list(neuron or ())
        self._ask(take, "answer", points, lengths, state.straighten, looked, digit)

    def _ask_inside(self):
        state, neuron, network = self._state, self._looked, self._state.network

        def take(reply):
            # Answers come in the order of the questions, so this one is about the ink of the last answer.
            if (
                has(reply, "z")
                and state.answer
                and network is state.network
                and neuron == state.looked
            ):
                state.answer.terms = Terms(neuron, reply)
                state.changed()

        self._ask(take, "inside", neuron[0], neuron[1])

    def _ask(self, take, name, *arguments):
        """Ask the engine; take(reply) is called with its answer."""
        self._count += 1
        self._takers[self._count] = take
        promise = self._send(name, *arguments)
        promise.then(self._hearing.bind(None, self._count), self._failing.bind(None, self._count))

    # A question that was forgotten is ignored: its worker has ended.

    def _hear(self, number, reply):
        take = self._takers.pop(number, None)
        if take:
            take(reply)

    def _fail(self, number, error):
        if number in self._takers:
            self._failed(error)

    def _question(self):
        """What an answer depends on: the ink, whether it is straightened, and the network."""
        return self._state.ink.version, self._state.straighten, self._state.network
