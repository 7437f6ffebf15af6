"""The bars of the largest contributions."""

from support import close

from page.panels.neuron import contributions


class Terms:
    neuron = (1, 4)
    products = (2.0, -1.0, 0.5)
    sources = (30, 28, 1)
    strongest = 2.0


def drawn():
    """All bars in one string."""
    return "".join([markup for _, markup in contributions.draw(Terms)])


def numbers(markup, name):
    """Every value of an attribute."""
    return [float(part.split('"')[0]) for part in markup.split(' %s="' % name)[1:]]


def test_a_bar_is_as_long_as_its_product():
    one, other, third = numbers(drawn(), "width")
    assert close(one, 2 * other, 0.11)
    assert close(other, 2 * third, 0.11)


def test_positive_bars_begin_where_negative_ones_end():
    markup = drawn()
    rects = markup.split("<rect ")[1:]
    lefts = [numbers(" " + rect, "x")[0] for rect in rects]
    widths = [numbers(" " + rect, "width")[0] for rect in rects]
    assert lefts[0] == lefts[2]
    assert lefts[1] + widths[1] == lefts[0]
    assert markup.count('class="negative"') == 1


def test_a_bar_names_the_neuron_it_comes_from():
    first, second, _ = contributions.draw(Terms)
    assert first[0] == "0:30"
    assert "row 1, column 2" in first[1]
    assert "+2.00" in first[1]
    assert second[0] == "0:28"
    assert "−1.00" in second[1]
