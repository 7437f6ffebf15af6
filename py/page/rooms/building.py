"""The building: all rooms, made together.

Public: ``build``.
"""

from page.rooms.brush import Brush
from page.rooms.changed import Changed
from page.rooms.code import Code
from page.rooms.compare import Compare
from page.rooms.demo import Demo
from page.rooms.dials import Dials
from page.rooms.edges import Edges
from page.rooms.hand import Hand
from page.rooms.links import Links
from page.rooms.matrix import Matrix
from page.rooms.neuron import Neuron
from page.rooms.paper import Paper
from page.rooms.picking import Picking
from page.rooms.score import Score
from page.rooms.sheet import Sheet
from page.rooms.testdigit import TestDigit


def build(state, worker, turning, diagram, pad):
    """Make every room, one at a time, in the order in which they are rendered."""
    Picking(state, diagram)
    yield TestDigit(state, worker)
    yield Edges(state)
    neuron = Neuron(state, worker)
    yield neuron
    Paper(neuron)
    yield Links(state, diagram)
    yield Hand(state, turning)
    yield Brush(state, turning)
    yield Changed(state, turning)
    yield Dials(state, turning)
    yield Score(state, worker)
    yield Sheet(state, diagram)
    yield Compare(state, worker)
    yield Matrix(state, worker)
    yield Code(state, worker)
    yield Demo(state, pad)
