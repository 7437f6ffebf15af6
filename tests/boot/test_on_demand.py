"""Missing modules are fetched when something imports them, once, and checked."""

import asyncio
import hashlib
import importlib
import io
import sys
import types
import zipfile

import pytest

from boot import on_demand

SOURCE = b"VALUE = 42\n"
SHA256 = hashlib.sha256(SOURCE).hexdigest()


@pytest.fixture
def finder(tmp_path, monkeypatch):
    """Give a finder with one archive, of the modules late*, and the list of its fetches."""
    fetched = []

    def fetch(address):
        fetched.append(address)
        return SOURCE

    def put(content):
        (tmp_path / "late.py").write_bytes(content)

    monkeypatch.setattr(on_demand, "fetch", fetch)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "late", raising=False)
    archive = on_demand.Archive(lambda name: name.startswith("late"), "late.zip", SHA256, put)
    finder = on_demand.Missing([archive])
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path, finder])
    return fetched


def test_a_missing_module_can_be_imported(finder):
    """It behaves like any other module."""
    assert importlib.import_module("late").VALUE == 42


def test_an_archive_is_fetched_once(finder):
    """A module that is not in it does not exist."""
    importlib.import_module("late")
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("late_as_well")
    assert finder == ["late.zip"]


@pytest.mark.parametrize("later", range(8))
def test_an_archive_that_is_brought_twice_at_a_time_is_fetched_once(finder, monkeypatch, later):
    """Also by whoever asks when it has arrived and is not unpacked yet."""

    async def fetched(address):
        finder.append(address)
        await asyncio.sleep(0)
        return SOURCE

    async def story():
        first = asyncio.ensure_future(on_demand.bring("late"))
        for _ in range(later):
            await asyncio.sleep(0)
        await on_demand.bring("late")
        await first

    monkeypatch.setattr(on_demand, "_fetched", fetched)
    asyncio.run(story())
    assert finder == ["late.zip"]
    assert importlib.import_module("late").VALUE == 42


def test_an_archive_that_did_not_come_or_was_wrong_is_fetched_again(finder, monkeypatch):
    """As often as somebody asks for it."""
    answers = [OSError("offline"), b"VALUE = 43\n", SOURCE]

    async def fetched(address):
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(on_demand, "_fetched", fetched)
    for error in (OSError, ImportError):
        with pytest.raises(error):
            asyncio.run(on_demand.bring("late"))
    asyncio.run(on_demand.bring("late"))
    assert importlib.import_module("late").VALUE == 42


def test_a_module_of_no_archive_is_not_fetched(finder):
    """A misspelt name costs no download."""
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("nummpy")
    assert finder == []


class Request:
    """A stand-in for the browser's XMLHttpRequest; ``answer`` is a status and bytes, or an error."""

    answer = (200, b"bytes")

    def open(self, method, address, later):
        assert (method, later) == ("GET", False)

    def send(self):
        if isinstance(self.answer, Exception):
            raise self.answer
        self.status, content = self.answer
        self.response = types.SimpleNamespace(to_bytes=lambda: content)


@pytest.fixture
def site(monkeypatch):
    """Give the browser's stand-in."""
    made = type("Made", (Request,), {})
    request = types.SimpleNamespace(new=made)
    monkeypatch.setitem(sys.modules, "js", types.SimpleNamespace(XMLHttpRequest=request))
    return made


def test_a_file_is_fetched_whole(site):
    """Its bytes are those that the server sent."""
    assert on_demand.fetch("http://127.0.0.1/library.zip") == b"bytes"


def test_an_archive_with_another_hash_is_refused(finder, monkeypatch):
    """It may be damaged, or from another build."""
    monkeypatch.setattr(on_demand, "fetch", lambda address: b"VALUE = 43\n")
    with pytest.raises(ImportError, match=r"late.zip .*its bytes are not those that were built"):
        importlib.import_module("late")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (OSError("offline"), "could not be fetched: check the connection"),
        ((404, b""), "could not be fetched: the server answered 404"),
    ],
)
def test_a_file_that_cannot_be_fetched_is_an_import_error(site, answer, words):
    """The message names the file and the reason."""
    site.answer = answer
    with pytest.raises(ImportError, match=f"library.zip .*{words}"):
        on_demand.fetch("http://127.0.0.1/library.zip")


def test_a_wheel_is_unpacked(tmp_path):
    """Its folders are kept."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("numpy/fft/__init__.py", "")
    on_demand.unzip(archive.getvalue(), tmp_path)
    assert (tmp_path / "numpy/fft/__init__.py").exists()
