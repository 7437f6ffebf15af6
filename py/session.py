"""The session: what the engine remembers between two questions of the page.

Public: ``Session`` and ``TESTED``. Each network has dials of its own, so that what was turned is there
again after another network was looked at. Nothing here knows a browser; ``engine`` is its front door.
"""

import numpy as np

import showing
import turns
from nn import look, pixels, scoring
from nn.census import census
from nn.dials import Dials

# The live accuracy is measured on so many test digits.
TESTED = 1000

# Test digits that are prepared before the worker may hear of something else.
BATCH = 50


class Session:
    """One visit: networks by name, what is on the pad, the test digits, and the console.

    ``name`` is the network in use; ``digits`` the TestDigits once there are any, else None.
    """

    def __init__(self):
        self.name = ""
        self.digits = None
        self._dials = {}
        self._seen = pixels.from_strokes([])
        self._strokes = []
        self._tests = []
        self._tested = {}

    @property
    def dials(self):
        """The Dials of the network in use."""
        return self._dials[self.name]

    @property
    def network(self):
        """The network in use, as its dials are now."""
        return self.dials.network

    def knows(self, name):
        """Tell whether a network has been opened before."""
        return name in self._dials

    def open(self, name, opened, turned=None):
        """Keep a network under its name, as it was shipped.

        turned: what ``showing.dials`` gave of it in another session, for dials that are not so any more.
        """
        dials = self._dials[name] = Dials(opened)
        if turned is not None:
            dials.take(showing.network_of(turned, opened))

    def use(self, name):
        """Use a network from now on."""
        self.name = name

    def turn(self, action, arguments, gesture):
        """Turn dials as ``turns`` says. Raises ValueError, and changes nothing, if that cannot be."""
        turns.turn(self.dials, action, arguments, gesture)

    def look_at(self, strokes, straighten):
        """Put strokes on the pad: a list of float64 (n, 2)."""
        self._strokes = strokes
        self._seen = pixels.from_strokes(strokes, straighten)

    def look_at_digit(self, index, straighten):
        """Put a test digit on the pad."""
        self._strokes = []
        self._seen = pixels.from_picture(self.digits.pictures[index] / 255, straighten)

    def answer(self, layer=0, index=0):
        """Give the fields of ``showing.answer``, and as ``inside`` those of one neuron if it is asked for."""
        shown = showing.answer(self.network, self._seen, self._strokes, self._trace())
        return {**shown, "inside": self.inside(layer, index) if layer else None}

    def inside(self, layer, index):
        """Give the fields of ``showing.inside`` for what is on the pad now."""
        return showing.inside(self.network, self._trace(), layer, index)

    def layer(self, layer):
        """Give the fields of ``showing.layer`` for what is on the pad now."""
        return showing.layer(self.network, self._trace(), layer)

    def favourite(self, layer, index):
        """Find an input that a neuron responds to strongly, always from the same seed: float32 (784,)."""
        size = (pixels.SIZE, pixels.SIZE)
        return look.favourite(self.network, layer, index, size, np.random.default_rng(0))

    def prepare(self):
        """Prepare the next few test digits; tell whether that was all of them."""
        done = sum(inputs.shape[1] for inputs in self._tests)
        if done < TESTED:
            self._tests.append(self.digits.inputs(min(BATCH, TESTED - done), done))
        return done + BATCH >= TESTED

    def accuracy(self, tested=None):
        """Give the share of the test digits that a network (the one in use) chooses right, 0..1."""
        outputs = (tested or self.network).feedforward(self._inputs())
        return scoring.accuracy(scoring.choices(outputs), self.digits.labels[:TESTED])

    def compare(self, names):
        """Describe networks side by side on what is on the pad: a list of the fields of ``showing.side``.

        Beside them ``turned``, whether any of a network's dials is, and what the test digits say of it,
        if there are any: ``accuracy`` on so many as ``of``, and of its hidden neurons how many are
        ``dead`` and ``saturated`` (see ``nn.census``).
        """
        sides = []
        for name in names:
            dials = self._dials[name]
            shown = showing.side(dials.network, self._seen)
            turned = bool(showing.turned(dials)["changed"].any())
            sides.append({**shown, **self._test(name), "name": name, "turned": turned})
        return sides

    def _test(self, name):
        """Put a network to the test, unless its dials are as they were the last time."""
        network = self._dials[name].network
        if self.digits and self._tested.get(name, (None,))[0] is not network:
            found = census(network, self._inputs())
            counts = {
                "accuracy": self.accuracy(network),
                "of": TESTED,
                "dead": int(np.concatenate(found.dead).sum()),
                "saturated": int(np.concatenate(found.saturated).sum()),
            }
            self._tested[name] = network, counts
        return self._tested.get(name, (None, {}))[1]

    def _trace(self):
        return self.network.trace(self._seen.column)

    def _inputs(self):
        if len(self._tests) > 1:
            self._tests = [np.concatenate(self._tests, axis=1)]
        return self._tests[0]
