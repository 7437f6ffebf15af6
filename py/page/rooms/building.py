"""The building: all rooms, made together.

Public: ``build``.
"""

from page.rooms.brush import Brush
from page.rooms.changed import Changed
from page.rooms.code import Code
from page.rooms.compare import Compare
from page.rooms.dials import Dials
from page.rooms.edges import Edges
from page.rooms.hand import Hand
from page.rooms.links import Links
from page.rooms.matrix import Matrix
from page.rooms.neuron import Neuron
from page.rooms.picking import Picking
from page.rooms.score import Score
from page.rooms.sheet import Sheet
from page.rooms.testdigit import TestDigit


def build(state, worker, turning, diagram):
    """Make every room. The list is in the order in which they are rendered."""
    Picking(state, diagram)
    return [
        TestDigit(state, worker),
        Edges(state),
        Neuron(state, worker),
        Links(state, diagram),
        Hand(state, turning),
        Brush(state, turning),
        Changed(state, turning),
        Dials(state, turning),
        Score(state, worker),
        Sheet(state, diagram),
        Compare(state, worker),
        Matrix(state, worker),
        Code(state, worker),
    ]
