"""What speaks for a digit and against it, beside its rival: why one output is brighter."""

from page.panels.neuron.contributions import signed
from page.words import number, short_name


def draw(sides, layer):
    """Write the output in view, and its rival beside it.

    sides: the two, with the fields of ``sides`` in the engine's reply to ``inside``; layer: their layer.
    """
    own, rival = sides
    won = own.z >= rival.z
    names = ("the brightest", "next to it") if won else ("in view", "the brightest")
    return "".join(
        [
            _side(side, name, layer - 1, linked)
            for side, name, linked in zip(sides, names, (True, False))
        ]
    )


def total(side):
    """Write a weighted sum: "for +8.31, against −3.02, bias −1.20 = 4.09".

    The rounded numbers add up: all but "for" are rounded first, and "for" is the rest.
    """
    z, bias, against = [round(100 * value) for value in (side.z, side.bias, side.negative)]
    words = (signed((z - bias - against) / 100), number(against / 100), signed(bias / 100))
    return "for %s, against %s, bias %s = %s" % (words + (number(z / 100),))


def _side(side, name, layer, linked):
    """Write one output. linked: whether its products belong to edges into the neuron in view."""
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
            '<li%s>%s <b class="%s" translate="no">%s</b></li>'
            % (place, short_name(layer, source), sign, signed(product))
        )
    return "<div><p>%s</p><ul>%s</ul></div>" % (title, "".join(rows) or "<li>nothing</li>")
