"""Dials: a network whose weights and biases can be turned by hand, and put back (at 12:23).

Public: ``Dials`` and ``brush``.
"""

import numpy as np

from nn.network import Network

# The sigmoid of this bias is 6e-39, and its ReLU is 0: a neuron that is silent, whatever it is fed.
SILENT = -88.0


class Dials:
    """One network being changed: every change is a step that can be undone, bit for bit.

    ``network`` is the network as it is now, ``original`` as it was given. No array is ever written to:
    a change puts a new array in an old one's place, so that a step is the arrays it replaced.
    Layers are counted as neurons are: 1 is the first hidden layer, whose weights are ``W[0]``.
    """

    def __init__(self, network):
        self.original = network
        self.network = network
        self._past = []
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
        weights = self.network.W[layer - 1] != self.original.W[layer - 1]
        biases = self.network.b[layer - 1] != self.original.b[layer - 1]
        return weights.any(axis=1) | biases[:, 0]

    def set_bias(self, layer, index, value, gesture=None):
        """Set one bias. Changes with the same gesture, such as one drag, are one step."""
        biases = self._biases(layer)
        biases[index, 0] = _finite(value)
        self._turn({("b", layer - 1): biases}, gesture)

    def set_weight(self, layer, index, source, value, gesture=None):
        """Set the weight from neuron ``source`` of the layer before."""
        weights = self._weights(layer)
        weights[index, source] = _finite(value)
        self._turn({("W", layer - 1): weights}, gesture)

    def paint(self, layer, index, strokes, value, gesture=None):
        """Move a neuron's weights towards a value, by as much as ``strokes`` covers each: (k,), 0..1."""
        weights = self._weights(layer)
        row = weights[index]
        weights[index] = row + np.asarray(strokes, np.float32) * (np.float32(_finite(value)) - row)
        self._turn({("W", layer - 1): weights}, gesture)

    def hold(self, layer, index, activation):
        """Make a neuron give one activation whatever it is fed: no weights, and the bias that gives it.

        activation: 0..1 for a sigmoid, 0 and up for a ReLU; 0 mutes it. Raises ValueError otherwise.
        """
        weights, biases = self._weights(layer), self._biases(layer)
        weights[index] = 0
        biases[index, 0] = self._bias_of(layer, _finite(activation))
        self._turn({("W", layer - 1): weights, ("b", layer - 1): biases})

    def flip(self, layer, index):
        """Turn the signs of a neuron's weights and bias."""
        weights, biases = self._weights(layer), self._biases(layer)
        weights[index] *= -1
        biases[index] *= -1
        self._turn({("W", layer - 1): weights, ("b", layer - 1): biases})

    def swap(self, layer, one, other):
        """Exchange two hidden neurons with all their edges, in and out; the network's outputs stay."""
        if not 0 < layer < len(self.network.shape) - 1:
            raise ValueError(f"layer {layer} is not hidden: only hidden neurons can be exchanged")
        there, back = [one, other], [other, one]
        weights, biases, onward = (
            self._weights(layer),
            self._biases(layer),
            self._weights(layer + 1),
        )
        weights[there], biases[there] = weights[back], biases[back]
        onward[:, there] = onward[:, back]
        changes = {("W", layer - 1): weights, ("b", layer - 1): biases, ("W", layer): onward}
        self._turn(changes)

    def add_noise(self, layer, share, rng):
        """Add normal noise to a layer's weights, of ``share`` times their own standard deviation."""
        weights = self._weights(layer)
        noise = rng.normal(0, _finite(share) * weights.std(), weights.shape)
        self._turn({("W", layer - 1): (weights + noise).astype(np.float32)})

    def zero(self, layer):
        """Set a layer's weights and biases to 0."""
        weights, biases = self._weights(layer), self._biases(layer)
        weights[:], biases[:] = 0, 0
        self._turn({("W", layer - 1): weights, ("b", layer - 1): biases})

    def prune(self, layer, share):
        """Set the smallest weights of a layer, this share of them (0..1), to 0."""
        weights = self._weights(layer)
        count = round(min(max(_finite(share), 0), 1) * weights.size)
        weights.ravel()[np.argsort(np.abs(weights), axis=None)[:count]] = 0
        self._turn({("W", layer - 1): weights})

    def randomise(self, rng):
        """Replace every weight and bias by what a network has before it learns."""
        fresh = Network.random(self.network.shape, self.network.activation, rng)
        self._turn(self._arrays(fresh))

    def put_back(self, layer=None, index=None):
        """Give one neuron, one layer or, by default, all of the network its original numbers."""
        if layer is None:
            changes = self._arrays(self.original)
        elif index is None:
            arrays = self._arrays(self.original)
            changes = {(kind, at): arrays[kind, at] for kind, at in arrays if at == layer - 1}
        else:
            weights, biases = self._weights(layer), self._biases(layer)
            weights[index] = self.original.W[layer - 1][index]
            biases[index] = self.original.b[layer - 1][index]
            changes = {("W", layer - 1): weights, ("b", layer - 1): biases}
        self._turn(changes)

    def undo(self):
        """Take the last step back, if there is one."""
        self._travel(self._past, self._future)

    def redo(self):
        """Take the step that was undone, if there is one."""
        self._travel(self._future, self._past)

    def take(self, network):
        """Use another network's numbers, of the same shape, as one step: what a console has changed."""
        if network.shape != self.network.shape:
            raise ValueError(f"shape is {network.shape}, expected {self.network.shape}")
        self._turn(self._arrays(network))

    def _turn(self, changes, gesture=None):
        """Put new arrays in the places of old ones, as a step of its own or of the same gesture."""
        if gesture is None or gesture != self._gesture:
            self._past.append(self.network)
        self._gesture = gesture
        self._future.clear()
        now = self._arrays(self.network) | changes
        layers = range(len(self.network.W))
        W, b = [now["W", at] for at in layers], [now["b", at] for at in layers]
        self.network = Network(W, b, self.network.activation)

    def _travel(self, source, destination):
        self._gesture = None
        if source:
            destination.append(self.network)
            self.network = source.pop()

    def _weights(self, layer):
        return self.network.W[layer - 1].copy()

    def _biases(self, layer):
        return self.network.b[layer - 1].copy()

    def _arrays(self, network):
        return {("W", at): array for at, array in enumerate(network.W)} | {
            ("b", at): array for at, array in enumerate(network.b)
        }

    def _bias_of(self, layer, activation):
        """Find the bias that alone gives an activation."""
        relu = self.network.activation == "relu" and layer < len(self.network.shape) - 1
        if activation < 0 or (activation > 1 and not relu):
            raise ValueError(
                f"activation is {activation}, expected {'0 or more' if relu else '0 to 1'}"
            )
        if relu:
            return activation
        if activation in (0, 1):
            return SILENT if activation == 0 else -SILENT
        return np.log(activation / (1 - activation))


def brush(size, row, column, radius, softness):
    """Say how much a brush on a picture covers each pixel: float32 (size·size,), 0..1.

    row, column: the middle of the brush in pixels; radius: where it ends, in pixels; softness: 0 for
    an edge of one pixel, 1 for one that begins in the middle.
    """
    rows, columns = np.mgrid[:size, :size]
    distance = np.hypot(rows - row, columns - column)
    edge = max(radius * min(max(softness, 0), 1), 1.0)
    return np.clip((radius + 0.5 - distance) / edge, 0, 1).astype(np.float32).ravel()


def _finite(value):
    value = float(value)
    if not np.isfinite(value):
        raise ValueError(f"{value} is not a number that a dial can have")
    return value
