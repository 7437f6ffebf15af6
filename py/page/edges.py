"""Edges as SVG paths: blue for positive numbers, red for negative ones, stronger by size.

Public: ``line``, ``paths``, ``choose``, ``strength_of``, ``STRENGTHS``. Hundreds of edges share a few
paths, one for each sign and strength: the browser has ten elements a layer to keep, not hundreds.
"""

# The classes of strength, each from this fraction of the strongest edge on.
STRENGTHS = (0.0, 0.15, 0.3, 0.5, 0.75)


def line(start, end):
    """Write the way from one point to another as a piece of a path."""
    return "M%.1f %.1fL%.1f %.1f" % (start[0], start[1], end[0], end[1])


def paths(edges):
    """Write edges as SVG markup, weak ones first; the strongest counts as 1.

    edges: pairs of a line and its number, a weight or what flows. A number that is 0 has no sign, and so
    no edge. The classes are ``p1`` to ``p5`` for positive, ``n1`` to ``n5`` for negative.
    """
    strongest = max([abs(number) for _, number in edges] or [0])
    lines = {}
    for way, number in edges:
        if number:
            name = ("p%d" if number > 0 else "n%d") % strength_of(number, strongest)
            if name in lines:
                lines[name].append(way)
            else:
                lines[name] = [way]
    names = sorted(lines, key=lambda name: (name[1], name[0]))
    return "".join(['<path class="%s" d="%s"/>' % (name, "".join(lines[name])) for name in names])


def choose(edges, count):
    """Keep so many of the strongest edges, all of them for 0; of equals the first."""
    if not 0 < count < len(edges):
        return edges
    least = sorted([abs(number) for _, number in edges])[-count]
    kept = [edge for edge in edges if abs(edge[1]) > least]
    return kept + [edge for edge in edges if abs(edge[1]) == least][: count - len(kept)]


def strength_of(number, strongest):
    """Class a number by size, from 1 to len(STRENGTHS)."""
    size = abs(number) / strongest if strongest else 0.0
    return sum([size >= strength for strength in STRENGTHS])
