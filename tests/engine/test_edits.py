"""Edits in a session: what the page asks for by name becomes a change of the network."""

import numpy as np
import pytest

from datasets.test_digits import Digits
from engine import edits, replies
from engine.session import TESTED, Session
from nn import scoring
from nn.network import Network

STROKE = np.array([[10, 10], [40, 12], [20, 60]], float)
SHAPE = (784, 6, 5, 10)
NAME = "784-6-5-10-sigmoid"
CODES = ("invalid", "out-of-range", "too-large")


def opened(edited=None):
    """Make a session that uses one network, always the same, with a stroke on the pad."""
    session = Session()
    session.open(NAME, Network.random(SHAPE, "sigmoid", np.random.default_rng(1)), edited)
    session.use(NAME)
    session.look_at([STROKE], True)
    return session


@pytest.fixture
def session():
    return opened()


@pytest.fixture
def tested(session):
    """A session with more test digits than are used: boxes at random places, with random labels."""
    rng = np.random.default_rng(3)
    pictures = np.zeros((TESTED + 30, 28, 28), np.uint8)
    for picture in pictures:
        (top, left), (height, width) = rng.integers(0, 14, 2), rng.integers(2, 14, 2)
        picture[top : top + height, left : left + width] = 255
    session.digits = Digits(pictures, rng.integers(0, 10, TESTED + 30).astype(np.uint8))
    # A random network with hidden layers would choose the same digit for all.
    session.open("flat", Network.random((784, 10), "sigmoid", rng))
    session.use("flat")
    return session


def bits(network):
    return [array.tobytes() for array in (*network.W, *network.b)]


def test_a_bias_and_a_weight_are_set(session):
    session.edit("bias", [2, 3, -10.0], "")
    session.edit("weight", [1, 4, 700, 0.125], "")
    W, b = (
        [array.copy() for array in arrays]
        for arrays in (session.dials.original.W, session.dials.original.b)
    )
    b[1][3, 0], W[0][4, 700] = -10, 0.125
    assert bits(session.network) == bits(Network(W, b))


def test_one_drag_is_one_step_of_undo(session):
    before = bits(session.network)
    for value in (0.5, 1.0, 1.5):
        session.edit("bias", [1, 0, value], "gesture 1")
    session.edit("bias", [1, 0, 2.0], "gesture 2")
    session.edit("undo", [], "")
    assert session.network.b[0][0, 0] == 1.5
    session.edit("undo", [], "")
    assert bits(session.network) == before
    session.edit("redo", [], "")
    assert session.network.b[0][0, 0] == 1.5


def test_a_brush_paints_pixels_around_its_places(session):
    """Columns come before rows, and a place is the middle of a pixel."""
    session.edit("paint", [1, 2, 3.0, 0.5, 0.0, 9, 4, 20, 21], "")
    differs = session.network.W[0] != session.dials.original.W[0]
    assert np.argwhere(differs).tolist() == [[2, 28 * 4 + 9], [2, 28 * 21 + 20]]
    assert (session.network.W[0][differs] == 3).all()


@pytest.mark.parametrize(("column", "cell"), [(0.0, 0), (3.99, 3), (5.5, 5), (-2.0, 0), (40.0, 5)])
def test_a_brush_paints_the_cell_it_is_on(session, column, cell):
    """In a row of cells a brush is never larger than one of them, and never outside the row."""
    session.edit("paint", [2, 1, -1.0, 5.0, 1.0, column, 0.3], "")
    assert np.argwhere(session.network.W[1] != session.dials.original.W[1]).tolist() == [[1, cell]]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    ("action", "arguments"),
    [
        ("explode", []),
        (["bias"], []),
        ({}, [1, 0, 1.0]),
        (None, []),
        (10**5000, []),
        ("x" * 10_000, []),
        ("bias", [9, 0, 1.0]),
        ("bias", [1, 0, 1e39]),
        ("bias", [1, 0, 10**400]),
        ("bias", [1, 0, -(10**5000)]),
        ("bias", [10**5000, 0, 1.0]),
        ("bias", [1, 0]),
        ("bias", [1, 0, 1.0, "gesture"]),
        ("bias", [1, 0, [[]]]),
        ("weight", [1, 0, 784, 1.0]),
        ("weight", [1, 0, "\n" * 500, 1.0]),
        ("hold", [1, 0, 1.5]),
        ("hold", [1, 0, {}]),
        ("swap", [3, 0, 1]),
        ("swap", [1, 0]),
        ("prune", [1, 2.0]),
        ("noise", [1, -1.0]),
        ("undo", [1]),
        ("put back", [1, 0, 0]),
        ("edge", [2, 0]),
        ("paint", [1, 2, 3.0, 0.5, 0.0, 9]),
        ("paint", [0, 2, 3.0, 0.5, 0.0, 9, 4]),
        ("paint", [-9, 2, 3.0, 0.5, 0.0, 9, 4]),
        ("paint", ["1", 2, 3.0, 0.5, 0.0, 9, 4]),
        ("paint", [1, 2, 3.0, None, 0.0, 9, 4]),
        ("paint", [1, 2, 3.0, 0.5, "soft", 9, 4]),
        ("paint", [1, 2, 3.0, 0.5, 0.0, np.nan, 4]),
        ("paint", [2, 2, 3.0, 0.5, 0.0, np.nan, 4]),
        ("paint", [2, 2, 3.0, 0.5, 0.0, [], 4]),
        ("paint", [1, 2, np.nan, 0.5, 0.0, 9, 4]),
    ],
    ids=range(35),
)
def test_what_cannot_be_done_is_refused_on_one_line_and_changes_nothing(session, action, arguments):
    """Whatever comes as an argument. The message is for developers, and the code for the page."""
    before = bits(session.network)
    with pytest.raises(ValueError, match=r"^\S+ .*\w") as refused:
        session.edit(action, arguments, "")
    assert edits.refusal(refused.value)["code"] in CODES
    assert len(str(refused.value)) < 250
    assert str(refused.value).isprintable()
    assert bits(session.network) == before
    assert not session.dials.can_undo


