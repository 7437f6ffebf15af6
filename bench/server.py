"""Serve the site and, under ``bench/``, the pages that it is compared with.

``measured`` serves both as a plain static host does. Its ``Visit`` counts what was sent since it was last
cleared. It also decides how things are sent: over a slow ``link``, ``hosted`` as on GitHub Pages, or not at
all while it is ``refusing``.
"""

import gzip
import hashlib
import io
import json
import threading
import time
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from http import HTTPStatus
from pathlib import Path

from link import Link
from serve import TYPES, Handler, Reply, serving

HERE = Path(__file__).parent
ROOT = HERE.parent
PYODIDE = ROOT / "node_modules/pyodide"
TENSORFLOW = ROOT / "node_modules/@tensorflow"
TFJS = TENSORFLOW / "tfjs/dist/tf.min.js"
TFJS_WASM = TENSORFLOW / "tfjs-backend-wasm"
BARE = "bench/bare.html"
WATCH = HERE / "watch.js"
SERVICE_WORKER = "serviceworker.js"

# GitHub Pages compresses these types. Everything else, wheels and archives included, is sent as it is.
COMPRESSED = {".css", ".html", ".js", ".json", ".mjs", ".svg", ".txt", ".wasm", ".webmanifest"}


@dataclass(frozen=True)
class Sent:
    """One reply: its path, the bytes of its body, and when it was requested, as time.time()."""

    path: str
    bytes: int
    asked: float


@dataclass
class Visit:
    """What was sent, and how to send it. ``offline``: whether the site has a service worker."""

    address: str = ""
    offline: bool = False
    link: Link | None = None
    hosted: bool = False
    watched: bool = True
    refusing: bool = False
    sent: list[Sent] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    busy: int = 0
    last: float = 0.0

    def idle(self) -> float:
        """The number of seconds since anything was last requested or sent."""
        return 0.0 if self.busy else time.time() - self.last


@dataclass(frozen=True)
class Sizes:
    """How much was sent."""

    sent: list[Sent]

    def total(self) -> dict:
        """Return the number of requests, and megabytes of bodies as sent."""
        return {"requests": len(self.sent), "mb": sum(one.bytes for one in self.sent) / 1e6}

    def kinds(self) -> dict:
        """Return requests and bytes for each file extension, and for "all"."""
        kinds = {}
        for one in self.sent:
            for kind in (Path(one.path).suffix[1:] or "none", "all"):
                size = kinds.setdefault(kind, {"requests": 0, "bytes": 0})
                size["requests"] += 1
                size["bytes"] += one.bytes
        return dict(sorted(kinds.items()))


@contextmanager
def measured(site: Path) -> Iterator[Visit]:
    """Serve ``site`` with ``watch.js`` in its page, and the bench's own pages and packages."""
    visit = Visit(offline=(site / SERVICE_WORKER).is_file(), last=time.time())
    lock = threading.Lock()
    _lock()  # This takes seconds, which must not count as part of a start.

    class Measured(Handler):
        def setup(self) -> None:
            if visit.link:
                visit.link.begin()
            super().setup()

        def deliver(self, reply: Reply) -> None:
            if visit.refusing:
                visit.refused.append(reply.path)
                self.close_connection = True
                return
            with lock:
                visit.busy += 1
            try:
                self.send(reply, time.time())
            finally:
                with lock:
                    visit.busy -= 1
                    visit.last = time.time()

        def send(self, reply: Reply, asked: float) -> None:
            if reply.path.startswith("bench/"):
                reply = _found(reply)
            pack = _gzipped if visit.hosted and _is_compressed(reply) else bytes
            # A browser that has a file asks whether it is still valid, mostly for the service worker.
            tag = {"ETag": f'"{zlib.crc32(reply.body):x}-{len(reply.body):x}"'}
            if reply.status == HTTPStatus.OK and self.headers["If-None-Match"] == tag["ETag"]:
                reply = Reply(reply.path, HTTPStatus.NOT_MODIFIED)
            visit.sent.append(Sent(reply.path, len(pack(reply.body)), asked))
            body = _watched(reply.body) if visit.watched and _is_page(reply) else reply.body
            coding = {"Content-Encoding": "gzip"} if pack is _gzipped else {}
            reply = replace(reply, body=pack(body), headers=reply.headers | tag | coding)
            if visit.link:
                visit.link.begin()
            super().deliver(reply)

        @property
        def cache_control(self) -> str:
            return "max-age=600" if visit.hosted else super().cache_control

        def chunks(self, reply: Reply) -> Iterator[bytes]:
            return visit.link.carry(reply.body) if visit.link else super().chunks(reply)

    with serving(site, handler=Measured) as address:
        visit.address = address
        yield visit


def _is_page(reply: Reply) -> bool:
    return reply.path.endswith(".html") and reply.status == HTTPStatus.OK


def _is_compressed(reply: Reply) -> bool:
    return Path(reply.path).suffix in COMPRESSED and reply.status == HTTPStatus.OK


def _watched(page: bytes) -> bytes:
    """Insert ``watch.js`` as the first script of a page, before any policy.

    It is inline because a separate file would be fetched before everything else.
    """
    head, rest = page.split(b"<head>", 1)
    script = WATCH.read_bytes()
    return b"".join([head, b"<head><script>", script, b"</script>", rest])


def _found(reply: Reply) -> Reply:
    """Return a file of the bench or of a package instead of the site's reply."""
    name = reply.path.removeprefix("bench/")
    pin = _pin()
    if name == "packages/pyodide-lock.json":
        body = _lock()
    elif name == f"packages/{pin['file']}":
        body = _wheel()
    elif name.startswith("packages/"):
        body = (PYODIDE / Path(name).name).read_bytes()
    elif name == TFJS.name:
        body = TFJS.read_bytes()
    elif name.startswith("tf-backend-wasm"):
        body = (TFJS_WASM / "dist" / Path(name).name).read_bytes()
    elif name.startswith("tfjs-backend-wasm"):
        body = (TFJS_WASM / "wasm-out" / Path(name).name).read_bytes()
    else:
        body = (HERE / Path(name).name).read_bytes()
    kind = TYPES.get(Path(name).suffix, "application/octet-stream")
    return Reply(reply.path, HTTPStatus.OK, body, {"Content-Type": kind})


@cache
def _gzipped(body: bytes) -> bytes:
    return gzip.compress(body, 6, mtime=0)


@cache
def _pin() -> dict:
    pins = json.loads((ROOT / "runtime.json").read_text("utf-8"))["wheels"]
    return next(pin for pin in pins if pin["name"] == "numpy")


@cache
def _lock() -> bytes:
    """Return Pyodide's own lock file, with NumPy's wheel as it is served here."""
    lock = json.loads((PYODIDE / "pyodide-lock.json").read_text("utf-8"))
    wheel = {"file_name": _pin()["file"], "sha256": hashlib.sha256(_wheel()).hexdigest()}
    lock["packages"]["numpy"] |= wheel
    return json.dumps(lock).encode()


@cache
def _wheel() -> bytes:
    """Return NumPy's published wheel with its files deflated; it is published uncompressed."""
    archive = io.BytesIO()
    with (
        zipfile.ZipFile(ROOT / "_cache" / _pin()["file"]) as published,
        zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as deflated,
    ):
        for entry in published.infolist():
            deflated.writestr(entry.filename, published.read(entry))
    return archive.getvalue()
