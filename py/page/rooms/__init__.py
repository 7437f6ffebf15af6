"""The rooms below the network: what explains it and lets it be changed, one module a room.

Public: ``build``. A room is a view like any other; it shows the state, and leaves what is closed alone.
"""

from page.rooms.neuron import Neuron


def build(state, worker):
    """Make every room. The list is in the order in which they are rendered."""
    return [Neuron(state, worker)]
