"""Folded layers: which neurons the circles show, and how all others are reached."""

from support import network_info

from page.diagram.folds import Folds
from page.diagram.layout import tall, wide
from page.diagram.pixel_column import PixelColumn
from page.state import State

SHAPE = [784, 128, 17, 3, 10]


class Ink:
    """A pad on which nobody draws."""

    drawing = False


def folded(plan=None, shape=SHAPE):
    """Make the folds of a phone's board, and the state that they follow."""
    state = State(Ink())
    state.network = network_info("784-128-17-3-10-sigmoid")
    folds = Folds(state, PixelColumn(state))
    folds.build(plan or tall(328, 420, shape), shape)
    return folds, state


def test_a_run_begins_with_the_first_neuron():
    """Layers that fit are whole, and the column shows its pixels."""
    folds, _ = folded()
    assert folds.firsts == (0, 0, 0, 0, 0)
    assert list(folds.shown(1)) == list(range(14))
    assert list(folds.shown(2)) == list(range(14))
    assert list(folds.shown(3)) == [0, 1, 2]
    assert len(list(folds.shown(4))) == 10
    assert len(folds.shown(0)) == 12


def test_every_neuron_can_be_shown():
    """The run moves no further than it has to."""
    folds, _ = folded()
    for layer in (1, 2, 3):
        for index in list(range(SHAPE[layer])) + list(range(SHAPE[layer] - 1, -1, -1)):
            before = folds.firsts[layer]
            folds.show((layer, index))
            assert list(folds.shown(layer))[folds.place((layer, index))] == index
            assert abs(folds.firsts[layer] - before) <= 1


def test_the_dots_turn_from_run_to_run_until_the_end():
    """No neuron is left out on the way, and the last run is full."""
    folds, _ = folded()
    seen = set(folds.shown(1))
    while folds.firsts[1] < 114:
        folds.turn(1, 1)
        seen.update(folds.shown(1))
    assert seen == set(range(128))
    assert len(list(folds.shown(1))) == 14
    folds.turn(1, -1)
    assert folds.firsts[1] == 100
    for _ in range(9):
        folds.turn(1, -1)
    assert folds.firsts[1] == 0


def test_the_neurons_pointed_at_are_shown_once():
    """So are both ends of an edge. Afterwards the dots may turn them away."""
    folds, state = folded()
    state.change(looked=(2, 16), linked=(1, 77))
    folds.follow()
    assert 77 in folds.shown(1)
    assert 16 in folds.shown(2)
    folds.turn(1, -1)
    folds.follow()
    assert 77 not in folds.shown(1)
    state.point((0, 5))
    folds.follow()
    assert 77 not in folds.shown(1)
    state.point((1, 100))
    folds.follow()
    assert 100 in folds.shown(1)


def test_the_dots_stand_for_neurons_without_a_circle():
    """An edge from one of these begins at them."""
    plan = tall(328, 420, SHAPE)
    folds, _ = folded(plan)
    folds.show((1, 60))
    assert folds.place((1, 20)) is None
    assert folds.end((1, 20)) == plan.folds[1][0]
    assert folds.end((1, 90)) == plan.folds[1][1]


def test_a_run_stays_when_the_board_changes_as_far_as_it_exists():
    """A wider board shows more neurons, another network may have fewer."""
    folds, _ = folded()
    folds.show((1, 127))
    folds.build(wide(1000, 660, SHAPE), SHAPE)
    assert 127 in folds.shown(1)
    assert len(list(folds.shown(1))) > 14
    folds.build(tall(328, 420, [784, 20, 10]), [784, 20, 10])
    assert list(folds.shown(1)) == list(range(6, 20))
    folds.build(tall(328, 420, [784, 10]), [784, 10])
    assert list(folds.shown(1)) == list(range(10))
