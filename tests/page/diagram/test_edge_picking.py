"""Which edge a click between the layers means."""

from page.diagram import layout
from page.diagram.edge_picking import nearest

SHAPE = [784, 16, 16, 10]


def on_edge(plan, layer, to, source, share):
    """Return the point at this fraction of an edge."""
    (x1, y1), (x2, y2) = plan.layers[layer - 1][source], plan.layers[layer][to]
    return x1 + (x2 - x1) * share, y1 + (y2 - y1) * share


def test_a_point_of_an_edge_means_that_edge():
    """The point is chosen so that no two edges cross there."""
    for plan in (layout.wide(1000, 660, SHAPE), layout.tall(328, 400, SHAPE)):
        for layer, to, source in ((2, 3, 9), (2, 15, 0), (3, 0, 7), (3, 9, 15)):
            for share in (0.3713, 0.6137):
                x, y = on_edge(plan, layer, to, source, share)
                assert nearest(plan, x, y) == (layer, to, source)


def test_a_point_away_from_all_edges_picks_nothing():
    """Above the topmost edge, and beyond the ends of all."""
    plan = layout.wide(1000, 660, SHAPE)
    x, y = on_edge(plan, 2, 0, 0, 0.5)
    assert nearest(plan, x, y - 7) is None
    assert nearest(plan, x, y - 5) == (2, 0, 0)
    assert nearest(plan, plan.layers[3][0][0] + 30, plan.layers[3][0][1]) is None


def test_edges_of_pixels_are_not_picked():
    """The column shows 12 of 784."""
    plan = layout.wide(1000, 660, SHAPE)
    x, y = on_edge(plan, 1, 3, 2, 0.5)
    assert nearest(plan, x, y) is None
