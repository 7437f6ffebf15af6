"""Edit a network's weights and biases by hand, with undo and reset: the video's "dials" (at 12:23)."""

from collections import deque

import numpy as np

from nn.checks import OutOfRange, TooLarge, integer, number, numbers
from nn.network import Network

# How many steps can be undone. A large network keeps fewer, so that they do not fill the memory.
STEPS = 200
STEPS_BYTES = 64_000_000

# With this bias a sigmoid gives 6e-39 and a ReLU 0: the neuron is silent, whatever its input.
SILENT = -88.0


class Dials:
    """One network that is being edited. Every edit is a step that can be undone bit for bit.

    ``network`` is the current network, ``original`` the one given at first. Arrays are never written to: an
    edit replaces the arrays that it changes and shares the others. An edit that changes nothing is not a
    step. Edits with the same ``gesture``, such as one drag, make a single step.

    Layers are numbered like layers of neurons: 1 is the first hidden layer, whose weights are ``W[0]``. Every
    method raises ValueError, and changes nothing, for a neuron that does not exist or a number that does not
    fit in a float32. Each docstring lists what else its method refuses.
    """

    def __init__(self, network):
        self.original = network
        self.network = network
        self._past = deque(maxlen=max(1, min(STEPS, STEPS_BYTES // (4 * network.count))))
        self._future = []
        self._gesture = None

    @property
    def can_undo(self):
        """Whether there is a step to undo."""
        return bool(self._past)

    @property
    def can_redo(self):
        """Whether there is a step to redo."""
        return bool(self._future)

    def changed(self, layer):
        """Find the neurons of a layer that differ from the original: bool (n,)."""
        at = self._at(layer)
        weights = self.network.W[at] != self.original.W[at]
        biases = self.network.b[at] != self.original.b[at]
        return weights.any(axis=1) | biases[:, 0]

    def set_bias(self, layer, index, value, gesture=None):
        """Set one bias."""
        self._set_neuron(layer, index, bias=number(value), gesture=gesture)

    def set_weight(self, layer, index, source, value, gesture=None):
        """Set the weight from neuron ``source`` of the previous layer."""
        row = self._row(layer, index).copy()
        row[integer(source, len(row), "source")] = number(value)
        self._set_neuron(layer, index, row, gesture=gesture)

    def paint(self, layer, index, cover, value, gesture=None):
        """Move a neuron's weights towards a value, each by its share in ``cover``: (k,), 0..1.

        Raises ValueError for a cover of another shape or range.
        """
        row = self._row(layer, index).astype(np.float64)
        cover = numbers(cover, row.shape, "cover")
        if ((cover < 0) | (cover > 1)).any():
            raise ValueError(f"cover runs from {cover.min()} to {cover.max()}, expected 0 to 1")
        # Weights that are not covered stay exactly the same: −0.0 + 0.0 would lose its sign.
        painted = np.where(cover > 0, (1 - cover) * row + cover * number(value), row)
        self._set_neuron(layer, index, painted, gesture=gesture)

    def set_row(self, layer, index, weights):
        """Set all weights of one neuron: (k,). Raises ValueError for another shape."""
        shape = self._row(layer, index).shape
        self._set_neuron(layer, index, numbers(weights, shape, "weights"))

    def hold(self, layer, index, activation):
        """Make a neuron give the same activation for every input: weights of 0, and the bias that gives it.

        activation: 0..1 for a sigmoid, 0 or more for a ReLU. 0 mutes the neuron. Raises ValueError otherwise.
        """
        row = self._row(layer, index)
        self._set_neuron(layer, index, np.zeros_like(row), self._bias_of(layer, activation))

    def flip(self, layer, index):
        """Change the signs of a neuron's weights and bias."""
        # By subtraction, because −1 · 0 is −0, which would change a bit for no reason.
        row, bias = self._row(layer, index), self.network.b[self._at(layer)][index, 0]
        self._set_neuron(layer, index, 0 - row, 0 - bias)

    def swap(self, layer, one, other):
        """Exchange two hidden neurons together with all their edges. The outputs stay the same, to rounding.

        Raises ValueError for the last layer, whose neurons are the digits.
        """
        at = self._at(layer)
        if at == len(self.network.W) - 1:
            raise ValueError(f"layer {layer} is not hidden: only hidden neurons can be exchanged")
        weights, biases, onward = (
            array.copy()
            for array in (self.network.W[at], self.network.b[at], self.network.W[at + 1])
        )
        there = [integer(index, len(weights), "index") for index in (one, other)]
        back = there[::-1]
        weights[there], biases[there] = weights[back], biases[back]
        onward[:, there] = onward[:, back]
        self._apply({("W", at): weights, ("b", at): biases, ("W", at + 1): onward})

    def add_noise(self, layer, share, rng):
        """Add normal noise to a layer's weights, with ``share`` times their standard deviation.

        share: 0 or more, else ValueError; rng: a NumPy Generator.
        """
        at, share = self._at(layer), number(share) + 0.0  # NumPy takes −0.0 for a negative.
        if share < 0:
            raise OutOfRange(f"share of noise is {share}, expected 0 or more", 0)
        weights = self.network.W[at].astype(np.float64)
        self._apply({("W", at): weights + rng.normal(0, share * weights.std(), weights.shape)})

    def zero(self, layer):
        """Set a layer's weights and biases to 0."""
        at = self._at(layer)
        weights, biases = self.network.W[at], self.network.b[at]
        self._apply({("W", at): np.zeros_like(weights), ("b", at): np.zeros_like(biases)})

    def prune(self, layer, share):
        """Set this share (0..1, else ValueError) of a layer's weights to 0, the smallest first."""
        at, share = self._at(layer), number(share)
        if not 0 <= share <= 1:
            raise OutOfRange(f"share to prune is {share}, expected 0 to 1", 0, 1)
        weights = self.network.W[at].copy()
        smallest = np.argsort(np.abs(weights), axis=None, kind="stable")
        weights.flat[smallest[: round(share * weights.size)]] = 0
        self._apply({("W", at): weights})

    def randomise(self, rng):
        """Replace every weight and bias by those of an untrained network."""
        self._apply(_arrays(Network.random(self.network.shape, self.network.activation, rng)))

    def put_back(self, layer=None, index=None):
        """Restore the original numbers of one neuron, of one layer or, by default, of the whole network.

        Raises ValueError for an index without a layer.
        """
        if index is not None:
            at, index = self._at(layer), self._index(layer, index)
            row, bias = self.original.W[at][index], self.original.b[at][index, 0]
            self._set_neuron(layer, index, row, bias)
            return
        arrays = _arrays(self.original)
        if layer is not None:
            at = self._at(layer)
            arrays = {("W", at): arrays["W", at], ("b", at): arrays["b", at]}
        self._apply(arrays)

    def take(self, network):
        """Take over the numbers of another network, such as a trained one, as one step.

        Its arrays are copied. Raises ValueError for another shape or activation function.
        """
        asked, own = ((n.shape, n.activation) for n in (network, self.network))
        if asked != own:
            raise ValueError(f"network is {asked[0]} {asked[1]}, expected {own[0]} {own[1]}")
        self._apply({at: array.copy() for at, array in _arrays(network).items()})

    def undo(self):
        """Undo the last step, if there is one."""
        self._move(self._past, self._future)

    def redo(self):
        """Redo the step that was undone last, if there is one."""
        self._move(self._future, self._past)

    def _move(self, source, destination):
        self._gesture = None
        if source:
            destination.append(self.network)
            self.network = source.pop()

    def _set_neuron(self, layer, index, row=None, bias=None, gesture=None):
        at, index = self._at(layer), self._index(layer, index)
        changes = {}
        for kind, arrays, value in (("W", self.network.W, row), ("b", self.network.b, bias)):
            if value is not None:
                changes[kind, at] = arrays[at].copy()
                changes[kind, at][index] = value
        self._apply(changes, gesture)

    def _apply(self, changes, gesture=None):
        """Replace arrays, as a step of its own or as part of the same gesture."""
        now = _arrays(self.network)
        with np.errstate(over="ignore"):  # The check below refuses infinities with a clear message.
            changes = {at: np.asarray(array, np.float32) for at, array in changes.items()}
        if not all(np.isfinite(array).all() for array in changes.values()):
            raise TooLarge("a weight or bias would be NaN or too large for a float32")
        # Bytes are compared, because −0.0 equals 0.0 and undo promises every bit.
        changes = {at: new for at, new in changes.items() if new.tobytes() != now[at].tobytes()}
        if not changes:
            return
        if gesture is None or gesture != self._gesture:
            self._past.append(self.network)
        self._gesture = gesture
        self._future.clear()
        now |= changes
        W, b = ([now[kind, at] for at in range(len(self.network.W))] for kind in "Wb")
        self.network = Network(W, b, self.network.activation)
        if _same(self.network, self._past[-1]):
            # The drag ended where it began.
            self.network, self._gesture = self._past.pop(), None

    def _at(self, layer):
        """Convert a layer's number to its index in W and b."""
        return integer(layer, len(self.network.shape), "layer", 1) - 1

    def _index(self, layer, index):
        return integer(index, len(self.network.b[self._at(layer)]), "index")

    def _row(self, layer, index):
        return self.network.W[self._at(layer)][self._index(layer, index)]

    def _bias_of(self, layer, activation):
        """Compute the bias that gives an activation on its own."""
        activation = number(activation)
        relu = self.network.activation == "relu" and layer < len(self.network.W)
        if activation < 0 or (activation > 1 and not relu):
            wanted = "0 or more" if relu else "0 to 1"
            raise OutOfRange(
                f"activation is {activation}, expected {wanted}", 0, None if relu else 1
            )
        if relu:
            return activation
        if activation in (0, 1):
            return SILENT if activation == 0 else -SILENT
        return np.log(activation) - np.log1p(-activation)


def _arrays(network):
    W, b = enumerate(network.W), enumerate(network.b)
    return {("W", at): array for at, array in W} | {("b", at): array for at, array in b}


def _same(one, other):
    pairs = zip((*one.W, *one.b), (*other.W, *other.b), strict=True)
    return all(a is b or a.tobytes() == b.tobytes() for a, b in pairs)
