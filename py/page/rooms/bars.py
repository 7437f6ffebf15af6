"""The largest contributions to a neuron's weighted sum, as bars in SVG markup.

Public: ``draw`` and ``SHOWN``.
"""

from page.words import number, short_name

# How many of the largest are shown.
SHOWN = 8

# Measures of the drawing, in its own units.
WIDTH, PITCH, THICK = 360.0, 22.0, 12.0
NAMES, VALUES = 118.0, 48.0


def draw(terms):
    """Draw the products of ``terms`` from a middle line: positive to the right, negative to the left."""
    layer = terms.neuron[0] - 1
    half = (WIDTH - NAMES - VALUES) / 2
    middle = NAMES + half
    rows = []
    for at in range(min(SHOWN, len(terms.products))):
        product, source = terms.products[at], terms.sources[at]
        length = half * abs(product) / (terms.strongest or 1)
        y = at * PITCH
        rows.append(
            '<g class="%s" data-source="%d:%d"><text x="0" y="%.1f">%s</text>'
            '<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" rx="2"/>'
            '<text class="value" x="%.1f" y="%.1f">%s</text></g>'
            % (
                "positive" if product >= 0 else "negative",
                layer,
                source,
                y + 13,
                short_name(layer, source),
                middle if product >= 0 else middle - length,
                y + 3,
                max(length, 1.0),
                THICK,
                WIDTH,
                y + 13,
                ("+" if product >= 0 else "") + number(product),
            )
        )
    line = '<path class="axis" d="M%.1f 0V%.1f"/>' % (middle, SHOWN * PITCH)
    return line + "".join(rows)
