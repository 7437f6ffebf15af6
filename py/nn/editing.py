"""Dials: a network whose weights and biases are turned by hand, undone, and put back (at 12:23).

Public: ``Dials`` and ``STEPS``, how many of its steps can be undone.
"""

from collections import deque

import numpy as np

from nn.checks import OutOfRange, TooLarge, number, numbers, place
from nn.network import Network

# What can be undone: so many steps, fewer of a network so large that they would fill the memory.
STEPS = 200
STEPS_BYTES = 64_000_000

# The sigmoid of this bias is 6e-39, and its ReLU is 0: a neuron that is silent, whatever it is fed.
SILENT = -88.0


class Dials:
    """One network being changed: every change is a step that can be undone, bit for bit.

    ``network`` is the network as it is now, ``original`` as it was given. No array is ever written to:
    a change puts a new array in an old one's place, and the layers that it leaves alone keep theirs.
    What changes nothing is no step, and changes with the same gesture, such as one drag, are one.

    Layers are counted as neurons are: 1 is the first hidden layer, whose weights are ``W[0]``. Every
    method raises ValueError, and changes nothing, for a neuron that is not there or a number that a
    float32 cannot hold; each says what else it refuses.
    """

    def __init__(self, network):
        self.original = network
        self.network = network
        self._past = deque(maxlen=max(1, min(STEPS, STEPS_BYTES // (4 * network.count))))
        self._future = []
        self._gesture = None

    @property
    def can_undo(self):
        """Whether a change was made that can be undone."""
        return bool(self._past)

    @property
    def can_redo(self):
        """Whether a change was undone that can be made again."""
        return bool(self._future)

    def changed(self, layer):
        """Tell which neurons of a layer differ from the original: bool (n,)."""
        at = self._at(layer)
        weights = self.network.W[at] != self.original.W[at]
        biases = self.network.b[at] != self.original.b[at]
        return weights.any(axis=1) | biases[:, 0]

    def set_bias(self, layer, index, value, gesture=None):
        """Set one bias."""
        self._set_neuron(layer, index, bias=number(value), gesture=gesture)

    def set_weight(self, layer, index, source, value, gesture=None):
        """Set the weight from neuron ``source`` of the layer before."""
        row = self._row(layer, index).copy()
        row[place(source, len(row), "source")] = number(value)
        self._set_neuron(layer, index, row, gesture=gesture)

    def paint(self, layer, index, cover, value, gesture=None):
        """Move a neuron's weights towards a value, each by its share in ``cover``: (k,), 0..1.

        Raises ValueError for a cover of another shape or range.
        """
        row = self._row(layer, index).astype(np.float64)
        cover = numbers(cover, row.shape, "cover")
        if ((cover < 0) | (cover > 1)).any():
            raise ValueError(f"cover runs from {cover.min()} to {cover.max()}, expected 0 to 1")
        # Where nothing is covered the weight is kept as it is: −0.0 + 0.0 would lose its sign.
        painted = np.where(cover > 0, (1 - cover) * row + cover * number(value), row)
        self._set_neuron(layer, index, painted, gesture=gesture)

    def set_row(self, layer, index, weights):
        """Set all weights of one neuron: (k,). Raises ValueError for another shape."""
        shape = self._row(layer, index).shape
        self._set_neuron(layer, index, numbers(weights, shape, "weights"))

    def hold(self, layer, index, activation):
        """Make a neuron give one activation whatever it is fed: no weights, and the bias that gives it.

        activation: 0..1 for a sigmoid, 0 and up for a ReLU; 0 mutes it. Raises ValueError otherwise.
        """
        row = self._row(layer, index)
        self._set_neuron(layer, index, np.zeros_like(row), self._bias_of(layer, activation))

    def flip(self, layer, index):
        """Turn the signs of a neuron's weights and bias."""
        # By a difference, because −1 · 0 is −0: a change of bits that nobody asked for.
        row, bias = self._row(layer, index), self.network.b[self._at(layer)][index, 0]
        self._set_neuron(layer, index, 0 - row, 0 - bias)

    def swap(self, layer, one, other):
        """Exchange two hidden neurons with all their edges: the outputs stay the same, to rounding.

        Raises ValueError for the last layer, whose neurons are the digits.
        """
        at = self._at(layer)
        if at == len(self.network.W) - 1:
            raise ValueError(f"layer {layer} is not hidden: only hidden neurons can be exchanged")
        weights, biases, onward = (
            array.copy()
            for array in (self.network.W[at], self.network.b[at], self.network.W[at + 1])
        )
        there = [place(index, len(weights), "index") for index in (one, other)]
        back = there[::-1]
        weights[there], biases[there] = weights[back], biases[back]
        onward[:, there] = onward[:, back]
        self._turn({("W", at): weights, ("b", at): biases, ("W", at + 1): onward})

    def add_noise(self, layer, share, rng):
        """Add normal noise to a layer's weights, of ``share`` times their own standard deviation.

        share: 0 or more, else ValueError; rng: a NumPy Generator.
        """
        at, share = self._at(layer), number(share) + 0.0  # to NumPy −0.0 is below 0
        if share < 0:
            raise OutOfRange(f"share of noise is {share}, expected 0 or more", 0)
        weights = self.network.W[at].astype(np.float64)
        self._turn({("W", at): weights + rng.normal(0, share * weights.std(), weights.shape)})

    def zero(self, layer):
        """Set a layer's weights and biases to 0."""
        at = self._at(layer)
        weights, biases = self.network.W[at], self.network.b[at]
        self._turn({("W", at): np.zeros_like(weights), ("b", at): np.zeros_like(biases)})

    def prune(self, layer, share):
        """Set the smallest weights of a layer, this share of them (0..1, else ValueError), to 0."""
        at, share = self._at(layer), number(share)
        if not 0 <= share <= 1:
            raise OutOfRange(f"share to prune is {share}, expected 0 to 1", 0, 1)
        weights = self.network.W[at].copy()
        smallest = np.argsort(np.abs(weights), axis=None, kind="stable")
        weights.flat[smallest[: round(share * weights.size)]] = 0
        self._turn({("W", at): weights})

    def randomise(self, rng):
        """Replace every weight and bias by what a network has before it learns."""
        self._turn(_arrays(Network.random(self.network.shape, self.network.activation, rng)))

    def put_back(self, layer=None, index=None):
        """Give one neuron, one layer or, by default, all of the network its original numbers.

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
        self._turn(arrays)

    def take(self, network):
        """Use another network's numbers as one step: what was computed elsewhere, such as by training.

        Its arrays are copied. Raises ValueError for another shape or activation function.
        """
        asked, own = ((n.shape, n.activation) for n in (network, self.network))
        if asked != own:
            raise ValueError(f"network is {asked[0]} {asked[1]}, expected {own[0]} {own[1]}")
        self._turn({at: array.copy() for at, array in _arrays(network).items()})

    def undo(self):
        """Take the last step back, if there is one."""
        self._travel(self._past, self._future)

    def redo(self):
        """Take the step that was undone, if there is one."""
        self._travel(self._future, self._past)

    def _travel(self, source, destination):
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
        self._turn(changes, gesture)

    def _turn(self, changes, gesture=None):
        """Put new arrays in the places of old ones, as a step of its own or of the same gesture."""
        now = _arrays(self.network)
        with np.errstate(over="ignore"):  # what has become infinite is refused in words
            changes = {at: np.asarray(array, np.float32) for at, array in changes.items()}
        if not all(np.isfinite(array).all() for array in changes.values()):
            raise TooLarge("a weight or bias would be NaN or too large for a float32")
        # By their bytes: −0.0 and 0.0 are equal, but undoing promises every bit.
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
            # A drag that ended where it began.
            self.network, self._gesture = self._past.pop(), None

    def _at(self, layer):
        """Find a layer's place in the lists of weights and biases."""
        return place(layer, len(self.network.shape), "layer", 1) - 1

    def _index(self, layer, index):
        return place(index, len(self.network.b[self._at(layer)]), "index")

    def _row(self, layer, index):
        return self.network.W[self._at(layer)][self._index(layer, index)]

    def _bias_of(self, layer, activation):
        """Find the bias that alone gives an activation."""
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
