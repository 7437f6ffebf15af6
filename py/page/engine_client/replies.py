"""Replies of the engine: the network in use, an answer to the ink, one neuron taken apart.

Arrays stay in JavaScript and are read when they are wanted.
"""

import json

from page import failures
from page.diagram.layout import PIXELS


class Network:
    """The network in use: its info, and all weights and biases, read by index.

    Until the engine has sent those, ``ready`` is False. An edit makes another Network. ``info`` is its
    NetworkInfo; ``name``, ``shape`` and ``activation`` are the info's own. ``form`` is what no edit changes.
    """

    def __init__(self, info, reply=None):
        self.info = info.with_source(reply.source) if reply else info
        self.name = info.id
        self.shape = info.shape
        self.activation = info.activation
        self.form = (info.id, info.activation) + tuple(info.shape)
        self.ready = reply is not None
        self.dials = reply.dials if reply else None
        self._dials = Runs(self.dials)
        self.can_undo = bool(reply and reply.undo)
        self.can_redo = bool(reply and reply.redo)
        self._changed = numbers(reply.changed) if reply else []
        self.edited = self.info.source == "edited"
        self._starts = [0]
        for before, after in zip(self.shape, self.shape[1:]):
            self._starts.append(self._starts[-1] + before * after + after)
        self.count = self._starts[-1]

    def weight(self, layer, to, source):
        """The weight from a neuron of layer − 1 into one of this layer; layer 1 is the first hidden one."""
        return self.dials[self._starts[layer - 1] + to * self.shape[layer - 1] + source]

    def weights(self, layer, into, first, count):
        """Write the weights from a run of neurons into some neurons of a layer as JSON, row by row.

        A row as text takes three calls into JavaScript; number by number it would take one for each.
        """
        before, start = self.shape[layer - 1], self._starts[layer - 1] + first
        rows = [start + to * before for to in into]
        return "[%s]" % ",".join([self.dials.subarray(at, at + count).join() for at in rows])

    def weights_into(self, layer, to):
        """List the weights into a neuron."""
        return json.loads(self.weights(layer, [to], 0, self.shape[layer - 1]))

    def is_relu(self, layer):
        """Whether a layer's activation function is ReLU. The outputs' never is."""
        return self.activation == "relu" and layer < len(self.shape) - 1

    def grid(self, layer):
        """Columns and rows of an image of a layer's input: 28 by 28 pixels, or one row of neurons."""
        before = self.shape[layer - 1]
        return (PIXELS, PIXELS) if before == PIXELS * PIXELS else (before, 1)

    def changed(self, layer, index):
        """Whether a neuron's weights or bias have been edited."""
        return bool(self._changed and self._changed[sum(self.shape[1:layer]) + index])

    @property
    def changes(self):
        """How many neurons have been edited."""
        return sum(self._changed)

    def changed_in(self, layer):
        """Whether any neuron of a layer has been edited."""
        return any(self.changed(layer, index) for index in range(self.shape[layer]))

    def bias(self, layer, index):
        """The bias of a neuron; layer 1 is the first hidden one."""
        size = self.shape[layer]
        return self._dials.run(self._starts[layer] - size, size)[index]


class Terms:
    """Where one neuron's activation comes from; the fields are those of ``engine.replies.inside``.

    ``neuron`` is its (layer, index); ``images`` are its weights and its products as bytes.
    """

    def __init__(self, neuron, reply):
        self.neuron = neuron
        self.images = (reply.weights_image, reply.products_image)
        self.largest = reply.largest
        self.strongest = reply.strongest
        self.sources = numbers(reply.sources)
        self.weights = numbers(reply.weights)
        self.activations = numbers(reply.activations)
        self.products = numbers(reply.products)
        self.others = reply.others
        self.bias = reply.bias
        self.z = reply.z
        self.sides = list(reply.sides)


class Answer:
    """The engine's answer to one version of the ink; the fields are those of ``engine.replies.answer``.

    ``network`` is the Network that was in use when the question was sent. ``terms`` are the Terms of the
    neuron that was asked about with it, or None.
    """

    def __init__(self, version, network, reply, neuron=None):
        shape = self._shape = network.shape
        self.version = version
        self.network = network
        self.terms = Terms(neuron, reply.inside) if neuron and has(reply.inside, "z") else None
        self.digit = reply.digit
        self.why = reply.why
        self.row = reply.row
        self.rgba = reply.rgba
        self._reply = reply
        self._a = Runs(reply.a)
        self._z = Runs(reply.z)
        self._strongest = Runs(reply.strongest)
        self._starts = [sum(shape[:layer]) for layer in range(len(shape))]

    @property
    def seen(self):
        """The six numbers of the matrix from the pad to the input; none without strokes."""
        return list(self._reply.seen)

    @property
    def frame(self):
        """The six numbers of the matrix from the input to the pad; none without strokes."""
        return list(self._reply.frame)

    @property
    def box(self):
        """Left, top, right and bottom of the ink in the input; none without strokes."""
        return list(self._reply.box)

    @property
    def outline(self):
        """The strokes as drawn, as an SVG path."""
        return self._reply.outline.join(" ").replace("NaN NaN", "M")

    def activation(self, layer, index):
        """The activation of a neuron: 0 to 1, or 0 and up with ReLU."""
        if layer == 0:
            return self.pixels(index // PIXELS)[index % PIXELS]
        return self.activations(layer)[index]

    def activations(self, layer):
        """The activations of a layer after the input, as a list."""
        return self._a.run(self._starts[layer], self._shape[layer])

    def numbers(self, layer):
        """The JavaScript array that holds the activations of a layer, and the index of the first one."""
        return self._a.array, self._starts[layer]

    def pixels(self, row):
        """The activations of a row of pixel neurons, as a list."""
        return self._a.run(row * PIXELS, PIXELS)

    def weighted_sum(self, layer, index):
        """The weighted sum z of a neuron, of layer 1 and later."""
        return self._after_input(self._z, layer)[index]

    def strongest(self, layer, index):
        """The source that counts most in the sum of this neuron, for or against."""
        return self._after_input(self._strongest, layer)[index]

    def _after_input(self, runs, layer):
        return runs.run(self._starts[layer] - self._starts[1], self._shape[layer])


class Runs:
    """A JavaScript array of numbers, read a run at a time: each call into JavaScript takes time."""

    def __init__(self, array):
        self.array = array
        self._runs = {}

    def run(self, first, count):
        """Return ``count`` numbers from ``first`` on, as a list. A run is read once."""
        key = (first, count)
        if key not in self._runs:
            self._runs[key] = numbers(self.array.subarray(first, first + count))
        return self._runs[key]


def has(reply, field):
    """Return whether the engine has replied with this field. What it does not know is None there.

    That arrives as an object of JavaScript, which MicroPython 1.27 takes for true.
    """
    return hasattr(reply, field)


def fits(reply, network):
    """Return whether an answer of the engine was given by a network of this one's size."""
    return reply.a.length == sum(network.shape)


def trouble_in(reply):
    """Return what a reply reports as its trouble, as text, or ""."""
    trouble = getattr(reply, "trouble", None)
    return failures.of_file(trouble) if trouble else ""


def checked(reply):
    """Return a reply. Raises RuntimeError if it reports trouble."""
    trouble = trouble_in(reply)
    if trouble:
        raise RuntimeError(trouble)
    return reply


def numbers(array):
    """Return a JavaScript array of numbers as a list, with one call into JavaScript."""
    return json.loads("[%s]" % array.join())
