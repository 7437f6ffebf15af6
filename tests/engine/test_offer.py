"""What the engine offers to the page: found by itself, and made of nothing but data."""

import asyncio
import re
import sys
import types
import zlib
from pathlib import Path

import numpy as np
import pytest

from engine import offer, session
from engine.fetch import FetchError, reason_of

ROOT = Path(__file__).parents[2]
ID = "784-16-16-10-relu"
DIGITS = "digits/mnist-test.bin"
INFO = [[], [784, 16, 16, 10], "relu", "shipped"]
STROKE = [20.0, 10.0, 70.0, 12.0, 35.0, 90.0]

# Replies with text: it is typed, printed or named by whoever uses the console.
TEXT = {"run": "what Python prints", "complete": "the names that Python knows"}

# Arguments for every function, in an order in which each has what it needs. The addresses are paths.
CALLS = {
    "open_network": [[ID, f"weights/{ID}.npz", *INFO]],
    "answer": [STROKE, [3], True, [1, 4], -1],
    "rehearse": [STROKE, [3]],
    "inside": [3, 2],
    "favourite": [2, 1],
    "layer": [1],
    "lines": [],
    "edit": ["bias", [1, 0, 0.5], ""],
    "fetch_digits": [DIGITS],
    "find_digit": [-1],
    "digit": [0],
    "accuracy": [],
    "compare": [[[ID, f"weights/{ID}.npz", *INFO]]],
    "run": ["1 + 1"],
    "complete": ["network.", 8],
}

# Calls that report trouble.
TROUBLED = {
    "too large": ("edit", ["bias", [1, 0, 1e39], ""]),
    "out of range": ("edit", ["prune", [1, 2.0], ""]),
    "no end": ("edit", ["noise", [1, -1.0], ""]),
    "invalid": ("edit", ["explode", [], ""]),
    "no file": ("open_network", [["other", "weights/none.npz", *INFO]]),
    "no network": ("open_network", [["other", "weights/README.md", *INFO]]),
    "nothing to compare": ("compare", [[["other", "weights/none.npz", *INFO]]]),
    "nothing drawn": ("answer", [[], [], True]),
}


def packed_digits():
    """Make blots of noise as test digits, as many as are tested."""
    rng = np.random.default_rng(3)
    pictures = np.zeros((session.TESTED, 28, 28), np.uint8)
    pictures[:, 6:22, 8:20] = rng.integers(0, 256, (session.TESTED, 16, 12))
    labels = rng.integers(0, 10, session.TESTED).astype(np.uint8)
    return zlib.compress(idx(labels) + idx(pictures))


def idx(array):
    """Write an array as MNIST's files are written."""
    sizes = b"".join(size.to_bytes(4, "big") for size in array.shape)
    return bytes([0, 0, 8, array.ndim]) + sizes + array.tobytes()


class Failure(Exception):
    """An error of the worker's fetch, with the reason that static/boot/fetching.mjs gives it."""

    def __init__(self, **reason):
        super().__init__("the server answered 404")
        self.reason = types.SimpleNamespace(to_py=lambda: reason)


@pytest.fixture(autouse=True)
def browser(monkeypatch):
    """A worker's global scope, whose server has this project's files."""

    async def fetch(address):
        if address == DIGITS:
            return types.SimpleNamespace(arrayBuffer=lambda: content(packed_digits()))
        if not (ROOT / address).exists():
            raise Failure(code="status", path=address, status=404)
        return types.SimpleNamespace(arrayBuffer=lambda: content((ROOT / address).read_bytes()))

    async def content(data):
        return types.SimpleNamespace(to_bytes=lambda: data)

    js = types.SimpleNamespace(
        fetch=fetch, postMessage=print, Object=types.SimpleNamespace(fromEntries=dict)
    )
    ffi = types.SimpleNamespace(to_js=lambda value, dict_converter: value)
    monkeypatch.setitem(sys.modules, "js", js)
    monkeypatch.setitem(sys.modules, "pyodide.ffi", ffi)


@pytest.fixture
def fresh(monkeypatch):
    """Give every module a session as it is at the start."""
    new = session.Session()
    for name in [name for name in sys.modules if name.startswith("engine.")]:
        if hasattr(sys.modules[name], "session") and name != "engine.session":
            monkeypatch.setattr(sys.modules[name], "session", new)
    return new


def call(name, arguments):
    reply = offer.gather()[name](*arguments)
    return asyncio.run(reply) if asyncio.iscoroutine(reply) else reply


def check(value, where):
    """Fail for a value that holds a sentence or markup, or that no message can carry."""
    if isinstance(value, dict):
        for key, part in value.items():
            check(part, f"{where}.{key}")
    elif isinstance(value, list | tuple):
        for part in value:
            check(part, where)
    elif isinstance(value, str):
        assert not re.search(r"\s|<", value), f"{where} is text: {value!r}"
    else:
        plain = value is None or isinstance(value, bool | int | float)
        assert plain or isinstance(value, np.ndarray), f"{where} is a {type(value).__name__}"


def test_every_module_is_imported_and_offers_its_functions():
    """Nothing lists them."""
    assert set(offer.gather()) == set(CALLS)


def test_two_functions_of_one_name_are_refused():
    def answer():
        pass

    with pytest.raises(ValueError, match="'answer'"):
        offer.offered(answer)


def test_nothing_but_data_crosses_the_border(fresh):
    """Every function is called with real inputs, and every value in its reply is looked at."""
    for name, arguments in CALLS.items():
        reply = call(name, arguments)
        assert reply is not None
        if name not in TEXT:
            check(reply, name)
    for name, arguments in TROUBLED.values():
        check(call(name, arguments), name)


def test_the_check_finds_sentences_and_markup():
    for bad in ("two words", "<b>", ["a", {"deep": "of many words"}]):
        with pytest.raises(AssertionError, match="is text"):
            check({"x": bad}, "reply")


@pytest.mark.parametrize(
    ("case", "refused"),
    [
        ("too large", {"code": "too-large"}),
        ("out of range", {"code": "out-of-range", "low": 0, "high": 1}),
        ("no end", {"code": "out-of-range", "low": 0}),
        ("invalid", {"code": "invalid"}),
    ],
)
def test_a_refused_edit_says_why_by_a_code(fresh, case, refused):
    call("open_network", CALLS["open_network"])
    assert call(*TROUBLED[case])["refused"] == refused
    assert "refused" not in call("edit", CALLS["edit"])


def test_a_file_that_does_not_come_is_reported_by_a_code(fresh):
    """The network in use stays."""
    call("open_network", CALLS["open_network"])
    missing = {"code": "status", "path": "weights/none.npz", "status": 404}
    assert call(*TROUBLED["no file"])["trouble"] == missing
    assert call(*TROUBLED["nothing to compare"])["trouble"] == missing
    unusable = {"code": "unusable", "path": "weights/README.md"}
    assert call(*TROUBLED["no network"])["trouble"] == unusable
    assert fresh.id == ID


def test_an_edit_shows_in_the_source(fresh):
    assert call("open_network", CALLS["open_network"])["source"] == "shipped"
    assert call("edit", CALLS["edit"])["source"] == "edited"
    assert call("edit", ["undo", [], ""])["source"] == "shipped"


def test_an_error_that_nobody_foresaw_keeps_its_text():
    """The one code with text: without it, nobody could find out what went wrong."""
    assert reason_of(KeyError("x")) == {"code": "unforeseen", "text": "KeyError: 'x'"}
    assert reason_of(FetchError(code="cut", path="a")) == {"code": "cut", "path": "a"}
