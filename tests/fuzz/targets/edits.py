"""Fuzz edits of a network: whatever the page asks for is done and can be undone, or is refused."""

import numpy as np
from hypothesis import strategies as st

from engine import edits
from engine.session import Session
from nn.network import Network
from targets.target import Target, attempt

SHAPES = [(784, 3, 4, 10), (5, 4, 3, 2), (784, 10)]
NUMBERS = st.one_of(
    st.integers(-2, 12),
    st.floats(-3, 30),
    st.floats(),
    st.sampled_from([0.0, -0.0, 3.4e38, -3.4e38, 1e39, 2**63, True]),
    st.sampled_from([400, 5000]).map(lambda power: -(10**power)),
)
# What can come from JavaScript: numbers, strings, null, and lists and objects of them.
ANYTHING = st.recursive(
    st.one_of(NUMBERS, NUMBERS, NUMBERS, st.none(), st.text(max_size=4), st.binary(max_size=2)),
    lambda some: st.one_of(
        st.lists(some, max_size=4), st.dictionaries(st.text(max_size=2), some, max_size=2)
    ),
    max_leaves=6,
)
ACTIONS = [*edits.DRAGGED, *edits.DONE]


@st.composite
def steps(draw):
    """Make an action, its arguments, mostly valid, and a gesture."""
    action = draw(st.sampled_from(ACTIONS))
    layer, index = st.integers(1, 3), st.integers(0, 3)
    wanted = {
        "bias": [layer, index, NUMBERS],
        "weight": [layer, index, index, NUMBERS],
        "paint": [layer, index, NUMBERS, st.floats(0, 9), st.floats(0, 1), NUMBERS, NUMBERS] * 1
        + [st.floats(0, 28)] * draw(st.sampled_from([0, 1, 2, 2, 4])),
        "edge": [layer, index],
        "hold": [layer, index, NUMBERS],
        "flip": [layer, index],
        "swap": [layer, index, index],
        "noise": [layer, NUMBERS],
        "zero": [layer],
        "prune": [layer, st.floats(-0.1, 1.1)],
        "put back": draw(st.sampled_from([[], [layer], [layer, index]])),
    }.get(action, [])
    arguments = [draw(argument) for argument in wanted]
    spoil = draw(st.integers(0, 7))
    if spoil == 0 and arguments:
        arguments[draw(st.integers(0, len(arguments) - 1))] = draw(ANYTHING)
    elif spoil == 1:
        arguments.append(draw(ANYTHING))
    elif spoil == 2 and arguments:
        arguments.pop()
    elif spoil == 3:
        action = draw(ANYTHING)
    gesture = draw(st.sampled_from(["", "", "drag", "stroke"]))
    return action, arguments, gesture


@st.composite
def cases(draw):
    """Make a network and a few edits."""
    seed = draw(st.integers(0, 9))
    activation = draw(st.sampled_from(["sigmoid", "relu"]))
    return draw(st.sampled_from(SHAPES)), activation, seed, draw(st.lists(steps(), max_size=8))


def promise(case):
    """Each edit can be undone bit for bit, or changes nothing, perhaps with an error message."""
    shape, activation, seed, sequence = case
    session = Session()
    session.open("n", Network.random(shape, activation, np.random.default_rng(seed)))
    session.use("n")
    before = first = bits(session.network)
    for action, arguments, gesture in sequence:
        could = session.dials.can_undo, session.dials.can_redo
        done = attempt(
            lambda a=action, b=arguments, c=gesture: turn(session, a, b, c), SUBJECTS, 20
        )
        now = bits(session.network)
        if done is None:
            assert now == before
            assert could == (session.dials.can_undo, session.dials.can_redo)
        assert session.network.shape == shape
        assert session.network.activation == activation
        for array in (*session.network.W, *session.network.b):
            assert array.dtype == np.float32
            assert np.isfinite(array).all()
        before = now
    last = before
    states = [last]
    while session.dials.can_undo:
        session.edit("undo", [], "")
        assert bits(session.network) != states[-1]
        states.append(bits(session.network))
    assert states[-1] == first
    for state in states[-2::-1]:
        session.edit("redo", [], "")
        assert bits(session.network) == state
    while session.dials.can_redo:
        session.edit("redo", [], "")


def turn(session, action, arguments, gesture):
    """Make an edit, and return True when it is done."""
    session.edit(action, arguments, gesture)
    return True


def bits(network):
    """Return every array's bytes."""
    return [array.tobytes() for array in (*network.W, *network.b)]


SUBJECTS = (
    r"'|(layer|index|source|value|cover|weights|activation|share|size|column|row|radius|softness) |"
    r"a weight or bias would be|share (of noise|to prune) is|places|a place to paint "
)

TARGET = Target("edits", cases(), promise, 200)
