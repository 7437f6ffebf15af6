"""What the engine has said: the network in use, an answer to the ink, one neuron taken apart.

Public: ``Network``, ``Terms`` and ``Answer``. Arrays stay JavaScript's and are read when wanted.
"""

import json

from page.diagram.layout import PIXELS


class Network:
    """The network in use: name, shape, activation, and all weights and biases, read by index.

    Before the engine has sent it, only what its name says is known: ``ready`` is False then. Turning a
    dial makes another Network; ``changed(layer, index)`` tells whether a neuron is as it was shipped.
    """

    def __init__(self, name, reply=None):
        self.name = name
        *sizes, self.activation = name.split("-")
        self.shape = [int(size) for size in sizes]
        self.ready = reply is not None
        self.dials = reply.dials if reply else None
        self._dials = Runs(self.dials)
        self.can_undo = bool(reply and reply.undo)
        self.can_redo = bool(reply and reply.redo)
        self._changed = list(reply.changed) if reply else []
        self.turned = any(self._changed)
        self._starts = [0]
        for before, after in zip(self.shape, self.shape[1:]):
            self._starts.append(self._starts[-1] + before * after + after)
        self.count = self._starts[-1]

    def weight(self, layer, to, source):
        """The weight from a neuron of layer − 1 to one of this layer (1 is the first hidden one)."""
        return self.dials[self._starts[layer - 1] + to * self.shape[layer - 1] + source]

    def weights(self, layer, first, count):
        """Write the weights from a run of neurons into every one of a layer as JSON, row by row.

        A row of text is three crossings into JavaScript where its numbers are one each.
        """
        before, start = self.shape[layer - 1], self._starts[layer - 1] + first
        rows = range(start, start + before * self.shape[layer], before)
        return "[%s]" % ",".join([self.dials.subarray(at, at + count).join() for at in rows])

    def is_relu(self, layer):
        """Whether a layer is squished by ReLU: the outputs never are."""
        return self.activation == "relu" and layer < len(self.shape) - 1

    def grid(self, layer):
        """Columns and rows of the picture of what a layer sees: 28 by 28 pixels, or one row of neurons."""
        before = self.shape[layer - 1]
        return (PIXELS, PIXELS) if before == PIXELS * PIXELS else (before, 1)

    def changed(self, layer, index):
        """Whether a neuron's weights or bias are not those that were shipped."""
        return bool(self._changed and self._changed[sum(self.shape[1:layer]) + index])

    def changed_in(self, layer):
        """Whether any neuron of a layer is not as it was shipped."""
        return any(self.changed(layer, index) for index in range(self.shape[layer]))

    def bias(self, layer, index):
        """The bias of a neuron; layer 1 is the first hidden one."""
        size = self.shape[layer]
        return self._dials.run(self._starts[layer] - size, size)[index]


class Terms:
    """Where one neuron's number comes from; the fields are those of ``showing.inside``.

    ``neuron`` is the one that was looked into; ``images`` are its weights and its products as bytes.
    """

    def __init__(self, neuron, reply):
        self.neuron = neuron
        self.images = (reply.weights_image, reply.products_image)
        self.largest = reply.largest
        self.strongest = reply.strongest
        self.sources = _numbers(reply.sources)
        self.weights = _numbers(reply.weights)
        self.activations = _numbers(reply.activations)
        self.products = _numbers(reply.products)
        self.others = reply.others
        self.bias = reply.bias
        self.z = reply.z
        self.sides = list(reply.sides)


class Answer:
    """The engine's answer to one version of the ink; the fields are those of ``showing.answer``.

    ``network`` is the Network as it was when the question went out.

    ``terms`` are the Terms of the neuron that was pointed at when the question went out, or None.
    """

    def __init__(self, version, network, reply, neuron=None):
        shape = self._shape = network.shape
        self.version = version
        self.network = network
        self.terms = Terms(neuron, reply.inside) if neuron else None
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
        """The six numbers of the matrix from the pad to the picture; none without strokes."""
        return list(self._reply.seen)

    @property
    def frame(self):
        """The six numbers of the matrix from the picture to the pad; none without strokes."""
        return list(self._reply.frame)

    @property
    def box(self):
        """Left, top, right and bottom of the ink in the picture; none without strokes."""
        return list(self._reply.box)

    @property
    def outline(self):
        """The strokes as drawn, as an SVG path."""
        return self._reply.outline

    def activation(self, layer, index):
        """The activation of a neuron, 0 to 1; of ReLU neurons, 0 and up."""
        if layer == 0:
            return self.pixels(index // PIXELS)[index % PIXELS]
        return self.activations(layer)[index]

    def activations(self, layer):
        """The activations of a layer after the input, as a list."""
        return self._a.run(self._starts[layer], self._shape[layer])

    def numbers(self, layer):
        """The JavaScript array that holds the activations of a layer, and where in it the first one is."""
        return self._a.array, self._starts[layer]

    def pixels(self, row):
        """The activations of a row of pixel neurons, as a list."""
        return self._a.run(row * PIXELS, PIXELS)

    def weighted_sum(self, layer, index):
        """The weighted sum z of a neuron, of layer 1 and later."""
        return self._after_input(self._z, layer)[index]

    def strongest(self, layer, index):
        """The neuron of the layer before that counts most in the sum of this one, for or against."""
        return self._after_input(self._strongest, layer)[index]

    def _after_input(self, runs, layer):
        return runs.run(self._starts[layer] - self._starts[1], self._shape[layer])


class Runs:
    """A JavaScript array of numbers, read a run at a time, since each call into JavaScript costs."""

    def __init__(self, array):
        self.array = array
        self._runs = {}

    def run(self, first, count):
        """Give so many numbers from a place on, as a list; a run is read once."""
        key = (first, count)
        if key not in self._runs:
            self._runs[key] = _numbers(self.array.subarray(first, first + count))
        return self._runs[key]


def _numbers(array):
    """Make a list of a JavaScript array of numbers, in one call into JavaScript."""
    return json.loads("[%s]" % array.join())
