"""The layers of a network as SVG markup: a circle for each neuron, with its activation below."""

from page.words import number

# The drawing's width in its own units.
WIDTH = 360

# A hidden layer has so many circles in a line, and its lines are so far apart.
IN_LINE, LINE, RADIUS = 8, 46, 11

# A layer of more neurons than MOST has smaller circles, without numbers.
MOST, MANY_IN_LINE, MANY_LINE, SMALL = 16, 16, 22, 8

# One neuron, and the digit below an output.
NEURON = (
    '<circle data-of="%d:%d" data-a="{:.4f}" cx="%.1f" cy="%d" r="%d" fill="rgb({},{},{})"/>'
    '<text class="{}" x="%.1f" y="%d">{}</text>'
)
DIGIT = '<text class="{}" x="%.1f" y="%d">%d</text>'
ONE_OF_MANY = (
    '<circle data-of="%d:%d" data-a="{:.4f}" cx="%.1f" cy="%d" r="%d" fill="rgb({},{},{})"/>'
)


class Layers:
    """Draws one shape of network. All that an answer does not change is worked out once.

    The drawing is WIDTH by ``height`` units.
    """

    def __init__(self, shape):
        self._shape = shape
        self._outputs = sum(shape[1:-1])
        self._numbered = [size <= MOST for size in shape[1:] for _ in range(size)]
        self._template = "".join(_parts(shape))
        self.height = sum([_height(size) for size in shape[1:-1]]) + _height(IN_LINE) + 8

    def draw(self, a, digit):
        """Draw all activations after the input. digit: the answer, or ""."""
        fields = []
        for index, value in enumerate(a):
            grey = round(min(max(value, 0.0), 1.0) * 255)
            fields += [value, grey, grey, grey]
            if self._numbered[index]:
                # No brighter than white: a ReLU's activation may exceed 1.
                fields += ["value over" if value > 1 else "value", number(value)]
            if index >= self._outputs:
                won = digit == str(index - self._outputs)
                fields.append("digit won" if won else "digit")
        return self._template.format(*fields)

    def describe(self, a):
        """Write every activation, layer by layer, for those who do not see them."""
        layers, at, last = [], 0, len(self._shape) - 1
        for layer in range(1, last + 1):
            name = "Outputs 0 to 9" if layer == last else "Hidden layer %d" % layer
            values = [number(value) for value in a[at : at + self._shape[layer]]]
            layers.append("%s: %s." % (name, ", ".join(values)))
            at += self._shape[layer]
        return " ".join(layers)


def _parts(shape):
    """Write each part of the drawing, with a pair of braces for what an answer fills in."""
    y, last = 0, len(shape) - 1
    for layer in range(1, last + 1):
        size, outputs = shape[layer], layer == last
        title = "outputs" if outputs else "hidden layer %d" % layer
        yield '<text class="which" x="0" y="%d">%s</text>' % (y + 12, title)
        many = size > MOST
        in_line = size if outputs else MANY_IN_LINE if many else IN_LINE
        for index in range(size):
            line, place = divmod(index, in_line)
            cx = WIDTH / in_line * (place + 0.5)
            cy = y + 34 + line * (MANY_LINE if many else LINE)
            if many:
                yield ONE_OF_MANY % (layer, index, cx, cy, SMALL)
            else:
                yield NEURON % (layer, index, cx, cy, RADIUS, cx, cy + 24)
            if outputs:
                yield DIGIT % (cx, cy + 42, index)
        y += _height(size)


def _height(size):
    """Return the height of a hidden layer with its title."""
    many = size > MOST
    lines = (size - 1) // (MANY_IN_LINE if many else IN_LINE)
    return 70 + lines * (MANY_LINE if many else LINE)
