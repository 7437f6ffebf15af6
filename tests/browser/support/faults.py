"""The tests' own servers: the built site with faults that come and go, and a trap for foreign requests.

``Site`` serves ``_site/`` as ``tools/serve.py`` does. ``site.breaking(pattern, fault)`` breaks whatever
file matches for the length of a ``with`` block; faults are made here, on the way out, because that works in
every browser and touches nothing of what is tested. To every page it adds one script, ``watch.js``, which
notes errors from the page's first moment on.

``Trap`` is a proxy that refuses everything and remembers who was asked for.
"""

import contextlib
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from serve import HOST, Handler, Reply, make_server
from site_build.bundle import compiled
from site_build.integrity import sha256
from site_build.packing import packed, unpacked
from site_build.page import START, without_comments

HERE = Path(__file__).parent
SITE = HERE.parents[2] / "_site"
WATCH = "__watch__.js"

# A page that is kept for the next visit would hide from a test what the server does.
UNKEPT = "Object.defineProperty(Navigator.prototype, 'serviceWorker', { get() {} });"

# A fault that holds an answer back lets go after this many seconds, so that no thread outlives the tests.
LONGEST = 120

# A connection is cut this many seconds after its last byte: of a page that ends as it begins, Chromium shows
# nothing at all.
CUT_AFTER = 0.5


def _all(body: bytes, over: threading.Event) -> Iterator[bytes]:
    yield body


@dataclass(frozen=True)
class Fault:
    """What is done to an answer: ``alter`` changes it, ``send`` says how its bytes go out.

    ``built`` says that the page takes the changed file for the one that was built.
    """

    alter: Callable[[Reply], Reply] = lambda reply: reply
    send: Callable[[bytes, threading.Event], Iterator[bytes]] = _all
    built: bool = False


def status(code: int) -> Fault:
    """Answer with an error."""
    return Fault(alter=lambda reply: replace(reply, status=code, body=b"no\n"))


def rewritten(rewrite: Callable[[bytes], bytes], built: bool = False) -> Fault:
    """Answer with other bytes; built: as if those had been built (see tools/site_build/integrity.py)."""
    return Fault(alter=lambda reply: replace(reply, body=rewrite(reply.body)), built=built)


def with_source(bundle: bytes, name: str, rewrite: Callable[[bytes], bytes]) -> bytes:
    """Return a bundle of the page's modules with one made of another source."""
    source = rewrite((SITE.parent / f"py/page/{name}.py").read_bytes()).decode()
    [(path, content)] = compiled({f"page/{name}.py": source}).items()
    modules = unpacked(bundle)
    assert path in modules
    return packed(modules | {path: content})


