"""Tracing: which lines of ``nn`` run while an input goes through a network, as Python itself tells.

Public: ``lines`` and ``FILES``. They are watched once for a network: numbers change, lines do not.
"""

import sys

from nn.activations import sigmoid
from nn.network import Network

# The files whose lines are watched, by the name that their code knows them by.
FILES = {
    Network.trace.__code__.co_filename: "network",
    sigmoid.__code__.co_filename: "activations",
}


def lines(watched, a):
    """List the lines that ran for each layer: a list of {module: sorted line numbers}.

    The first is of the input, before there is a weighted sum; then comes each layer after it.
    """
    ran = [{name: set() for name in FILES.values()} for _ in watched.shape]
    began = []

    def step(frame, event, _argument):
        if frame.f_code is Network.trace.__code__:
            # ``trace`` there has the input's activations from the start, and one layer's more each round.
            began[:] = [len(frame.f_locals["trace"].a)] if "trace" in frame.f_locals else [0]
        if event == "line":
            # What is left after the last round, to return all of it, counts as the outputs'.
            layer = min(began[0], len(ran) - 1)
            ran[layer][FILES[frame.f_code.co_filename]].add(frame.f_lineno)
        return step

    def enter(frame, _event, _argument):
        return step if frame.f_code.co_filename in FILES else None

    before = sys.gettrace()
    sys.settrace(enter)
    try:
        watched.trace(a)
    finally:
        sys.settrace(before)
    return [{name: sorted(numbers) for name, numbers in layer.items()} for layer in ran]
