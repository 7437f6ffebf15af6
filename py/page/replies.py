"""What the engine has said: the network in use, an answer to the ink, one neuron taken apart.

Public: ``Network``, ``Terms`` and ``Answer``. Arrays stay JavaScript's and are read by index.
"""

from page.layout import PIXELS


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
        return self.dials[self._starts[layer] - self.shape[layer] + index]


class Terms:
    """Where one neuron's number comes from; the fields are those of ``showing.inside``.

    ``neuron`` is the one that was looked into; ``images`` are its weights and its products as bytes.
    """

    def __init__(self, neuron, reply):
        self.neuron = neuron
        self.images = (reply.weights_image, reply.products_image)
        self.largest = reply.largest
        self.strongest = reply.strongest
        self.sources = list(reply.sources)
        self.weights = list(reply.weights)
        self.activations = list(reply.activations)
        self.products = list(reply.products)
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
        shape = network.shape
        self.version = version
        self.network = network
        self.terms = Terms(neuron, reply.inside) if neuron else None
        self.digit = reply.digit
        self.why = reply.why
        self.row = reply.row
        self.rgba = reply.rgba
        self.seen = list(reply.seen)
        self.frame = list(reply.frame)
        self.box = list(reply.box)
        self.outline = reply.outline
        self._strongest = reply.strongest
        self._a = reply.a
        self._z = reply.z
        self._starts = [sum(shape[:layer]) for layer in range(len(shape))]

    def activation(self, layer, index):
        """The activation of a neuron, 0 to 1; of ReLU neurons, 0 and up."""
        return self._a[self._starts[layer] + index]

    def weighted_sum(self, layer, index):
        """The weighted sum z of a neuron, of layer 1 and later."""
        return self._z[self._starts[layer] - self._starts[1] + index]

    def strongest(self, layer, index):
        """The neuron of the layer before that counts most in the sum of this one, for or against."""
        return self._strongest[self._starts[layer] - self._starts[1] + index]
