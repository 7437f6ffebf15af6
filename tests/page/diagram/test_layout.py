"""Where things are on the board, on every size of screen."""

from support import close

from page.diagram.layout import ALWAYS, MOST, PIXELS, SHOWN, choose, tall, wide

SHAPE = (784, 16, 16, 10)

# None to three hidden layers of 1 to 128 neurons.
SHAPES = [
    (784, 10),
    (784, 1, 10),
    (784, 17, 10),
    (784, 64, 32, 10),
    (784, 3, 128, 7, 10),
    (784, 128, 128, 128, 10),
    (784, 1, 1, 1, 10),
    (784, 33, 31, 16, 10),
]

# Boards as they come out of phones, tablets, laptops and projectors, and of other networks.
BOARDS = [
    (wide, 700, 420, SHAPE),
    (wide, 1000, 520, SHAPE),
    (wide, 1900, 900, SHAPE),
    (wide, 1000, 520, (784, 10)),
    (wide, 1000, 520, (784, 32, 24, 16, 10)),
    (wide, 380, 300, SHAPE),
    (tall, 248, 372, SHAPE),
    (tall, 970, 1600, SHAPE),
    (tall, 328, 520, SHAPE),
    (tall, 360, 640, SHAPE),
    (tall, 699, 700, SHAPE),
]
for size in (
    (wide, 468, 304),
    (wide, 940, 660),
    (wide, 1900, 1000),
    (tall, 328, 420),
    (tall, 447, 660),
):
    BOARDS += [size + (shape,) for shape in SHAPES]


def boards():
    """List the size and shape of each board, with its layout."""
    return [(board[1:], board[0](*board[1:])) for board in BOARDS]


def sizes(plan):
    """Count the neurons of each layer."""
    return [len(layer) for layer in plan.layers]


def test_there_is_one_place_for_each_neuron_of_a_layer_that_fits():
    """The column stands for the input. A layer that does not fit gives up two places for dots."""
    for board, plan in boards():
        shape = board[2]
        assert sizes(plan)[0] == SHOWN
        for layer in range(1, len(shape)):
            fold = plan.folds[layer]
            assert (fold is None) == (sizes(plan)[layer] == shape[layer]), board
            assert fold is None or ALWAYS - 2 <= sizes(plan)[layer] < shape[layer], board
            assert fold or sizes(plan)[layer] <= MOST, board
        assert plan.folds[0] is plan.folds[-1] is None
        assert len(plan.radii) == len(plan.pitch) == len(shape)
        assert len(plan.dots) == 3


def test_everything_is_on_the_board():
    """Neither a neuron nor the input image is cut off."""
    for (width, height, _), plan in boards():
        for layer, radius in zip(plan.layers, plan.radii):
            for x, y in layer:
                assert radius <= x <= width - radius, (width, height, x)
                assert radius <= y <= height - radius, (width, height, y)
        left, top, side = plan.picture
        assert 0 <= left <= left + side <= width, (width, height)
        assert 0 <= top <= top + side <= height, (width, height)


def test_neurons_of_a_layer_do_not_touch():
    """Circles stay circles, however small the board is."""
    for board, plan in boards():
        for layer, radius in zip(plan.layers, plan.radii):
            for (x1, y1), (x2, y2) in zip(layer, layer[1:]):
                assert abs(x1 - x2) + abs(y1 - y2) > 2 * radius, board


def test_the_signal_runs_one_way():
    """Wide boards run from left to right, tall ones downwards; the picture comes first."""
    for board, plan in boards():
        along = 0 if plan.across else 1
        starts = [layer[0][along] for layer in plan.layers]
        assert starts == sorted(starts), board
        left, top, side = plan.picture
        assert (left, top)[along] + side < starts[0], board
        for layer in plan.layers:
            assert len({place[along] for place in layer}) == 1, board


def test_layers_are_evenly_spaced():
    """No gap between layers is wider than another: edges have the same room everywhere."""
    for board, plan in boards():
        starts = [layer[0][0 if plan.across else 1] for layer in plan.layers]
        steps = [after - before for before, after in zip(starts, starts[1:])]
        assert close(min(steps), max(steps), within=1e-6), board


