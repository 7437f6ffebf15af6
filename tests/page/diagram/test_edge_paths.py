"""Edges as paths: the colour shows the sign of a number, the strength its size."""

from page.diagram.edge_paths import MOST, STRENGTHS, choose, class_of, line, paths


def test_the_sign_makes_the_class():
    """Positive weights are blue, negative ones red."""
    assert line((0, 0), (1, 1)) == "M0.0 0.0L1.0 1.0"
    assert paths([("M0 0L1 1", 2.0)]) == '<path class="p5" d="M0 0L1 1"/>'
    assert paths([("M0 0L1 1", -2.0)]) == '<path class="n5" d="M0 0L1 1"/>'


def drawn_class(number):
    """Return the class of the path of a number, beside an edge of strength 1."""
    return paths([("A", number), ("B", 1.0)]).split('"')[1]


def test_strength_grows_with_size_and_not_with_sign():
    """A weight and its opposite are equally strong."""
    positive = [drawn_class(step / 100) for step in range(1, 100)]
    assert positive == sorted(positive)
    assert [drawn_class(-step / 100) for step in range(1, 100)] == [
        name.replace("p", "n") for name in positive
    ]


def test_strengths_reach_from_the_weakest_to_the_strongest_class():
    """Even the smallest weight has an edge, and the largest has the strongest."""
    assert class_of(0.0) == 0
    assert class_of(1.0) == len(STRENGTHS) - 1
    assert {class_of(step / 100) for step in range(101)} == {0, 1, 2, 3, 4}


def test_a_class_begins_at_its_fraction():
    """STRENGTHS lists where each class begins."""
    for index, strength in enumerate(STRENGTHS):
        assert class_of(strength) == index


def test_zero_has_no_edge():
    """0 is neither blue nor red, even if every number is 0."""
    assert paths([("A", 0.0), ("B", -0.0)]) == ""
    assert paths([("A", 0.0), ("B", 1.0)]) == '<path class="p5" d="B"/>'
    assert paths([]) == ""


def test_edges_of_a_class_share_a_path():
    """A layer has at most ten elements, however many edges there are."""
    markup = paths([("M0 0L%d 1" % i, (i - 150.5) / 150) for i in range(302)])
    assert markup.count("<path") == 10
    assert markup.count("L") == 302


def test_strong_edges_are_painted_over_weak_ones():
    """SVG paints in the order of the markup."""
    markup = paths([("A", 0.9), ("B", -0.1), ("C", 0.4), ("D", -1.0)])
    strengths = [int(piece[1]) for piece in markup.split('class="')[1:]]
    assert strengths == sorted(strengths)
    assert len(strengths) == 4


def test_the_strongest_are_chosen_by_size():
    """A large negative number counts as much as a large positive one."""
    numbers = [0.1, -0.9, 0.5, 0.0, -0.2, 0.7]
    edges = [(str(at), number) for at, number in enumerate(numbers)]
    for count in range(1, 7):
        by_size = sorted(range(6), key=lambda at: -abs(numbers[at]))
        assert sorted([int(name) for name, _ in choose(edges, count)]) == sorted(by_size[:count])


def test_equal_edges_do_not_raise_the_count():
    """Two weights of one size are two edges."""
    edges = [("A", 1.0), ("B", -1.0), ("C", 2.0), ("D", 1.0)]
    assert sorted([name for name, _ in choose(edges, 2)]) == ["A", "C"]
    assert len(choose([("A", 0.5)] * 256, 5)) == 5


def test_zero_or_a_count_too_large_chooses_all():
    """0 means all."""
    edges = [("A", 1.0), ("B", 2.0)]
    assert choose(edges, 0) == edges
    assert choose(edges, 3) == edges


def test_too_many_edges_are_cut_to_the_strongest():
    """No number of edges slows the page."""
    edges = [("E%d" % at, at - 500) for at in range(1000)]
    kept = choose(edges, 0)
    assert len(kept) == MOST
    assert min([abs(number) for _, number in kept]) == 500 - MOST // 2
