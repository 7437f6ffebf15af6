"""What the engine offers to the page: found by itself, and made of nothing but data."""

import asyncio
import hashlib
import json
import re
import subprocess
import sys
import types
import zlib
from pathlib import Path

import numpy as np
import pytest

from boot import on_demand
from datasets import training_digits
from engine import deferred, offer, session
from engine.fetch import FetchError, reason_of
from engine.learning import runs
from engine.learning.trainer import Trainer

ROOT = Path(__file__).parents[2]
ID = "784-16-16-10-relu"
DIGITS, SLICES = "digits/mnist-test.bin", "digits/slices/"
INFO = [[], [784, 16, 16, 10], "relu", "shipped"]
STROKE = [20.0, 10.0, 70.0, 12.0, 35.0, 90.0]

# Replies with text: it is typed, printed or named by whoever uses the console.
TEXT = {"run": "what Python prints", "complete": "the names that Python knows"}

# Arguments for every function, in an order in which each has what it needs. The addresses are paths.
CALLS = {
    "open_network": [[ID, f"weights/{ID}.npz", *INFO]],
    "use": [ID],
    "answer": [STROKE, [3], True, [1, 4], -1],
    "rehearse": [STROKE, [3]],
    "inside": [3, 2],
    "favourite": [2, 1],
    "gallery": [],
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

SETTINGS = json.dumps(
    {
        "shape": [784, 16, 16, 10],
        "activation": "relu",
        "cost": "cross-entropy",
        "optimiser": "adam",
        "rate": 0.004,
        "batch": 16,
        "decay": 0.0,
        "augment": True,
        "seed": 1,
        "count": 100,
    }
)

# The same for the functions of `engine.learning`, which the page calls by way of `deferred`.
DEFERRED = {
    "forget": [SETTINGS],
    "start": [SETTINGS, SLICES],
    "progress": [0],
    "pause": [],
    "step": [SETTINGS, SLICES, 1, 3],
    "adjust": [SETTINGS],
    "scrub": [0],
    "step_lines": ["cross-entropy", "adam"],
    "resume_from": [0],
    "state": [],
    "restore": [b"", SETTINGS, ""],
    "rewind": [],
    "stop": [],
    "teach": [SETTINGS, SLICES, [0.5] * 784, [7]],
    "inputs": [json.dumps([[[[0, 0], [9, 9]]]]), True],
    "readings": [[0.5] * 784],
    "save_network": [],
    "save_drawing": [],
    "save_notebook": [],
    "open_file": [(ROOT / f"weights/{ID}.npz").read_bytes(), "file-1"],
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


def packed_slice():
    """Make a hundred images of noise to learn from."""
    rng = np.random.default_rng(4)
    levels = rng.integers(0, 16, (100, 784)).astype(np.uint8)
    labels = rng.integers(0, 10, 100).astype(np.uint8)
    return training_digits.pack(training_digits.Slice(levels, labels))


def idx(array):
    """Write an array as MNIST's files are written."""
    sizes = b"".join(size.to_bytes(4, "big") for size in array.shape)
    return bytes([0, 0, 8, array.ndim]) + sizes + array.tobytes()


# A module of deferred functions.
LESSONS = """
from engine.offer import offered

@offered
def add(a, b):
    return {"sum": a + b}

@offered
async def wait(a):
    return {"waited": a}

def private():
    pass
"""


class Failure(Exception):
    """An error of the worker's fetch, with the reason that static/boot/fetching.mjs gives it."""

    def __init__(self, **reason):
        super().__init__("the server answered 404")
        self.reason = types.SimpleNamespace(to_py=lambda: reason)


@pytest.fixture(autouse=True)
def browser(monkeypatch):
    """A worker's global scope, whose server has this project's files."""

    async def fetch(address, arrived=None):
        if address == DIGITS:
            return types.SimpleNamespace(arrayBuffer=lambda: content(packed_digits()))
        if address.startswith(SLICES):
            return types.SimpleNamespace(arrayBuffer=lambda: content(packed_slice()))
        if not (ROOT / address).exists():
            raise Failure(code="status", path=address, status=404)
        return types.SimpleNamespace(arrayBuffer=lambda: content((ROOT / address).read_bytes()))

    async def content(data):
        return types.SimpleNamespace(to_bytes=lambda: data)

    js = types.SimpleNamespace(
        fetch=fetch, postMessage=print, Object=types.SimpleNamespace(fromEntries=dict)
    )
    ffi = types.SimpleNamespace(
        to_js=lambda value, dict_converter: value,
        create_proxy=lambda function: types.SimpleNamespace(destroy=lambda: None),
    )
    monkeypatch.setitem(sys.modules, "js", js)
    monkeypatch.setitem(sys.modules, "pyodide.ffi", ffi)


@pytest.fixture
def fresh(monkeypatch):
    """Give every module a session as it is at the start."""
    new = session.Session()
    # A module that is imported later would have the old one.
    for package in ("engine", "engine.learning"):
        offer.gather(package)
    for name in [name for name in sys.modules if name.startswith("engine.")]:
        if hasattr(sys.modules[name], "session") and name != "engine.session":
            monkeypatch.setattr(sys.modules[name], "session", new)
    monkeypatch.setattr(runs, "trainer", Trainer(new))
    return new


def call(name, arguments):
    reply = offer.gather()[name](*arguments)
    return asyncio.run(reply) if asyncio.iscoroutine(reply) else reply


def call_deferred(name, *arguments):
    return asyncio.run(offer.gather()["deferred"](name, *arguments))


@pytest.fixture
def archive(monkeypatch, tmp_path):
    """Let the deferred functions be those of a package `lectures`, which an archive brings.

    Give a list of errors: its next fetches end with them. The first item counts the fetches.
    """
    found, sources = [0], {"__init__.py": "", "lessons.py": LESSONS}

    def put(_):
        (tmp_path / "lectures").mkdir()
        for name, source in sources.items():
            (tmp_path / "lectures" / name).write_text(source)

    async def fetch(address):
        found[0] += 1
        if len(found) > 1:
            raise found.pop()
        return types.SimpleNamespace(arrayBuffer=lambda: content(b"packed"))

    async def content(data):
        return types.SimpleNamespace(to_bytes=lambda: data)

    sha256 = hashlib.sha256(b"packed").hexdigest()
    packed = on_demand.Archive(
        lambda name: name.startswith("lectures"), "lectures.zip", sha256, put
    )
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path, on_demand.Missing([packed])])
    monkeypatch.setattr(sys.modules["js"], "fetch", fetch)
    monkeypatch.setattr(deferred, "PACKAGE", "lectures")
    monkeypatch.setattr(deferred, "_functions", {})
    monkeypatch.syspath_prepend(tmp_path)
    yield found
    for name in [name for name in sys.modules if name.startswith("lectures")]:
        del sys.modules[name]
    offer._offered.pop("lectures", None)


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
    assert set(offer.gather()) == {*CALLS, "deferred"}
    assert set(offer.gather("engine.learning")) == set(DEFERRED)


