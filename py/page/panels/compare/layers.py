"""The layers of a network as SVG markup: a circle for each neuron, with its activation below."""

from page.words import number

# The drawing's width in its own units.
WIDTH = 360

# A hidden layer has so many circles in a line, and its lines are so far apart.
IN_LINE, LINE, RADIUS = 8, 46, 11

# One with more neurons than MANY has smaller circles, without numbers.
MANY, SMALL_IN_LINE, SMALL_LINE, SMALL_RADIUS = 32, 16, 22, 8

# One neuron, its number, and the digit below an output.
NEURON = '<circle data-of="%d:%d" data-a="{:.4f}" cx="%.1f" cy="%d" r="%d" fill="rgb({},{},{})"/>'
NUMBER = '<text class="{}" x="%.1f" y="%d">{}</text>'
DIGIT = '<text class="{}" x="%.1f" y="%d">%d</text>'


class Layers:
    """Draws one shape of network. All that an answer does not change is worked out once."""

    def __init__(self, shape):
        self._shape = shape
        self._outputs = sum(shape[1:-1])
        self._template = "".join([part for _, part in _parts(shape)])
        self._numbered = [size <= MANY for size in shape[1:] for _ in range(size)]

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


def height(shape):
    """Return the drawing's height in its own units."""
    *_, (bottom, _) = _parts(shape)
    return bottom


def _parts(shape):
    """Write each part of the drawing, with a pair of braces for what an answer fills in.

    Yields how far down the drawing reaches so far, and the part.
    """
    y, last = 0, len(shape) - 1
    for layer in range(1, last + 1):
        size, outputs = shape[layer], layer == last
        title = "outputs" if outputs else "hidden layer %d" % layer
        yield y, '<text class="which" x="0" y="%d">%s</text>' % (y + 12, title)
        in_line, line, radius = size if outputs else IN_LINE, LINE, RADIUS
        if size > MANY:
            in_line, line, radius = SMALL_IN_LINE, SMALL_LINE, SMALL_RADIUS
        y += 34
        for index in range(size):
            row, place = divmod(index, in_line)
            cx, cy = WIDTH / in_line * (place + 0.5), y + line * row
            yield y, NEURON % (layer, index, cx, cy, radius)
            if size <= MANY:
                yield y, NUMBER % (cx, cy + 24)
            if outputs:
                yield y, DIGIT % (cx, cy + 42, index)
        y += line * ((size - 1) // in_line) + 36
    yield y + 8, ""
