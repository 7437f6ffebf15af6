"""The building: all rooms, made together.

Public: ``build``.
"""

from page.diagram.bottom_sheet import Sheet
from page.diagram.edge_controls import Edges
from page.diagram.edge_picking import Picking
from page.pad.demo import Demo
from page.pad.test_digit import TestDigit
from page.panels.code.panel import Code
from page.panels.compare.panel import Compare
from page.panels.edit.changes import Changed
from page.panels.edit.panel import Dials
from page.panels.edit.score import Score
from page.panels.layer.panel import Matrix
from page.panels.neuron.brush import Brush
from page.panels.neuron.links import Links
from page.panels.neuron.neuron_controls import Hand
from page.panels.neuron.panel import Neuron
from page.printing import Paper


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
