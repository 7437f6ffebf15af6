"""What speaks for a digit and what against it, beside its rival: why one output is brighter.

Public: ``draw`` and ``total``.
"""

from page.panels.neuron.contributions import signed
from page.words import number


def draw(sides, layer):
    """Write the side of the output that is looked into, and beside it that of its rival.

    sides: objects with the fields of ``showing.inside``'s ``sides``; layer: of the outputs.
    """
    own, rival = sides
    won = own.z >= rival.z
    names = ("the brightest", "next to it") if won else ("looked into", "the brightest")
    return "".join(
        [
            _side(side, name, layer - 1, linked)
            for side, name, linked in zip(sides, names, (True, False))
        ]
    )


def total(side):
    """Write a side's weighted sum: "for +8.31, against −3.02, bias −1.20 = 4.09".

    It adds up to the digits shown: all are rounded first, and "for" is what the others leave.
    """
    z, bias, against = [round(100 * value) for value in (side.z, side.bias, side.negative)]
    words = (signed((z - bias - against) / 100), number(against / 100), signed(bias / 100))
    return "for %s, against %s, bias %s = %s" % (words + (number(z / 100),))


def _side(side, name, layer, linked):
    """Write one side. linked: whether its products are edges into the neuron that is looked into."""
    products = list(zip(list(side.sources), list(side.products)))
    groups = [
        _group("For it", "positive", [pair for pair in products if pair[1] > 0], layer, linked),
        _group("Against it", "negative", [pair for pair in products if pair[1] < 0], layer, linked),
    ]
    return (
        '<div class="side"><h3>Output %d <small>%s: %s</small></h3>%s<p class="total">%s</p></div>'
        % (
            side.index,
            name,
            number(side.a),
            "".join(groups),
            total(side),
        )
    )


def _group(title, sign, products, layer, linked):
    rows = []
    for source, product in products:
        place = ' data-source="%d:%d"' % (layer, source) if linked else ""
        rows.append(
            '<li%s>neuron %d <b class="%s" translate="no">%s</b></li>'
            % (place, source + 1, sign, signed(product))
        )
    return "<div><p>%s</p><ul>%s</ul></div>" % (title, "".join(rows) or "<li>nothing</li>")