def test_the_engine_starts_without_learning():
    """Its modules are not there in the browser; this asks a fresh Python which ones a start imports."""
    program = (
        "import sys; from engine import offer; offer.gather();"
        "print([name for name in sys.modules if 'learning' in name or 'training' in name])"
    )
    command = [sys.executable, "-c", program]
    assert subprocess.check_output(command, cwd=ROOT / "py", text=True) == "[]\n"


def test_two_functions_of_one_name_are_refused():
    """In one package: the page names the package by the way in which it calls them."""

    def answer():
        pass

    answer.__module__ = "engine.elsewhere"
    with pytest.raises(ValueError, match="'answer'"):
        offer.offered(answer)


def test_deferred_functions_are_fetched_and_called(archive):
    """With their arguments; one that has to be awaited is awaited. Nothing is fetched twice."""
    assert call_deferred("add", 2, 3) == {"sum": 5}
    assert call_deferred("wait", 4) == {"waited": 4}
    assert archive == [1]
    assert set(offer.gather()) == {*CALLS, "deferred"}


def test_deferred_functions_that_do_not_come_are_trouble(archive):
    """The next call fetches them again."""
    archive.append(Failure(code="status", path="lectures.zip", status=404))
    trouble = {"code": "status", "path": "lectures.zip", "status": 404}
    assert call_deferred("add", 2, 3) == {"trouble": trouble}
    assert call_deferred("add", 2, 3) == {"sum": 5}


@pytest.mark.parametrize("name", ["private", "answer", "__name__", "nonsense"])
def test_only_offered_functions_can_be_called(archive, name):
    with pytest.raises(LookupError, match=f"does not offer '{name}'"):
        call_deferred(name)


def test_who_asks_while_the_package_is_on_its_way_waits_for_it(archive):
    """It is fetched once."""

    async def both():
        function = offer.gather()["deferred"]
        return await asyncio.gather(function("add", 1, 1), function("wait", 2))

    assert asyncio.run(both()) == [{"sum": 2}, {"waited": 2}]
    assert archive == [1]


def test_nothing_but_data_crosses_the_border(fresh):
    """Every function is called with real inputs, and every value in its reply is looked at."""
    for name, arguments in CALLS.items():
        reply = call(name, arguments)
        assert reply is not None
        if name not in TEXT:
            check(reply, name)
    for name, arguments in DEFERRED.items():
        reply = call_deferred(name, *arguments)
        assert reply is not None
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
