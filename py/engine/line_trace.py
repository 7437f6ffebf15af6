"""The line trace: which lines of ``nn`` run while an input goes through a network, as Python reports them."""

import sys
from contextlib import contextmanager

from nn.activations import sigmoid
from nn.network import Network

# The files whose lines are traced, by the name that their code has for them.
FILES = {
    Network.trace.__code__.co_filename: "network",
    sigmoid.__code__.co_filename: "activations",
}


def lines(watched, a):
    """List the lines that ran for each layer: a list of {module: sorted line numbers}.

    The first entry is for the input, before there is a weighted sum; one for each later layer follows.
    """
    ran = [{name: set() for name in FILES.values()} for _ in watched.shape]
    began = []

    def step(frame, event, _argument):
        if frame.f_code is Network.trace.__code__:
            # Its ``trace`` starts with the input's activations, and gains one layer each round.
            began[:] = [len(frame.f_locals["trace"].a)] if "trace" in frame.f_locals else [0]
        if event == "line":
            # The lines after the last round count as the output layer's.
            layer = min(began[0], len(ran) - 1)
            ran[layer][FILES[frame.f_code.co_filename]].add(frame.f_lineno)
        return step

    def enter(frame, _event, _argument):
        return step if frame.f_code.co_filename in FILES else None

    with tracing(enter):
        watched.trace(a)
    return [{name: sorted(numbers) for name, numbers in layer.items()} for layer in ran]


@contextmanager
def tracing(enter):
    """Have Python call a trace function (see ``sys.settrace``) for a while, then the earlier one."""
    before = sys.gettrace()
    sys.settrace(enter)
    try:
        yield
    finally:
        sys.settrace(before)
