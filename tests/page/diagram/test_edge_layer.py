"""The edges on the board: each gap shows the numbers of its own layer, and is left alone when they stay."""

import asyncio

import js
from support import network_info

from page.diagram import edge_layer, edge_paths
from page.diagram.edge_layer import Gaps
from page.diagram.layout import wide
from page.diagram.pixel_column import Column
from page.engine_client.replies import Network
from page.pad.ink import Ink
from page.state import State

SHAPE = (784, 3, 2)


class Group:
    """An SVG group that counts how often it is written."""

    def __init__(self):
        self.written = 0
        self._markup = ""

    @property
    def innerHTML(self):  # noqa: N802, the browser's name
        return self._markup

    @innerHTML.setter
    def innerHTML(self, markup):  # noqa: N802, the browser's name
        self._markup = markup
        self.written += 1


class Answer:
    """An answer in which neuron i of any layer holds (i % 5) / 4."""

    row = 14

    def activations(self, layer):
        return [self.activation(layer, index) for index in range(3)]

    def pixels(self, row):
        return [self.activation(0, row * 28 + column) for column in range(28)]

    def activation(self, layer, index):
        return index % 5 / 4


INFO = network_info("784-3-2-sigmoid")


class Dials:
    """A reply with dials that count upwards: W[0] row by row, b[0], W[1], b[1]."""

    source = "shipped"
    undo = redo = False
    changed = ()

    def __init__(self, **other):
        count = 784 * 3 + 3 + 3 * 2 + 2
        self.dials = js.Float32Array.new(count)
        for at in range(count):
            self.dials[at] = other.get("at%d" % at, at - 1000)


class Board:
    def __init__(self):
        self.state = State(Ink(js.Float32Array.new))
        self.state.network = Network(INFO, Dials())
        self.column = Column(self.state)
        self.gaps = Gaps(self.state, self.column)
        self.groups = [Group(), Group()]
        self.plan = wide(1000, 600, SHAPE)
        self.gaps.build(self.plan, self.groups)
        self.gaps.render()

    def written(self):
        return [group.written for group in self.groups]

    def expected(self, layer, number):
        """Write the edges of a gap by the rule: number(to, source) for each, all of them."""
        sources = self.column.pixels if layer == 1 else range(3)
        return edge_paths.paths(
            [
                (edge_paths.line(start, end), number(to, source))
                for to, end in enumerate(self.plan.layers[layer])
                for source, start in zip(sources, self.plan.layers[layer - 1])
            ]
        )


def first(to, source):
    return to * 784 + source - 1000


def second(to, source):
    return 784 * 3 + 3 + to * 3 + source - 1000


def flowing(weight):
    """Make the rule for what flows, in Answer, from that for weights."""
    return lambda to, source: weight(to, source) * (source % 5) / 4


async def until(condition):
    """Wait until condition() is true, four seconds at most."""
    for _ in range(400):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("not within four seconds")


def test_every_edge_shows_its_own_weight():
    """From the pixels of the column, and from the neurons of the layer before."""
    board = Board()
    assert board.groups[0].innerHTML == board.expected(1, first)
    assert board.groups[1].innerHTML == board.expected(2, second)


def test_a_bias_is_no_edge():
    """Turning one leaves every gap as it is."""
    board = Board()
    board.state.network = Network(INFO, Dials(at2352=7, at2362=7))
    board.gaps.render()
    assert board.written() == [1, 1]


def test_a_weight_is_drawn_in_its_own_gap_alone():
    """Also one that belongs to no pixel of the column is none of the second gap's."""
    board = Board()
    board.state.network = Network(INFO, Dials(at2356=7))
    board.gaps.render()
    assert board.written() == [1, 2]
    board.state.network = Network(INFO, Dials(**{"at%d" % board.column.pixels[3]: 7}))
    board.gaps.render()
    assert board.written() == [2, 3]


def test_other_pixels_have_other_weights():
    """The column moves to where the ink is; two runs of it leave out what lies between."""
    board = Board()
    board.column.row = 3
    board.column.columns = [2, 3, 4, 5, 6, 7, 20, 21, 22, 23, 24, 25]
    board.gaps.render()
    assert board.groups[0].innerHTML == board.expected(1, first)
    assert board.written() == [2, 1]


def test_what_flows_is_weight_times_activation():
    """Of the neuron that the edge comes from. Through what is dark flows nothing."""
    board = Board()
    board.state.flowing = True
    board.gaps.render()
    assert board.groups[1].innerHTML == ""
    board.state.answer = Answer()
    board.gaps.render()
    assert board.groups[0].innerHTML == board.expected(1, flowing(first))
    assert board.groups[1].innerHTML == board.expected(2, flowing(second))


def test_so_many_of_the_strongest_of_each_gap():
    """The largest weights are those of the last neurons here."""
    board = Board()
    board.state.strongest = 2
    board.gaps.render()
    for group in board.groups:
        assert group.innerHTML.count("L") == 2


def test_an_answer_changes_no_weight():
    """Only what flows follows the drawing."""
    board = Board()
    board.state.answer = Answer()
    board.gaps.render()
    assert board.written() == [1, 1]


async def test_while_one_draws_what_flows_is_drawn_now_and_then():
    """The pen comes first; but the last answer is never left out, whether the pen rests or is lifted."""
    edge_layer.PERIOD = 700
    board = Board()
    board.state.flowing = True
    board.state.watch(board.gaps.render)
    board.state.ink.begin(1, 1)
    board.state.change(answer=Answer())
    before = board.written()[1]
    for _ in range(5):
        board.state.change(answer=Answer())
    assert board.written()[1] == before
    all_lit = Answer()
    all_lit.activation = lambda layer, index: 1.0
    board.state.change(answer=all_lit)
    await until(lambda: board.groups[1].innerHTML == board.expected(2, second))
    assert board.written()[1] == before + 1
    board.state.change(answer=Answer())
    board.state.ink.end()
    board.state.changed()
    assert board.groups[1].innerHTML == board.expected(2, flowing(second))
