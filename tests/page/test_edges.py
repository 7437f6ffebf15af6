"""Edges as paths: their colour is the weight's sign, their strength its size."""

from page.edges import STRENGTHS, paths, strength_of


def test_the_sign_makes_the_class():
    """Positive weights are blue, negative ones red."""
    assert paths([(0, 0, 1, 1, 2.0)], 2.0) == '<path class="p5" d="M0.0 0.0L1.0 1.0"/>'
    assert paths([(0, 0, 1, 1, -2.0)], 2.0) == '<path class="n5" d="M0.0 0.0L1.0 1.0"/>'


def test_strength_grows_with_size_and_not_with_sign():
    """A weight and its opposite are equally strong."""
    classes = [strength_of(step / 100, 1.0) for step in range(101)]
    assert classes == sorted(classes)
    assert classes == [strength_of(-step / 100, 1.0) for step in range(101)]


def test_strengths_reach_from_the_weakest_to_the_strongest_class():
    """No weight is too small to have an edge, and the largest has the strongest."""
    assert strength_of(0.0, 3.0) == 1
    assert strength_of(3.0, 3.0) == len(STRENGTHS)
    assert {strength_of(step / 100, 1.0) for step in range(101)} == {1, 2, 3, 4, 5}


def test_a_class_begins_at_its_fraction():
    """The fractions are those that are written down."""
    for index, strength in enumerate(STRENGTHS):
        assert strength_of(strength * 8, 8.0) == index + 1


def test_a_network_of_zeros_has_edges():
    """All weights zero is no division by zero."""
    assert strength_of(0.0, 0.0) == 1
    assert "M1.0 2.0L3.0 4.0" in paths([(1, 2, 3, 4, 0.0)], 0.0)


def test_edges_of_a_class_share_a_path():
    """The browser keeps ten elements a layer, however many edges there are."""
    edges = [(0, 0, i, 1, (i - 150) / 150) for i in range(301)]
    markup = paths(edges, 1.0)
    assert markup.count("<path") == 10
    assert markup.count("L") == 301


def test_strong_edges_are_painted_over_weak_ones():
    """SVG paints in the order of the markup."""
    edges = [(0, 0, 1, 1, 0.9), (0, 0, 1, 1, -0.1), (0, 0, 1, 1, 0.4), (0, 0, 1, 1, -1.0)]
    markup = paths(edges, 1.0)
    strengths = [int(piece[1]) for piece in markup.split('class="')[1:]]
    assert strengths == sorted(strengths)
    assert len(strengths) == 4


def test_no_edges_are_no_markup():
    """A layer without edges is drawn as nothing."""
    assert paths([], 1.0) == ""
