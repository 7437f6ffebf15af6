"""The layers of a compared network: every circle and number shows its neuron's activation."""

from page.panels.compare.layers import MANY, RADIUS, WIDTH, Layers, height

SHAPE = [784, 16, 10]
A = [index / 10 for index in range(26)]


def attributes(markup, tag, name):
    """List one attribute of each element of a kind."""
    parts = [part.split(">")[0] for part in markup.split("<" + tag + " ")[1:]]
    return [part.split(name + '="')[1].split('"')[0] for part in parts if name + '="' in part]


def test_a_circle_is_as_bright_as_its_neuron_but_no_brighter_than_white():
    """Every neuron has one, in order."""
    drawn = Layers(SHAPE).draw(A, "3")
    names = ["%d:%d" % (1 + (i > 15), i % 16) for i in range(26)]
    assert attributes(drawn, "circle", "data-of") == names
    assert attributes(drawn, "circle", "data-a") == ["%.4f" % a for a in A]
    fills = ["rgb(%d,%d,%d)" % ((round(255 * min(a, 1)),) * 3) for a in A]
    assert attributes(drawn, "circle", "fill") == fills


def test_numbers_and_the_answer_are_written_below_the_circles():
    """Only an activation above 1 is marked, and only the answer's digit."""
    drawn = Layers(SHAPE).draw(A, "3")
    classes = attributes(drawn, "text", "class")
    assert classes.count("value over") == 15
    assert classes.count("value") == 11
    assert classes.count("digit won") == 1
    assert '>1.90</text><text class="digit won"' in drawn
    assert classes.count("digit") == 9
    assert "won" not in Layers(SHAPE).draw(A, "")


def test_circles_do_not_touch():
    """Not even the ten outputs in their line."""
    drawn = Layers([784, 16, 16, 10]).draw(A + A[:16], "")
    xs, ys = ([float(x) for x in attributes(drawn, "circle", name)] for name in ("cx", "cy"))
    places = list(zip(xs, ys))
    assert len(places) == 42
    for i, (x, y) in enumerate(places):
        assert RADIUS < x < WIDTH - RADIUS
        for u, v in places[:i]:
            assert (x - u) ** 2 + (y - v) ** 2 > (2 * RADIUS + 2) ** 2


def test_any_shape_is_drawn_within_the_drawing():
    """From no hidden layer to three of 128: a circle for each neuron, and numbers where there is room."""
    for shape in ([784, 10], [784, 1, 10], [784, 128, 33, 32, 10], [784, 128, 128, 128, 10]):
        count = sum(shape[1:])
        drawn = Layers(shape).draw([0.5] * count, "1")
        xs, ys, radii = (
            [float(x) for x in attributes(drawn, "circle", name)] for name in ("cx", "cy", "r")
        )
        assert len(xs) == count
        assert attributes(drawn, "text", "class").count("value") == sum(
            [size for size in shape[1:] if size <= MANY]
        )
        assert max([y + r for y, r in zip(ys, radii)]) < height(shape)
        places = list(zip(xs, ys, radii))
        for i, (x, y, r) in enumerate(places):
            assert r < x < WIDTH - r
            for u, v, s in places[max(0, i - 40) : i]:
                assert (x - u) ** 2 + (y - v) ** 2 > (r + s + 1) ** 2


def test_every_activation_is_described():
    """Layer by layer."""
    said = Layers(SHAPE).describe(A)
    assert said.startswith("Hidden layer 1: 0.00, 0.10,")
    assert "Outputs 0 to 9: 1.60," in said
    for a in A:
        assert "%.2f" % a in said
