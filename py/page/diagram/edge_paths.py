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
    positive, negative = [[] for _ in STRENGTHS], [[] for _ in STRENGTHS]
    for way, number in edges:
        if number > 0:
            positive[_class_of(number / strongest)].append(way)
        elif number:
            negative[_class_of(-number / strongest)].append(way)
    parts = []
    for at in range(len(STRENGTHS)):
        for sign, lines in (("n", negative[at]), ("p", positive[at])):
            if lines:
                parts.append('<path class="%s%d" d="%s"/>' % (sign, at + 1, "".join(lines)))
    return "".join(parts)


def choose(edges, count):
    """Keep so many of the strongest edges, all of them for 0; of equals the first."""
    if not 0 < count < len(edges):
        return edges
    least = sorted([abs(number) for _, number in edges])[-count]
    kept = [edge for edge in edges if abs(edge[1]) > least]
    return kept + [edge for edge in edges if abs(edge[1]) == least][: count - len(kept)]


def strength_of(number, strongest):
    """Class a number by size, from 1 to len(STRENGTHS)."""
    return _class_of(abs(number) / strongest if strongest else 0.0) + 1


def _class_of(size):
    """Class a size from 0 to 1 by halving: this is done for every edge whenever the column moves."""
    if size < STRENGTHS[2]:
        return 0 if size < STRENGTHS[1] else 1
    if size < STRENGTHS[3]:
        return 2
    return 3 if size < STRENGTHS[4] else 4
