"""The session: what the engine remembers between two calls from the page.

Each network has dials of its own, so edits survive a look at another network. ``session`` is the page's own.
"""

from contextlib import contextmanager
from time import perf_counter
from weakref import WeakKeyDictionary

import numpy as np

from engine import edits, line_trace, replies
from engine.console.console import Console
from nn import inspection, scoring
from nn.activations import relu, sigmoid
from nn.diagnostics import diagnose
from nn.editing import Dials
from nn.network import Network, Trace
from preprocess import normalise

# The number of test digits on which the live accuracy is measured.
TESTED = 1000

# The number of test digits that are prepared before the worker can hear another message.
BATCH = 50


class Session:
    """One visit: networks by their ids, what is on the pad, the test digits, and the console.

    ``id`` names the network in use. ``digits`` are TestDigits, or None until they have been fetched.
    ``drawn_at`` is the perf_counter at which ink last came to the pad or left it.
    """

    def __init__(self):
        self.id = ""
        self.digits = None
        self.drawn_at = float("-inf")
        self._dials = {}
        self._sources = {}
        self._seen = normalise.from_strokes([])
        self._strokes = []
        self._tests = []
        # Each edit makes a new network, so what was measured of an old one stays true.
        self._accuracies = WeakKeyDictionary()
        self._tested = WeakKeyDictionary()
        self._console = Console({"np": np, "sigmoid": sigmoid, "relu": relu})
        self._lent = None

    @property
    def dials(self):
        """The Dials of the network in use."""
        return self._dials[self.id]

    @property
    def network(self):
        """The network in use, with its edits."""
        return self.dials.network

    def has(self, layer, index=0):
        """Tell whether the network in use has a neuron after the input.

        A question of the page may be about a network that has just been replaced by one of another shape.
        """
        shape = self.network.shape
        return 0 < layer < len(shape) and 0 <= index < shape[layer]

    def knows(self, network_id):
        """Tell whether a network is open."""
        return network_id in self._dials

    def opened(self, network_id):
        """Return the Dials of an open network."""
        return self._dials[network_id]

    def source_of(self, network_id):
        """Return where an open network comes from, as ``open`` was told."""
        return self._sources[network_id]

    def open(self, network_id, network, edits=None, source="shipped"):
        """Open a network under an id.

        edits: its dials as ``replies.dials`` gave them in another session, if they were edited there.
        source: "shipped", "trained" or "file".
        """
        dials = self._dials[network_id] = Dials(network)
        self._sources[network_id] = source
        if edits is not None:
            dials.take(replies.network_of(edits, network.shape, network.activation))

    def use(self, network_id):
        """Use a network from now on."""
        self.id = network_id

    def edit(self, action, arguments, gesture):
        """Edit dials, as ``edits.edit`` does. Raise ValueError, and change nothing, if it cannot be done."""
        edits.edit(self.dials, action, arguments, gesture)

    def look_at(self, strokes, straighten):
        """Put strokes on the pad: a list of float64 (n, 2)."""
        # The page asks about the same strokes again when the network changes.
        if sum(map(len, strokes)) != sum(map(len, self._strokes)):
            self.drawn_at = perf_counter()
        self._strokes = strokes
        self._seen = normalise.from_strokes(strokes, straighten)

    def look_at_digit(self, index, straighten):
        """Put a test digit on the pad."""
        self._strokes = []
        self._seen = normalise.from_image(self.digits.images[index] / 255, straighten)

    @contextmanager
    def aside(self):
        """Look at something else for a while, then return to what is on the pad."""
        on_the_pad = self._strokes, self._seen
        try:
            yield
        finally:
            self._strokes, self._seen = on_the_pad

    def answer(self, layer=0, index=0):
        """Return the fields of ``replies.answer``, and as ``inside`` those of a neuron, or None."""
        trace = self._trace()
        shown = replies.answer(self.network, self._seen, self._strokes, trace)
        inside = (
            replies.inside(self.network, trace, layer, index) if self.has(layer, index) else None
        )
        return {**shown, "inside": inside}

    def inside(self, layer, index):
        """Return the fields of ``replies.inside`` for what is on the pad."""
        return replies.inside(self.network, self._trace(), layer, index)

    def layer(self, layer):
        """Return the fields of ``replies.layer`` for what is on the pad."""
        return replies.layer(self.network, self._trace(), layer)

    def favourite(self, layer, index):
        """Return an input that a neuron responds to strongly: float32 (784,). The seed is always the same."""
        size = (normalise.SIZE, normalise.SIZE)
        return inspection.favourite(self.network, layer, index, size, np.random.default_rng(0))

    def lines(self):
        """List which lines of ``nn`` run for each layer (see ``line_trace.lines``)."""
        return line_trace.lines(self.network, self._seen.column)

    def prepare(self):
        """Prepare the next few test digits. Return whether all are prepared."""
        done = sum(inputs.shape[1] for inputs in self._tests)
        if done < TESTED:
            self._tests.append(self.digits.inputs(min(BATCH, TESTED - done), done))
        return done + BATCH >= TESTED

    def accuracy(self, tested=None):
        """Return the share of test digits, 0..1, that a network reads: by default the one in use."""
        tested = tested or self.network
        if tested not in self._accuracies:
            chosen = scoring.choices(tested.feedforward(self._inputs()))
            self._accuracies[tested] = scoring.accuracy(chosen, self.digits.labels[:TESTED])
        return self._accuracies[tested]

    def compare(self, ids):
        """Describe networks side by side on what is on the pad: a list of the fields of ``replies.side``.

        Each also has its ``id``, and ``edited``, whether any dial is. Once there are test digits:
        ``accuracy`` on the first ``of`` of them, and how many hidden neurons are ``dead`` and ``saturated``
        (see ``nn.diagnostics``).
        """
        sides = []
        for network_id in ids:
            dials = self._dials[network_id]
            side = replies.side(dials.network, self._seen)
            tested = self._test(dials.network) if self.digits else {}
            edited = bool(replies.changed(dials).any())
            sides.append({**side, **tested, "id": network_id, "edited": edited})
        return sides

    def _test(self, network):
        """Evaluate a network on the test digits; the result is cached while the network exists."""
        if network not in self._tested:
            found = diagnose(network, self._inputs())
            self._tested[network] = {
                "accuracy": self.accuracy(network),
                "of": TESTED,
                "dead": sum(int(layer.sum()) for layer in found.dead),
                "saturated": sum(int(layer.sum()) for layer in found.saturated),
            }
        return self._tested[network]

    def run(self, source, show=None):
        """Run what was typed in the console, and return its Output. show: see ``Console.run``.

        Afterwards the page uses what the console calls ``network``. The code may have changed or replaced
        it; that is one step of undo. If it cannot be used, it is put back, and the output says so.
        """
        names = self._console.namespace
        self._lend(names)
        output = self._console.run(source, show)
        try:
            self._take(names.get("network"))
        except BaseException as error:  # noqa: BLE001, the code can have made anything of the network
            self._lent = None
            refusal = f"The network was put back: {_why(error)}.\n"
            output = output._replace(text=output.text + refusal, failed=True)
        self._lend(names)
        return output

    def complete(self, source, cursor):
        """Complete the name before the cursor: where it begins, and what it may be."""
        self._lend(self._console.namespace)
        return self._console.complete(source, cursor)

    def needs_more(self, source):
        """Tell whether what was typed is an incomplete statement."""
        return self._console.needs_more(source)

    def _trace(self):
        return self.network.trace(self._seen.column)

    def _inputs(self):
        if len(self._tests) > 1:
            self._tests = [np.concatenate(self._tests, axis=1)]
        return self._tests[0]

    def _lend(self, names):
        """Give the console copies: code typed there must not change the history of the dials."""
        if self._lent is not self.network:
            self._lent = self.network
            W, b = ([array.copy() for array in arrays] for arrays in (self._lent.W, self._lent.b))
            names["network"] = Network(W, b, self._lent.activation)
        names["pixels"] = self._seen.pixels.copy()
        names["trace"] = Trace(*([array.copy() for array in arrays] for arrays in self._trace()))

    def _take(self, changed):
        """Use the console's network. Raise, and change nothing, if it cannot be used."""
        if not isinstance(changed, Network):
            raise TypeError(f"it was a {type(changed).__name__}, expected a Network")
        with np.errstate(over="ignore"):  # the dials refuse infinity with a message
            taken = Network(changed.W, changed.b, changed.activation)
        # Arrays that already were float32 stay the same objects: other names for them remain valid.
        changed.W, changed.b = taken.W, taken.b
        self.dials.take(taken)
        self._lent = self.network


def _why(error):
    """Return the text of an error, or the name of its class if it cannot be turned into text."""
    try:
        return str(error)
    except BaseException:  # noqa: BLE001, a class that was typed may raise anything
        return type(error).__name__


# The page's own session.
session = Session()
