"""Code in the console: the page uses what it calls ``network``, and every change can be undone."""

import numpy as np
import pytest

from engine.session import Session
from nn.network import Network

SHAPE = (784, 16, 16, 10)
STROKE = np.array([[20.0, 20.0], [60.0, 30.0], [50.0, 80.0]])

# Networks that exit when they are read, whose error has no text, or that cannot be written to.
ENDING = """
class Ending(type(network)):
    W = property(lambda self: exit())
network.__class__ = Ending
"""
SILENT = """
class Silent(Exception):
    def __str__(self):
        raise SystemExit
class Raising(type(network)):
    @property
    def activation(self):
        raise Silent
network.__class__ = Raising
"""
FIXED = """
was = network.W
class Fixed(type(network)):
    W = property(lambda self: [w + 1 for w in was])
network.__class__ = Fixed
"""


@pytest.fixture
def session():
    session = Session()
    session.open("a", Network.random(SHAPE, "sigmoid", np.random.default_rng(1)))
    session.use("a")
    session.look_at([STROKE], True)
    return session


def numbers(network):
    return [array.tobytes() for array in (*network.W, *network.b)]


def test_names_are_those_of_the_page(session):
    """The pixels, the trace of the network, and NumPy."""
    assert session.run("network.W[0].shape").text == "(16, 784)\n"
    assert session.run("network.shape, pixels.shape").text == f"({SHAPE}, (28, 28))\n"
    shown = session.run("print(*(a for layer in trace.a for a in layer.ravel()))").text
    printed = [np.float32(word) for word in shown.split()[: 784 + 16]]
    answer = session.answer()["a"]
    assert printed == pytest.approx(answer[: len(printed)])
    said = session.run(
        "np.abs(sigmoid(network.W[0] @ trace.a[0] + network.b[0]) - trace.a[1]).max()"
    )
    assert float(said.text.removeprefix("np.float32(").rstrip(")\n")) < 1e-6


def test_pixels_follow_the_pen(session):
    """Every run has the newest ones."""
    before = session.run("pixels.sum()").text
    session.look_at([], True)
    assert session.run("pixels.sum()").text != before
    assert session.run("trace.a[0].sum() == 0").text == "np.True_\n"


@pytest.mark.parametrize(
    ("source", "array", "at", "value"),
    [
        ("network.b[1][3] = 5", "b", (1, (3, 0)), 5),
        ("network.W[0][:] = 0", "W", (0, (5, 100)), 0),
        ("network.W[2] = np.ones((10, 16))", "W", (2, (9, 15)), 1),
        ("network.b[0] = [[2]] * 16", "b", (0, (15, 0)), 2),
        ("other = network\nfor b in other.b: b += 1", "b", (2, (0, 0)), 1),
    ],
)
def test_a_change_is_the_pages_network_and_one_step_of_undo(session, source, array, at, value):
    """In place or not. Undo restores every bit."""
    before = numbers(session.network)
    assert not session.run(source).failed
    index, place = at
    assert getattr(session.network, array)[index][place] == value
    assert session.run(f"network.{array}[{index}][{place}]").text == f"np.float32({value}.0)\n"
    session.edit("undo", [], "")
    assert numbers(session.network) == before
    assert not session.dials.can_undo
    session.edit("redo", [], "")
    assert getattr(session.network, array)[index][place] == value


def test_a_change_in_place_leaves_the_history_alone(session):
    """Not even a second change, after the page has used the console's arrays."""
    original = numbers(session.network)
    for value in (1, 2, 3):
        session.run(f"network.W[0][:] = {value}")
    session.run("network.W[0] *= 7; 1 / 0")
    assert session.network.W[0][0, 0] == 21, "what ran before the error has happened"
    found = []
    while session.dials.can_undo:
        session.edit("undo", [], "")
        found.append(session.network.W[0][3, 3])
    assert found[:-1] == [3, 2, 1]
    assert numbers(session.network) == original == numbers(session.dials.original)


def test_an_undone_change_is_undone_in_the_console_too(session):
    """Page and console share one network."""
    session.run("network.b[0][:] = 9")
    session.edit("undo", [], "")
    assert session.run("network.b[0].max()").text == "np.float32(0.0)\n"


def test_a_run_that_changes_nothing_is_no_step_of_undo(session):
    """Reading is not editing."""
    before = session.network
    session.run("network.feedforward(trace.a[0])")
    session.run("network.b[0][0] += 0")
    assert session.network is before
    assert not session.dials.can_undo


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("del network", "expected a Network"),
        ("network = 3", "it was a int, expected a Network"),
        ("network.W.pop()", "2 weight matrices and 3 biases"),
        ("network.W = None", "not iterable"),
        ("network.W[0] = np.zeros((16, 3))", "expected (784, 16, 16, 10)"),
        ("network.b[0][0] = np.nan", "NaN"),
        ("network.b[0] = np.full((16, 1), 1e300)", "too large for a float32"),
        ("network.activation = 'relu'", "relu"),
        ("network.W[0] = 'weights'", "could not convert"),
        ("del network.b", "'b'"),
        (ENDING, ""),
        (SILENT, "put back: Silent."),
        (FIXED, "no setter"),
    ],
)
def test_an_unusable_network_is_put_back_with_a_sentence(session, source, why):
    """The page's network stays as it was, and the console has it again."""
    before = session.network
    output = session.run(source)
    assert output.failed
    sentence = output.text.splitlines()[-1]
    assert sentence.startswith("The network was put back: ")
    assert why in sentence
    assert session.network is before
    assert session.run("network.b[2].shape, network.W[0].shape").text == "((10, 1), (16, 784))\n"
    assert (
        session.run("float(np.abs(network.feedforward(trace.a[0]) - trace.a[-1]).max())").text
        == "0.0\n"
    )


def test_the_console_has_the_network_in_use(session):
    """After a switch and back, the first one still has its edits."""
    session.run("network.b[0][0] = 4")
    session.open("b", Network.random((784, 10), "relu", np.random.default_rng(2)))
    session.use("b")
    assert session.run("network.shape, network.activation").text == "((784, 10), 'relu')\n"
    session.use("a")
    assert session.run("network.b[0][0]").text == "array([4.], dtype=float32)\n"


def test_names_of_the_network_are_completed(session):
    """From where the name begins."""
    start, words = session.complete("x = network.act", 15)
    assert (start, words) == (12, ["activation"])
    assert session.complete("pix", 3) == (0, ["pixels"])


def test_an_open_block_needs_more(session):
    """An empty line ends it."""
    assert session.needs_more("for b in network.b:")
    assert not session.needs_more("for b in network.b:\n    b += 1\n")
    assert not session.needs_more("1 +")