def test_the_dots_are_before_between_and_after_the_shown_pixels():
    """Dots stand where pixels are left out: at both ends and between the two runs."""
    for board, plan in boards():
        across = 1 if plan.across else 0
        first, middle, last = [dot[across] for dot in plan.dots]
        column = [place[across] for place in plan.layers[0]]
        assert first < column[0], board
        assert column[SHOWN // 2 - 1] < middle < column[SHOWN // 2], board
        assert column[-1] < last, board


def test_a_phone_gets_the_tall_board_and_a_laptop_the_wide_one():
    """A phone on its side has room for the wide one, a tablet held upright has not."""
    assert not choose(360, 640, SHAPE).across
    assert not choose(700, 1100, SHAPE).across
    assert choose(1440, 600, SHAPE).across
    assert choose(700, 720, SHAPE).across
    assert choose(468, 304, SHAPE).across


def test_the_picture_begins_where_the_pad_does():
    """This holds for any size of the heading above the pad."""
    for way, width, height in ((wide, 1000, 700), (tall, 440, 700)):
        for top in (40.0, 97.0):
            assert way(width, height, SHAPE, top).picture[1] == top


def test_a_wide_network_hangs_from_the_height_of_its_picture_and_fills_the_board():
    """Its largest layer begins with the picture and ends where the board does."""
    for width, height in ((380, 300), (972, 700), (1240, 880)):
        plan = wide(width, height, SHAPE, 40.0)
        hidden, radius = plan.layers[1], plan.radii[1]
        assert close(hidden[0][1] - radius, 40.0, within=2)
        assert close(hidden[-1][1] + radius, height, within=6)


def test_every_neuron_is_the_nearest_to_its_own_place():
    """Whoever points at a neuron means that one."""
    for board, plan in boards():
        for layer in range(len(plan.layers)):
            for index in range(len(plan.layers[layer])):
                x, y = plan.layers[layer][index]
                assert plan.nearest(x + 1, y - 1, 24) == (layer, index), board


def test_a_point_out_of_reach_of_every_neuron_means_none():
    """Pointing at the empty board means no neuron."""
    plan = wide(1000, 520, SHAPE)
    x, y = plan.layers[1][0]
    assert plan.nearest(x - 50, y, 24) is None
    assert plan.nearest(x - 23, y, 24) == (1, 0)
    assert plan.nearest(x - 25, y, 24) is None


def test_a_point_of_the_picture_is_a_pixel():
    """The centre of each of the 784 finds it, and the corners are in the right places."""
    for board, plan in boards():
        left, top, side = plan.picture
        cell = side / PIXELS
        for row in range(PIXELS):
            for column in range(PIXELS):
                at = left + (column + 0.5) * cell, top + (row + 0.5) * cell
                assert plan.pixel(*at) == (row, column), board


def test_a_point_beside_the_picture_is_no_pixel():
    """Just outside is outside, on all four sides."""
    for board, plan in boards():
        left, top, side = plan.picture
        middle = side / 2
        for x, y in ((-1, middle), (side + 1, middle), (middle, -1), (middle, side + 1)):
            assert plan.pixel(left + x, top + y) is None, (board, x, y)


def test_the_frame_goes_round_its_output_and_no_other():
    """The winner is marked, not its neighbours."""
    for board, plan in boards():
        for winner in range(len(plan.layers[-1])):
            left, top, width, height = plan.frame(winner)
            inside = [
                index
                for index, (x, y) in enumerate(plan.layers[-1])
                if left <= x <= left + width and top <= y <= top + height
            ]
            assert inside == [winner], board


def numbers(path):
    """List the numbers of an SVG path."""
    for letter in "MmLlHhVvCcz":
        path = path.replace(letter, " ")
    return [float(word) for word in path.split()]


def test_the_bracket_frames_its_row_and_ends_at_the_column():
    """The row's frame moves with the row, by one cell of the picture."""
    for board, plan in boards():
        first, second = numbers(plan.bracket(10)), numbers(plan.bracket(11))
        cell = plan.picture[2] / PIXELS
        assert close(second[1] - first[1], cell, within=0.11), board
        assert first[0] < plan.picture[0], board
        assert all(0 <= number <= max(board[:2]) for number in first[-2:]), board


def test_the_dots_of_a_folded_layer_are_beside_its_circles():
    """In line with them, on the board, and clear of all circles."""
    for board, plan in boards():
        along, within = (0, 1) if plan.across else (1, 0)
        for layer, ends in enumerate(plan.folds):
            for turn, end in zip((-1, 1), ends or ()):
                places = plan.layers[layer]
                nearest = places[0] if turn < 0 else places[-1]
                assert end[along] == nearest[along], board
                assert turn * (end[within] - nearest[within]) > plan.radii[layer] + 6, board
                assert 5 <= end[0] <= plan.width - 5, board
                assert 5 <= end[1] <= plan.height - 5, board


def test_layers_of_sixteen_are_never_folded():
    """The networks that are shipped are drawn whole on every board."""
    for width in range(220, 2600, 140):
        for height in range(260, 1500, 124):
            assert choose(width, height, SHAPE).folds == [None] * 4
