"""The edges on the board: each gap shows its own layer, and is redrawn only when that changes."""

import asyncio

import js
from support import network_info

from page.diagram import edge_layer, edge_paths
from page.diagram.edge_layer import EdgeLayer
from page.diagram.folds import Folds
from page.diagram.layout import wide
from page.diagram.pixel_column import PixelColumn
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
    """An answer in which the activation of neuron i in any layer is (i % 5) / 4."""

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
    changed = js.Uint8Array.new(5)

    def __init__(self, **other):
        count = 784 * 3 + 3 + 3 * 2 + 2
        self.dials = js.Float32Array.new(count)
        for at in range(count):
            self.dials[at] = other.get("at%d" % at, at - 1000)


class Board:
    def __init__(self):
        self.state = State(Ink(js.Float32Array.new))
        self.state.network = Network(INFO, Dials())
        self.column = PixelColumn(self.state)
        self.plan = wide(1000, 600, SHAPE)
        folds = Folds(self.state, self.column)
        folds.build(self.plan, SHAPE)
        self.edges = EdgeLayer(self.state, self.column, folds)
        self.groups = [Group(), Group()]
        self.edges.build(self.plan, self.groups)
        while not self.edges.ready:
            self.edges.render()
        self.edges.render()

    def written(self):
        return [group.written for group in self.groups]

    def expected(self, layer, number):
        """Write all edges of a gap; number(to, source) is what each shows."""
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
    """Return what flows through each edge in Answer, given its weight."""
    return lambda to, source: weight(to, source) * (source % 5) / 4


def test_a_folded_layer_shows_the_edges_of_its_run():
    """Those between the neurons that have circles now, and no others."""
    board = Board()
    shown = {1: [1, 2], 2: [1]}
    board.edges._folds.firsts = (0, 1, 1)
    board.edges._folds._drawn = [12, 2, 1]
    board.plan.layers[1:] = [board.plan.layers[1][:2], board.plan.layers[2][:1]]
    board.edges.build(board.plan, board.groups)
    while not board.edges.ready:
        board.edges.render()
    board.edges.render()
    for layer, number in ((1, first), (2, second)):
        sources = board.column.pixels if layer == 1 else shown[1]
        edges = [
            (edge_paths.line(start, end), number(to, source))
            for to, end in zip(shown[layer], board.plan.layers[layer])
            for source, start in zip(sources, board.plan.layers[layer - 1])
        ]
        assert board.groups[layer - 1].innerHTML == edge_paths.paths(edges)
    assert [number for _, number in board.edges.of(2, 0)] == [second(1, 1), second(1, 2)]


def test_of_many_edges_some_are_drawn_in_the_next_frame():
    """In turn, so that a slow device draws all of them while a network learns."""
    enough, edge_layer.ENOUGH = edge_layer.ENOUGH, 5
    board, calls = Board(), []
    board.state.watch(lambda: calls.append(1))
    try:
        for step in range(1, 5):
            changes = {"at%d" % board.column.pixels[0]: step, "at2355": step}
            board.state.network = Network(INFO, Dials(**changes))
            board.edges.render()
            assert sum(board.written()) == 2 + step
            assert len(calls) == step
        assert board.written() == [3, 3]
        board.edges.render()
        assert sum(board.written()) == 7
        assert board.edges.of(2, 0)[0][1] == 4
    finally:
        edge_layer.ENOUGH = enough


async def until(condition):
    """Wait until condition() is true, four seconds at most."""
    for _ in range(400):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("not within four seconds")


def test_every_edge_shows_its_own_weight():
    """Edges come from the pixels of the column, and from the neurons of the layer before."""
    board = Board()
    assert board.groups[0].innerHTML == board.expected(1, first)
    assert board.groups[1].innerHTML == board.expected(2, second)


def test_a_new_bias_redraws_nothing():
    """Edges show weights only."""
    board = Board()
    board.state.network = Network(INFO, Dials(at2352=7, at2362=7))
    board.edges.render()
    assert board.written() == [1, 1]


def test_a_new_weight_redraws_only_its_own_gap():
    """A weight between hidden layers belongs to the second gap, one from a shown pixel to the first."""
    board = Board()
    board.state.network = Network(INFO, Dials(at2356=7))
    board.edges.render()
    assert board.written() == [1, 2]
    board.state.network = Network(INFO, Dials(**{"at%d" % board.column.pixels[3]: 7}))
    board.edges.render()
    assert board.written() == [2, 3]


def test_other_pixels_have_other_weights():
    """The column follows the ink. Pixels between its two runs are not shown."""
    board = Board()
    board.column.row = 3
    board.column.columns = [2, 3, 4, 5, 6, 7, 20, 21, 22, 23, 24, 25]
    board.edges.render()
    assert board.groups[0].innerHTML == board.expected(1, first)
    assert board.written() == [2, 1]


def test_what_flows_is_weight_times_activation():
    """The activation is that of the edge's source. Nothing flows from a dark neuron."""
    board = Board()
    board.state.flowing = True
    board.edges.render()
    assert board.groups[1].innerHTML == ""
    board.state.answer = Answer()
    board.edges.render()
    assert board.groups[0].innerHTML == board.expected(1, flowing(first))
    assert board.groups[1].innerHTML == board.expected(2, flowing(second))


def test_each_gap_shows_as_many_of_the_strongest_as_chosen():
    """Two edges are left in each gap."""
    board = Board()
    board.state.strongest = 2
    board.edges.render()
    for group in board.groups:
        assert group.innerHTML.count("L") == 2


def test_an_answer_redraws_no_weights():
    """Only the flow depends on the drawing."""
    board = Board()
    board.state.answer = Answer()
    board.edges.render()
    assert board.written() == [1, 1]


async def test_the_flow_is_redrawn_only_now_and_then_while_the_pen_is_down():
    """The pen comes first. The last answer is always shown, whether the pen rests or is lifted."""
    edge_layer.PERIOD = 700
    board = Board()
    board.state.flowing = True
    board.state.watch(board.edges.render)
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
