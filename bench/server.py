"""The site as it is served, and beside it, under ``bench/``, what it is measured against.

``measured`` serves both; the ``Visit`` that it gives knows what was asked for since it was last cleared.
"""

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from pathlib import Path

from serve import TYPES, Handler, Reply, serving

HERE = Path(__file__).parent
ROOT = HERE.parent
PYODIDE = ROOT / "node_modules/pyodide"
TFJS = ROOT / "node_modules/@tensorflow/tfjs/dist/tf.min.js"
WATCH = '<script src="/bench/watch.js"></script>'


@dataclass
class Visit:
    """The files that were sent, as (path, body)."""

    address: str = ""
    sent: list[tuple[str, bytes]] = field(default_factory=list)

    def size(self) -> dict:
        """Return requests, bytes as served, and bytes if each file were gzipped."""
        return {
            "requests": len(self.sent),
            "bytes": sum(len(body) for _, body in self.sent),
            "bytes_gzipped": sum(len(gzip.compress(body, 6)) for _, body in self.sent),
        }


@contextmanager
def measured(site: Path) -> Iterator[Visit]:
    """Serve ``site`` with ``watch.js`` in its page, and the bench's own pages and packages."""
    visit = Visit()
    lock, wheel = _numpy()

    class Measured(Handler):
        def deliver(self, reply: Reply) -> None:
            name = reply.path.removeprefix("bench/")
            if name == "packages/pyodide-lock.json":
                reply = _found(reply, lock)
            elif name == f"packages/{wheel.name}":
                reply = _found(reply, wheel.read_bytes())
            elif name.startswith("packages/"):
                reply = _found(reply, (PYODIDE / Path(name).name).read_bytes())
            elif name == TFJS.name:
                reply = _found(reply, TFJS.read_bytes())
            elif name != reply.path:
                reply = _found(reply, (HERE / Path(name).name).read_bytes())
            elif reply.status == HTTPStatus.OK:
                visit.sent.append((reply.path, reply.body))
            if reply.path.endswith(".html"):
                head, rest = reply.body.decode().split("<head>", 1)
                reply = replace(reply, body=f"{head}<head>{WATCH}{rest}".encode())
            super().deliver(reply)

    with serving(site, handler=Measured) as address:
        visit.address = address
        yield visit


def _found(reply: Reply, body: bytes) -> Reply:
    kind = TYPES.get(Path(reply.path).suffix, "application/octet-stream")
    return replace(reply, status=HTTPStatus.OK, body=body, headers={"Content-Type": kind})


def _numpy() -> tuple[bytes, Path]:
    """Return Pyodide's own list of packages, with NumPy's wheel as it was published, and that."""
    pin = next(
        pin
        for pin in json.loads((ROOT / "runtime.json").read_text())["wheels"]
        if pin["name"] == "numpy"
    )
    lock = json.loads((PYODIDE / "pyodide-lock.json").read_text())
    lock["packages"]["numpy"] |= {"file_name": pin["file"], "sha256": pin["sha256"]}
    return json.dumps(lock).encode(), ROOT / "_cache" / pin["file"]
