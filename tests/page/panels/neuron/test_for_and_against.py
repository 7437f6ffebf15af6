"""What speaks for and against a digit: the rounded numbers add up."""

from page.panels.neuron import for_and_against


class Side:
    """Sums whose roundings do not add up by themselves: 8.314, −3.016 and −1.196 make 4.102."""

    index = 3
    a = 0.983
    z = 4.102
    bias = -1.196
    positive = 8.314
    negative = -3.016
    sources = (4, 1)
    products = (8.31, -3.02)


class Rival(Side):
    index = 5
    z = -2.0
    a = 0.12
    negative = 0.0
    sources = (2,)
    products = (1.5,)


def test_the_total_adds_up():
    assert for_and_against.total(Side) == "for +8.32, against −3.02, bias −1.20 = 4.10"


def test_only_the_neurons_own_products_are_linked_to_edges():
    """The rival's sources belong to other edges."""
    markup = for_and_against.draw([Side, Rival], 3)
    assert markup.count("data-source=") == 2
    assert 'data-source="2:4"' in markup
    assert "neuron 5" in markup


def test_a_side_that_nothing_speaks_against_says_so():
    own, rival = for_and_against.draw([Side, Rival], 3).split('<div class="side">')[1:]
    assert "nothing" not in own
    assert "nothing" in rival


def test_the_winner_is_named():
    assert "the brightest: 0.98" in for_and_against.draw([Side, Rival], 3)
    lost = for_and_against.draw([Rival, Side], 3)
    assert lost.find("in view") < lost.find("the brightest")


def test_without_hidden_layers_pixels_speak():
    """They have rows and columns."""
    markup = for_and_against.draw([Side, Rival], 1)
    assert 'data-source="0:4"' in markup
    assert "row 0, column 4" in markup
    assert "neuron" not in markup