def flipped(body: bytes) -> bytes:
    """Wrong bytes of the right length: one bit in the middle is another."""
    wrong = bytearray(body)
    wrong[len(wrong) // 2] ^= 1
    return bytes(wrong)


def _half(body: bytes, over: threading.Event) -> Iterator[bytes]:
    yield body[: len(body) // 2]
    over.wait(CUT_AFTER)


def _held(body: bytes, over: threading.Event) -> Iterator[bytes]:
    yield body[: len(body) // 2]
    if over.wait(LONGEST):
        yield body[len(body) // 2 :]


MISSING = status(HTTPStatus.NOT_FOUND)
WRONG = rewritten(flipped)
CUT = Fault(send=_half)
HELD = Fault(send=_held)


class _Handler(Handler):
    """Answers from the site of the class made in ``Site``."""

    site: "Site"

    def find(self) -> Reply:
        """Find the file anew: what a browser has from an earlier test would hide a fault."""
        if not self.site.kept:
            del self.headers["If-None-Match"]
        return super().find()

    def deliver(self, reply: Reply) -> None:
        """Note the request, add the watch, and break what is to be broken."""
        if self.site.closed:
            self.close_connection = True  # one that was open before
            return
        self.site.requests.append(reply.path)
        if reply.path == WATCH:
            script = UNKEPT + self.site.first + (HERE / "watch.js").read_text()
            headers = {"Content-Type": "text/javascript"}
            reply = Reply(WATCH, HTTPStatus.OK, script.encode(), headers)
        elif reply.path.endswith(".html") and reply.status == HTTPStatus.OK and not self.site.kept:
            tag = f'<head><script src="{WATCH}"></script>'.encode()
            headers = {**reply.headers, **self.site.headers}
            page = self._summed(reply.body).replace(b"<head>", tag, 1)
            reply = replace(reply, body=page, headers=headers)
        if reply.status >= HTTPStatus.BAD_REQUEST:
            self.site.refused.append(reply.path)
        fault = self._fault(reply)
        super().deliver(fault.alter(reply) if fault else reply)

    def do_POST(self) -> None:  # noqa: N802, http.server's own name
        """Take a report of what a policy would have refused."""
        self.site.reports.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        super().deliver(Reply("", HTTPStatus.NO_CONTENT))

    def chunks(self, reply: Reply) -> Iterator[bytes]:
        """Send the body as its fault says, if it has one."""
        broken = self.site.broken.get(self._pattern(reply))
        return broken[0].send(reply.body, broken[1]) if broken else super().chunks(reply)

    def _summed(self, page):
        """Put the sums of files that are to count as built in the place of those that were."""
        for path, (fault, _) in list(self.site.broken.items()):
            if fault.built:
                root = SITE.parent if path == START else SITE
                file = next(root.glob(path)).read_bytes()
                changed = fault.alter(Reply(path, HTTPStatus.OK, file)).body
                if (
                    path == START
                ):  # it is in the page, and the hash of the whole script in the policy
                    script = re.search(rb"<script>(.*?)</script>", page, re.DOTALL)[1]
                    old, new = (
                        without_comments(text.decode()).encode() for text in (file, changed)
                    )
                    assert old in script
                    other = script.replace(old, new)
                    page = page.replace(sha256(script).encode(), sha256(other).encode())
                    page = page.replace(script, other)
                    continue
                both = f"{sha256(changed)} {sha256(file)}"  # the mended file is right as well
                page = page.replace(sha256(file).encode(), both.encode())
        return page

    def _pattern(self, reply):
        return next((p for p in list(self.site.broken) if fnmatch(reply.path, p)), None)

    def _fault(self, reply):
        broken = self.site.broken.get(self._pattern(reply))
        return broken and broken[0]

    def log_request(self, code="-", size="-"):
        """Say nothing: here, errors are made on purpose."""


class Site:
    """The site, served. ``first`` is JavaScript that is run in every page before all else.

    ``requests`` are the paths that were asked for, ``refused`` those that are not there. ``headers`` are sent
    with every page; ``reports`` is what browsers post. A ``kept`` site is served as it is, without the watch,
    and its pages are kept by their service worker.
    """

    def __init__(self, prefix: str = "/", kept: bool = False, host: str = HOST) -> None:
        if not (SITE / "index.html").is_file():
            raise RuntimeError("_site/ is not built: run `make site`")
        self.requests = []
        self.refused = []
        self.headers = {}
        self.reports = []
        self.broken = {}
        self.first = ""
        self.kept = kept
        self.closed = False
        handler = type("Handler", (_Handler,), {"site": self})
        self._server = make_server(SITE, 0, prefix, handler, host)
        self.address = self._server.address
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), daemon=True
        )
        self._thread.start()

    @contextlib.contextmanager
    def breaking(self, pattern: str, fault: Fault) -> Iterator[None]:
        """Break every file whose path matches, until the block ends."""
        self.break_(pattern, fault)
        try:
            yield
        finally:
            if pattern in self.broken:
                self.release(pattern)

    def break_(self, pattern: str, fault: Fault) -> None:
        """Break every file whose path matches, until ``mend``."""
        self.broken[pattern] = fault, threading.Event()

    def release(self, pattern: str) -> None:
        """End one fault; what it held back goes out."""
        self.broken.pop(pattern)[1].set()

    def release_all(self) -> None:
        """End all faults."""
        for pattern in list(self.broken):
            self.release(pattern)

    def mend(self) -> None:
        """Serve what was built, without faults and additions: as a new Site does."""
        self.release_all()
        self.first = ""
        self.headers = {}
        self.reports.clear()
        self.deploy(SITE)

    def deploy(self, folder: Path) -> None:
        """Serve another build from now on."""
        self._server.folder = folder.resolve()

    def close(self) -> None:
        """Stop serving, on connections that are open, too."""
        self.closed = True
        self.mend()
        self._server.shutdown()
        self._server.server_close()


class Trap:
    """A proxy for everything that leaves this machine: each request is kept in ``asked`` and refused.

    ``referrers`` has, by address, the Referer of each that has one.
    """

    def __init__(self) -> None:
        asked = self.asked = []
        referrers = self.referrers = {}

        class Refuse(BaseHTTPRequestHandler):
            def do_GET(self):
                asked.append(self.path)
                if "Referer" in self.headers:
                    referrers[self.path] = self.headers["Referer"]
                self.send_error(HTTPStatus.BAD_GATEWAY)

            do_CONNECT = do_HEAD = do_POST = do_GET  # noqa: N815, http.server's own names

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Refuse)
        self._server.daemon_threads = True
        self.address = f"127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()
