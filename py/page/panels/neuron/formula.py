"""Formulas with real numbers, as MathML.

The rounded numbers add up: every other number is rounded first, and "more" is the rest. If no more terms
are left, a rest is what rounding took away.
"""

from page.words import number

# How many terms are written out. All others are one number.
WRITTEN = 3


def weighted_sum(terms):
    """Write z = w·a + … + the rest + bias of one neuron.

    Each summand is a formula of its own, because MathML does not break lines and a phone needs that.

    terms: an object with the sequences ``weights``, ``activations`` and ``products``, largest first, with
    ``others``, how many more there are, and with ``bias`` and ``z``.
    """
    parts, written = ["<mi>z</mi><mo>=</mo>"], 0
    count = min(WRITTEN, len(terms.products))
    for at in range(count):
        written += _hundredths(terms.products[at])
        parts.append(_term(terms.weights[at], terms.activations[at], terms.products[at]))
    z, bias = _hundredths(terms.z), _hundredths(terms.bias)
    others = terms.others + len(terms.products) - count
    rest = z - bias - written
    if others or rest:
        parts.append(_labelled(rest, "%d more" % others if others else "rounding"))
    parts.append(_labelled(bias, "bias"))
    parts.append("<mo>=</mo>%s" % _number(z / 100))
    return "".join(["<math><mrow>%s</mrow></math>" % part for part in parts])


def squished(z, a, relu):
    """Write a = σ(z), or a = max(0, z), with the numbers."""
    if relu:
        inner = "<mi>max</mi><mo>(</mo><mn>0</mn><mo>,</mo>%s<mo>)</mo>" % _number(z)
    else:
        inner = "<mi>σ</mi><mo>(</mo>%s<mo>)</mo>" % _number(z)
    return "<math><mrow><mi>a</mi><mo>=</mo>%s<mo>=</mo>%s</mrow></math>" % (inner, _number(a))


def _hundredths(value):
    return round(value * 100)


def _number(value):
    return "<mn>%s</mn>" % number(value)


def _term(weight, activation, product):
    """Write one w·a, coloured by its sign, with the product below it: the products add up."""
    name = "positive" if weight >= 0 else "negative"
    factors = "%s<mo>·</mo>%s" % (_number(abs(weight)), _number(activation))
    return '<mo>%s</mo><munder class="%s"><mrow>%s</mrow><mtext>%s</mtext></munder>' % (
        _sign(weight),
        name,
        factors,
        number(product),
    )


def _labelled(hundredths, label):
    """Write a summand with a word below it."""
    size = _number(abs(hundredths) / 100)
    return "<mo>%s</mo><munder>%s<mtext>%s</mtext></munder>" % (_sign(hundredths), size, label)


def _sign(value):
    return "+" if value >= 0 else "−"
