"""Edges as SVG paths: blue for positive numbers, red for negative ones, stronger by size.

Edges of the same sign and strength share a path, so that a layer has ten elements instead of hundreds.
"""

# The classes of strength: each begins at this fraction of the strongest edge.
STRENGTHS = (0.0, 0.15, 0.3, 0.5, 0.75)

# The most edges that are drawn in a gap. The eye could not follow more, and they would slow the page.
MOST = 256


def line(start, end):
    """Write a straight line as a piece of a path."""
    return "M%.1f %.1fL%.1f %.1f" % (start[0], start[1], end[0], end[1])


def paths(edges):
    """Write edges as SVG markup, weak ones first; the strongest counts as 1.

    edges: pairs of a line and its number, a weight or a flow. A number of 0 has no sign, and so no edge.
    The classes are ``p1`` to ``p5`` for positive numbers, ``n1`` to ``n5`` for negative ones.
    """
    strongest = max([abs(number) for _, number in edges] or [0])
    positive, negative = [[] for _ in STRENGTHS], [[] for _ in STRENGTHS]
    for way, number in edges:
        if number > 0:
            positive[class_of(number / strongest)].append(way)
        elif number:
            negative[class_of(-number / strongest)].append(way)
    parts = []
    for at in range(len(STRENGTHS)):
        for sign, lines in (("n", negative[at]), ("p", positive[at])):
            if lines:
                parts.append('<path class="%s%d" d="%s"/>' % (sign, at + 1, "".join(lines)))
    return "".join(parts)


def choose(edges, count):
    """Keep the ``count`` strongest edges, MOST of them for 0. Of equal edges, the first are kept."""
    count = count or MOST
    if count >= len(edges):
        return edges
    sizes = [abs(number) for _, number in edges]
    least = sorted(sizes)[-count]
    kept = [edge for edge, size in zip(edges, sizes) if size >= least]
    if len(kept) == count:
        return kept
    kept = [edge for edge in kept if abs(edge[1]) > least]
    return kept + [edge for edge in edges if abs(edge[1]) == least][: count - len(kept)]


def class_of(size):
    """Return the class of a size from 0 to 1. It is found by halving, for speed: every edge needs it."""
    if size < STRENGTHS[2]:
        return 0 if size < STRENGTHS[1] else 1
    if size < STRENGTHS[3]:
        return 2
    return 3 if size < STRENGTHS[4] else 4
