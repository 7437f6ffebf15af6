"""The product of a layer in numbers and words: its matrix, its vectors and its single terms.

It is built up in steps: after step t, t columns have been added. Then comes the bias, and in the last step
the sum is squished.
"""

from page.engine_client.replies import numbers
from page.words import number, short_name, thousands

# With more columns than this, there is no room for a number in each cell.
NUMBERED = 16

_SMALL = {digit: chr(0x2080 + int(digit)) for digit in "0123456789"}


class Product:
    """One layer's product. The fields are those of the engine's reply to ``layer``."""

    def __init__(self, layer, network, reply):
        self.layer = layer
        self.network = network
        self.columns = numbers(reply.columns)
        self.before = numbers(reply.before)
        self.b = numbers(reply.b)
        self.z = numbers(reply.z)
        self.after = numbers(reply.after)
        self.image = reply.image
        self.full = reply.full
        self.weights = reply.weights
        self._sums = reply.sums
        self.rows = len(self.b)
        self.last = len(self.columns) + 2

    def sums(self, step):
        """List every neuron's sum after a step. The last two steps include the bias."""
        if step > len(self.columns):
            return self.z
        wide = len(self.columns) + 1
        return [self._sums[row * wide + step] for row in range(self.rows)]

    def weight(self, row, at):
        """Return the weight in a row, at a place among the columns that are shown."""
        return self.weights[row * len(self.columns) + at]

    def cells(self):
        """Write the numbers of the matrix as markup, row by row, or "" if there is no room for them."""
        if len(self.columns) > NUMBERED:
            return ""
        # White text is readable on every red, and on all but the brightest blue.
        bright = 0.8 * self.full
        return "".join(
            [
                "<span%s>%s</span>" % (' class="bright"' if w > bright else "", number(w))
                for w in numbers(self.weights)
            ]
        )

    def folded(self):
        """Say which columns are left out, or "" if none are."""
        total = self.network.shape[self.layer - 1]
        dark = total - len(self.columns)
        if not dark:
            return ""
        kind, hold = ("pixels", "black") if self.layer == 1 else ("neurons before", "dark")
        away = "their columns are folded away" if len(self.columns) else "there is nothing to add"
        return "%d of %d %s are %s: %s, a weight times 0 is 0." % (dark, total, kind, hold, away)

    def cell(self, row, at):
        """Say what is in a cell and what it adds to its row."""
        w, a, source = self.weight(row, at), self.before[at], self.columns[at]
        place = "" if self.layer > 1 else " (the pixel in %s)" % short_name(0, source)
        return "w%s,%s = %s, times a%s = %s%s, gives %s" % (
            small(self.name(row)),
            small(self.source(source)),
            number(w),
            small(self.source(source)),
            number(a),
            place,
            number(w * a),
        )

    def term(self, row, step):
        """Say what a step adds to a row's sum, and the result."""
        wide, sums, name = len(self.columns), self.sums(step), small(self.name(row))
        if step == 0:
            return "z%s: nothing is added yet" % name
        if step <= wide:
            w, a = self.weight(row, step - 1), self.before[step - 1]
            term = (name, _signed(w), number(a), number(sums[row]))
            return "z%s = … %s × %s = %s so far" % term
        if step == wide + 1:
            whole = number(self.sums(wide)[row])
            return "z%s = %s %s = %s with the bias" % (
                name,
                whole,
                _signed(self.b[row]),
                number(sums[row]),
            )
        squish = "max(0, %s)" if self.network.is_relu(self.layer) else "σ(%s)"
        return "a%s = %s = %s" % (name, squish % number(self.z[row]), number(self.after[row]))

    def name(self, row):
        """Number a neuron of the layer as the page does: from 1, but outputs by their digit."""
        return row if self.layer == len(self.network.shape) - 1 else row + 1

    def source(self, index):
        """Number a neuron of the layer before: from 1, but pixels from 0."""
        return index if self.layer == 1 else index + 1


def column_of(columns, source):
    """Return the place of a source among the columns that are shown, None if it is left out."""
    return columns.index(source) if source in columns else None


def _signed(value):
    return ("+ " if value >= 0 else "− ") + number(abs(value))


def small(value):
    """Write a whole number as a subscript."""
    return "".join([_SMALL[digit] for digit in str(value)])


def lines(values):
    """Write a vector with one number on each line."""
    return "\n".join([number(value) for value in values])


def equation(layer, relu):
    """Write a⁽¹⁾ = σ(W a⁽⁰⁾ + b), as at 14:29, as MathML."""
    raised = "<msup><mi>a</mi><mrow><mo>(</mo><mn>%d</mn><mo>)</mo></mrow></msup>"
    return (
        '<math><mrow>%s<mo>=</mo><mi>%s</mi><mo>(</mo><mi>W</mi><mspace width="0.2em"/>%s<mo>+</mo>'
        "<mi>b</mi><mo>)</mo></mrow></math>"
        % (raised % layer, "ReLU" if relu else "σ", raised % (layer - 1))
    )


def count(shape, layer):
    """Write how many weights and biases there are, with those of one layer in bold."""
    products = ["%d×%d" % pair for pair in zip(shape, shape[1:])]
    products[layer - 1] = "<b>%s</b>" % products[layer - 1]
    biases = [str(size) for size in shape[1:]]
    biases[layer - 1] = "<b>%s</b>" % biases[layer - 1]
    total = sum([a * b + b for a, b in zip(shape, shape[1:])])
    return "%s weights + %s biases = %s" % (
        " + ".join(products),
        " + ".join(biases),
        thousands(total),
    )
