"""The session: what the engine remembers between two questions of the page.

Public: ``Session`` and ``TESTED``. Each network has dials of its own, so that what was turned is there
again after another network was looked at. Nothing here knows a browser; ``engine`` is its front door.
"""

from contextlib import contextmanager
from weakref import WeakKeyDictionary

import numpy as np

from engine import edits, line_trace, replies
from engine.console import Console
from nn import inspection, scoring
from nn.activations import relu, sigmoid
from nn.diagnostics import diagnose
from nn.editing import Dials
from nn.network import Network, Trace
from preprocess import normalise

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
        self._seen = normalise.from_strokes([])
        self._strokes = []
        self._tests = []
        # Dials make a new network for every turn, so what was measured of one stays true.
        self._accuracies = WeakKeyDictionary()
        self._tested = WeakKeyDictionary()
        self._console = Console({"np": np, "sigmoid": sigmoid, "relu": relu})
        self._lent = None

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

        turned: what ``replies.dials`` gave of it in another session, for dials that are not so any more.
        """
        dials = self._dials[name] = Dials(opened)
        if turned is not None:
            dials.take(replies.network_of(turned, opened))

    def use(self, name):
        """Use a network from now on."""
        self.name = name

    def turn(self, action, arguments, gesture):
        """Turn dials as ``turns`` says. Raises ValueError, and changes nothing, if that cannot be."""
        edits.turn(self.dials, action, arguments, gesture)

    def look_at(self, strokes, straighten):
        """Put strokes on the pad: a list of float64 (n, 2)."""
        self._strokes = strokes
        self._seen = normalise.from_strokes(strokes, straighten)

    def look_at_digit(self, index, straighten):
        """Put a test digit on the pad."""
        self._strokes = []
        self._seen = normalise.from_image(self.digits.images[index] / 255, straighten)

    @contextmanager
    def aside(self):
        """Look at something else for a while, and then again at what is on the pad."""
        on_the_pad = self._strokes, self._seen
        try:
            yield
        finally:
            self._strokes, self._seen = on_the_pad

    def answer(self, layer=0, index=0):
        """Give the fields of ``replies.answer``, and as ``inside`` those of one neuron if it is asked for."""
        trace = self._trace()
        shown = replies.answer(self.network, self._seen, self._strokes, trace)
        inside = replies.inside(self.network, trace, layer, index) if layer else None
        return {**shown, "inside": inside}

    def inside(self, layer, index):
        """Give the fields of ``replies.inside`` for what is on the pad now."""
        return replies.inside(self.network, self._trace(), layer, index)

    def layer(self, layer):
        """Give the fields of ``replies.layer`` for what is on the pad now."""
        return replies.layer(self.network, self._trace(), layer)

    def favourite(self, layer, index):
        """Find an input that a neuron responds to strongly, always from the same seed: float32 (784,)."""
        size = (normalise.SIZE, normalise.SIZE)
        return inspection.favourite(self.network, layer, index, size, np.random.default_rng(0))

    def lines(self):
        """List which lines of ``nn`` run for each layer (see ``line_trace.lines``)."""
        return line_trace.lines(self.network, self._seen.column)

    def prepare(self):
        """Prepare the next few test digits; tell whether that was all of them."""
        done = sum(inputs.shape[1] for inputs in self._tests)
        if done < TESTED:
            self._tests.append(self.digits.inputs(min(BATCH, TESTED - done), done))
        return done + BATCH >= TESTED

    def accuracy(self, tested=None):
        """Give the share of the test digits that a network (the one in use) chooses right, 0..1."""
        tested = tested or self.network
        if tested not in self._accuracies:
            chosen = scoring.choices(tested.feedforward(self._inputs()))
            self._accuracies[tested] = scoring.accuracy(chosen, self.digits.labels[:TESTED])
        return self._accuracies[tested]

    def compare(self, names):
        """Describe networks side by side on what is on the pad: a list of the fields of ``replies.side``.

        Beside them ``turned``, whether any of a network's dials is, and what the test digits say of it,
        if there are any: ``accuracy`` on so many as ``of``, and of its hidden neurons how many are
        ``dead`` and ``saturated`` (see ``nn.diagnostics``).
        """
        sides = []
        for name in names:
            dials = self._dials[name]
            shown = replies.side(dials.network, self._seen)
            tested = self._test(dials.network) if self.digits else {}
            turned = bool(replies.changed(dials).any())
            sides.append({**shown, **tested, "name": name, "turned": turned})
        return sides

    def _test(self, network):
        """Put a network to the test, once as long as it is in use."""
        if network not in self._tested:
            found = diagnose(network, self._inputs())
            self._tested[network] = {
                "accuracy": self.accuracy(network),
                "of": TESTED,
                "dead": int(np.concatenate(found.dead).sum()),
                "saturated": int(np.concatenate(found.saturated).sum()),
            }
        return self._tested[network]

    def run(self, source, show=None):
        """Run what was typed in the console: its Output. The page's network is then what ``network`` is.

        It may be changed in place or replaced, which is one step of undo; what cannot be used is put
        back, and the output says so. show: see ``Console.run``.
        """
        names = self._console.namespace
        self._lend(names)
        output = self._console.run(source, show)
        try:
            self._take(names.get("network"))
        except BaseException as error:  # noqa: BLE001, what was typed can have made anything of the network
            self._lent = None
            refusal = f"The network was put back: {_why(error)}.\n"
            output = output._replace(text=output.text + refusal, failed=True)
        self._lend(names)
        return output

    def complete(self, source, cursor):
        """List how a name before the cursor may go on: where it begins, and the words."""
        self._lend(self._console.namespace)
        return self._console.complete(source, cursor)

    def needs_more(self, source):
        """Tell whether what was typed is the beginning of something longer."""
        return self._console.needs_more(source)

    def _trace(self):
        return self.network.trace(self._seen.column)

    def _inputs(self):
        if len(self._tests) > 1:
            self._tests = [np.concatenate(self._tests, axis=1)]
        return self._tests[0]

    def _lend(self, names):
        """Put copies into the console: what is typed there must not reach into the history of the dials."""
        if self._lent is not self.network:
            self._lent = self.network
            W, b = ([array.copy() for array in arrays] for arrays in (self._lent.W, self._lent.b))
            names["network"] = Network(W, b, self._lent.activation)
        names["pixels"] = self._seen.pixels.copy()
        names["trace"] = Trace(*([array.copy() for array in arrays] for arrays in self._trace()))

    def _take(self, changed):
        """Use the console's network, if it can be used. Raises, and changes nothing, if not."""
        if not isinstance(changed, Network):
            raise TypeError(f"it was a {type(changed).__name__}, expected a Network")
        with np.errstate(over="ignore"):  # dials refuse what is infinite in words
            taken = Network(changed.W, changed.b, changed.activation)
        # As float32, but the same arrays where they were that: other names for them stay good.
        changed.W, changed.b = taken.W, taken.b
        self.dials.take(taken)
        self._lent = self.network


def _why(error):
    """Give the text of an error, or its name if it was made so that it has none."""
    try:
        return str(error)
    except BaseException:  # noqa: BLE001, an error that was typed may raise another
        return type(error).__name__
