"""The curve of an activation function, with a dot for each neuron."""

from math import exp

from page.widgets.activation_curve import HEADROOM, HEIGHT, WIDTH, draw, draw_neuron, reach_of

SUMS = [-15.0, -3.0, -0.5, 0.0, 2.0, 7.5]


def attribute(text, name):
    """Read an attribute of the first element in the text."""
    return text.split(' %s="' % name)[1].split('"')[0]


def curve(markup):
    """List the points of the curve."""
    line = attribute(markup[markup.index('<path class="curve"') :], "d")
    return [tuple([float(part) for part in point.split()]) for point in line[1:].split("L")]


def dots(markup):
    """List the middles of the dots."""
    circles = markup.split("<circle")[1:]
    return [(float(attribute(each, "cx")), float(attribute(each, "cy"))) for each in circles]


def labels(markup):
    """List the numbers below the axis."""
    return [each.split(">")[1].split("<")[0] for each in markup.split("<text")[1:]]


def test_dots_are_where_the_function_puts_them():
    """A dot's height is the activation for its sum, worked out here once more."""
    for relu in (False, True):
        found = dots(draw(SUMS, relu, 360.0))
        assert len(found) == len(SUMS)
        for s, (x, y) in zip(SUMS, found):
            share = max(0.0, s) / 16 if relu else 1 / (1 + exp(-s))
            assert abs(x - (s + 16) / 32 * 360) < 0.06
            assert abs(y - (HEIGHT - share * (HEIGHT - HEADROOM))) < 0.06


def test_dots_are_on_the_curve():
    """Each dot is between two points of the curve, and near the line that joins them."""
    for relu in (False, True):
        markup = draw(SUMS, relu)
        points = curve(markup)
        for x, y in dots(markup):
            [(start, end)] = [
                pair for pair in zip(points, points[1:]) if pair[0][0] <= x < pair[1][0]
            ]
            share = (x - start[0]) / (end[0] - start[0])
            assert abs(y - (start[1] + share * (end[1] - start[1]))) < 1.5


def test_the_axis_reaches_every_neuron():
    """Its reach is doubled until the furthest sum is on it."""
    ends = [labels(draw([-furthest], True)) for furthest in (1, 7.9, 8.1, 33)]
    assert ends == [["−%d" % reach, "0", "%d" % reach] for reach in (8, 8, 16, 64)]
    assert reach_of([]) == 8


def test_a_sigmoid_is_drawn_for_any_sum():
    """Typed weights reach 1,000 each, and e^5000 overflows."""
    heights = [y for _, y in curve(draw([-5000.0], False))]
    assert heights == sorted(heights, reverse=True)
    assert heights[0] == HEIGHT
    assert heights[-1] == HEADROOM


def test_a_curve_drawn_before_does_not_stand_in_for_another():
    """What was drawn last is reused only for the same function, reach, width and bias."""
    for arguments in ((3.0, -2.0), (3.0, 2.0), (30.0, 2.0)):
        first = draw_neuron(arguments[0], arguments[1], False)
        draw_neuron(1.0, 0.0, True)
        draw(SUMS, False)
        draw_neuron(0.0, 5.0, False)
        assert draw_neuron(arguments[0], arguments[1], False) == first


def test_the_bias_moves_the_curve_of_a_neuron():
    """Half-way up is at a sum of −bias, where the threshold is."""
    markup = draw_neuron(z=-1.0, bias=-4.0, relu=False)
    [(x, y)] = dots(markup)
    assert abs(x - (3 + 8) / 16 * WIDTH) < 0.06
    assert abs(y - (HEIGHT - (HEIGHT - HEADROOM) / (1 + exp(1)))) < 0.06
    threshold = attribute(markup[markup.index('<path class="threshold"') :], "d")
    assert threshold.startswith("M%.1f 0V" % ((4 + 8) / 16 * WIDTH))


def test_a_relu_is_flat_below_its_threshold():
    """There the dot stays on the axis; above it, it rises."""
    heights = [dots(draw_neuron(z, 0.0, True))[0][1] for z in (-4.0, -1.0, 3.0)]
    assert heights[0] == heights[1] == HEIGHT
    assert heights[2] < HEIGHT
