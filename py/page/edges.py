"""Edges as SVG paths: blue for positive weights, red for negative ones, stronger by size.

Public: ``paths``, ``strength_of``, ``STRENGTHS``. Hundreds of edges share a few paths, one for each sign
and strength: the browser has ten elements a layer to keep, not hundreds.
"""

# The classes of strength, each from this fraction of the strongest weight on.
STRENGTHS = (0.0, 0.15, 0.3, 0.5, 0.75)


def paths(edges, strongest):
    """Write the paths of edges as SVG markup, weak ones first.

    edges: (x1, y1, x2, y2, weight) of each; strongest: the weight that counts as 1. The classes are
    ``p1`` to ``p5`` for positive, ``n1`` to ``n5`` for negative.
    """
    lines = {}
    for x1, y1, x2, y2, weight in edges:
        name = ("p%d" if weight > 0 else "n%d") % strength_of(weight, strongest)
        lines.setdefault(name, []).append("M%.1f %.1fL%.1f %.1f" % (x1, y1, x2, y2))
    names = sorted(lines, key=lambda name: (name[1], name[0]))
    return "".join(['<path class="%s" d="%s"/>' % (name, "".join(lines[name])) for name in names])


def strength_of(weight, strongest):
    """Class a weight by size, from 1 to len(STRENGTHS)."""
    size = abs(weight) / strongest if strongest else 0.0
    return sum([size >= strength for strength in STRENGTHS])
