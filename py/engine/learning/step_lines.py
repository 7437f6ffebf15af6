"""Which lines of ``nn`` run in one step of learning, as Python reports them."""

import numpy as np

from engine import line_trace
from engine.offer import offered
from engine.session import session
from nn import learning, optimisers, scoring
from nn.network import Network

# The modules whose lines are traced, by the name that their code has for them.
FILES = {module.__file__: module.__name__.rpartition(".")[2] for module in (learning, optimisers)}


@offered
def step_lines(cost, optimiser):
    """Take one step with a copy of the network, and return the lines that ran: sorted, by module.

    The batch is what is on the pad, and the wanted digit the one that the network sees there. Both make no
    difference to which lines run. cost: a key of COSTS; optimiser: a key of OPTIMISERS.
    """
    W, b = ([array.copy() for array in arrays] for arrays in (session.network.W, session.network.b))
    network = Network(W, b, session.network.activation)
    chosen = optimisers.OPTIMISERS[optimiser](network)
    x = session.answer()["a"][: network.shape[0]].reshape(-1, 1)
    y = learning.targets(scoring.choices(network.feedforward(x)), network.shape[-1])
    ran = {name: set() for name in FILES.values()}

    def note(frame, event, _argument):
        if event == "line":
            ran[FILES[frame.f_code.co_filename]].add(frame.f_lineno)
        return note

    with line_trace.tracing(lambda frame, *_: note if frame.f_code.co_filename in FILES else None):
        _, gradient = learning.backpropagate(network, x, y, learning.COSTS[cost])
        chosen.step(gradient, 0.01)
    return {name: np.array(sorted(lines), np.int32) for name, lines in ran.items()}
