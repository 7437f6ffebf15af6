"""Files come with their bytes counted, or with a reason why they did not come."""

import asyncio
import sys
import types

import pytest

from engine import fetch

ADDRESS = "http://127.0.0.1/digits/train-0.bin"


class Proxy:
    """Pyodide's proxy of a Python function: it cannot be called once it is destroyed."""

    def __init__(self, function):
        self.function, self.destroyed = function, False

    def __call__(self, count):
        assert not self.destroyed
        self.function(count)

    def destroy(self):
        self.destroyed = True


@pytest.fixture
def worker(monkeypatch):
    """A worker's global scope, whose server sends nine bytes as ``pieces`` say; ``error`` ends the fetch.

    ``proxies`` lists those that were made.
    """
    scope = types.SimpleNamespace(pieces=[], error=None, proxies=[])

    def proxy(function):
        scope.proxies.append(Proxy(function))
        return scope.proxies[-1]

    async def answer(address, arrived=None):
        for piece in scope.pieces:
            arrived(piece)
        if scope.error:
            raise scope.error
        return types.SimpleNamespace(arrayBuffer=content)

    async def content():
        return types.SimpleNamespace(to_bytes=lambda: b"123456789")

    scope.fetch = answer
    monkeypatch.setitem(sys.modules, "js", scope)
    ffi = types.SimpleNamespace(create_proxy=proxy)
    monkeypatch.setitem(sys.modules, "pyodide.ffi", ffi)
    return scope


@pytest.mark.parametrize(
    ("pieces", "counted"),
    [
        ([4, 5], [4, 5]),
        ([4, 4, -8, 9], [4, 4, -8, 9]),
        ([], [9]),
    ],
)
def test_the_counts_add_up_to_the_files_length(worker, pieces, counted):
    """A plain site's worker counts nothing, and bytes of a damaged copy are taken back."""
    worker.pieces, counts = pieces, []
    assert asyncio.run(fetch.fetch(ADDRESS, counts.append)) == b"123456789"
    assert counts == counted
    assert [proxy.destroyed for proxy in worker.proxies] == [True]


def test_a_fetch_that_fails_keeps_no_proxy(worker):
    worker.pieces, worker.error = [4], OSError("cut")
    with pytest.raises(fetch.FetchError) as caught:
        asyncio.run(fetch.fetch(ADDRESS, lambda count: None))
    assert caught.value.reason == {"code": "unforeseen", "text": "OSError: cut"}
    assert [proxy.destroyed for proxy in worker.proxies] == [True]


def test_nobody_has_to_count(worker):
    assert asyncio.run(fetch.fetch(ADDRESS)) == b"123456789"
    assert worker.proxies == []


def test_a_files_size_is_known_before_it_comes(worker):
    """From the manifest; a plain site has none."""
    assert fetch.size(ADDRESS) == 0
    worker.fetch.bytesOf = {ADDRESS: 9}.get
    assert (fetch.size(ADDRESS), fetch.size("http://127.0.0.1/other")) == (9, 0)
