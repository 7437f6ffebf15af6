"""Bars of the largest contributions, and the curve with the neuron's point on it."""

from support import close

from page.panels.neuron import contributions, curve


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


def point(markup):
    return numbers(markup, "cx")[0], numbers(markup, "cy")[0]


def test_the_point_is_half_way_up_where_the_sum_is_what_the_bias_asks_for():
    """A bias of −3 and a sum of 3: σ(0) is a half."""
    bottom = point(curve.draw(-30.0, -3.0, False))[1]
    top = point(curve.draw(30.0, -3.0, False))[1]
    assert abs(point(curve.draw(0.0, -3.0, False))[1] - (top + bottom) / 2) < 0.2


def test_a_higher_bias_moves_the_curve_and_the_point_up():
    """The same sum, a bias that asks for less."""
    low, high = point(curve.draw(1.0 - 2.0, -2.0, False)), point(curve.draw(1.0 + 2.0, 2.0, False))
    assert high[0] == low[0]
    assert high[1] < low[1]


def test_a_relu_is_flat_below_its_threshold():
    flat = point(curve.draw(-4.0, 0.0, True))[1]
    assert flat == point(curve.draw(-1.0, 0.0, True))[1]
    assert point(curve.draw(3.0, 0.0, True))[1] < flat