def test_every_action_can_be_undone_and_put_back(session):
    before = bits(session.network)
    actions = {
        "edge": [1, 0],
        "hold": [2, 0, 0.25],
        "flip": [1, 1],
        "swap": [1, 2, 3],
        "noise": [2, 0.5],
        "zero": [2],
        "prune": [1, 0.5],
        "randomise": [],
    }
    for action, arguments in actions.items():
        was = bits(session.network)
        session.edit(action, arguments, "")
        assert bits(session.network) != was, action
        session.edit("undo", [], "")
        assert bits(session.network) == was, action
        session.edit("redo", [], "")
    session.edit("put back", [], "")
    assert bits(session.network) == before


def test_edits_survive_a_look_at_another_network(session):
    session.edit("bias", [1, 0, 5.0], "")
    edited = bits(session.network)
    session.open("other", Network.random((784, 4, 10), "relu", np.random.default_rng(2)))
    session.use("other")
    session.edit("bias", [1, 0, 7.0], "")
    session.use(NAME)
    assert bits(session.network) == edited


def test_a_new_session_takes_over_the_edits_of_another(session):
    """Bit for bit, as one row of numbers; and they can be undone there."""
    session.edit("randomise", [], "")
    session.edit("flip", [2, 1], "")
    numbers = replies.dials(session.network)
    shipped = bits(opened().network)
    again = opened(numbers.copy())
    assert bits(again.network) == bits(session.network)
    assert replies.network_in_use(again)["changed"].all()
    again.edit("put back", [], "")
    assert bits(again.network) == shipped


def test_a_layers_products_add_up_to_its_sum_without_the_bias(session):
    z = session.answer()["z"]
    begin = 0
    for layer, size in enumerate(SHAPE[1:], 1):
        shown = session.layer(layer)
        sums = shown["sums"].reshape(size, -1)
        expected = z[begin : begin + size] - session.network.b[layer - 1][:, 0]
        assert sums[:, -1] == pytest.approx(expected, abs=1e-5)
        assert sums.shape[1] == len(shown["columns"]) + 1
        begin += size


def test_an_answer_follows_an_edit(session):
    before = session.answer()["a"]
    session.edit("hold", [1, 2, 0.75], "")
    after = session.answer()["a"]
    assert after[784 + 2] == pytest.approx(0.75, abs=1e-6)
    assert before[784 + 2] != after[784 + 2]
    assert (before[:784] == after[:784]).all()


def test_the_accuracy_is_what_scoring_computes(tested):
    while not tested.prepare():
        pass
    inputs, labels = tested.digits.inputs(TESTED), tested.digits.labels[:TESTED]
    assert len(set(scoring.choices(tested.network.feedforward(inputs)))) > 1
    for network in (tested.network, tested.dials.original):
        expected = scoring.accuracy(scoring.choices(network.feedforward(inputs)), labels)
        assert tested.accuracy(network) == expected
        tested.edit("zero", [1], "")
    expected = np.mean(labels == 0)
    assert tested.accuracy() == pytest.approx(expected), "the first of equal outputs is chosen"


def test_test_digits_are_prepared_a_few_at_a_time_and_only_once(tested):
    """So the pen can be answered in between."""
    assert not tested.prepare()
    steps = 1
    while not tested.prepare():
        steps += 1
    assert steps >= 5
    assert tested.prepare()
    assert tested.accuracy() == tested.accuracy(tested.network)
