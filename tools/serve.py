"""Serve a built site on this machine, as a plain static host would.

`serving` runs a server for the duration of a `with` block, and `make_server` creates one. A test overrides
`Handler` to break something on purpose: `deliver` for a whole reply (another status, other bytes), `chunks`
for how its bytes are sent (slowly, or not all of them). Both are given a `Reply`.

    class Broken(Handler):
        def deliver(self, reply):
            if reply.path == "runtime/pyodide/pyodide.mjs":
                reply = replace(reply, status=404, body=b"")
            super().deliver(reply)

    with serving(Path("_site"), handler=Broken) as address:
        ...
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import hashlib
import signal
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from site_build.classroom import OTHER_TYPE, TYPES

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Reply:
    """One reply before it is sent. `path` is relative to the site, with `/` and no leading one."""

    path: str
    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


class Server(ThreadingHTTPServer):
    """A threaded server of one folder, under one path."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(
        self, folder: Path, port: int, prefix: str, handler: type[Handler], host: str = HOST
    ) -> None:
        """Listen on `port` of an address, by default for this machine alone. Port 0 takes a free one."""
        self.host = host
        self.folder = folder.resolve()
        self.prefix = f"/{prefix.strip('/')}/".replace("//", "/")
        super().__init__((host, port), handler)

    @property
    def address(self) -> str:
        """The site's address, such as `http://127.0.0.1:8000/`."""
        return f"http://{self.host}:{self.server_port}{self.prefix}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Stay quiet about a browser that closed its connection during a reply."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    """Answer GET and HEAD from the server's folder."""

    protocol_version = "HTTP/1.1"
    # With Nagle's algorithm, a body would wait for an acknowledgement that browsers delay by 40 ms.
    disable_nagle_algorithm = True
    # Without this header browsers guess how long a file stays fresh, and show yesterday's build.
    cache_control = "no-cache"
    server: Server

    def do_GET(self) -> None:
        """Send the file at the requested path."""
        self.deliver(self.find())

    def do_HEAD(self) -> None:
        """Send the headers alone."""
        self.do_GET()

    def find(self) -> Reply:
        """Return the reply to this request: a file, a redirect to a folder's `/`, or a 404."""
        address = unquote(urlsplit(self.path).path)
        prefix = self.server.prefix
        if f"{address}/" == prefix:
            return Reply("", HTTPStatus.MOVED_PERMANENTLY, headers={"Location": prefix})
        path = address.removeprefix(prefix).replace(
            "\0", ""
        )  # No file system allows NUL in a name.
        file = (self.server.folder / path).resolve()
        inside = address.startswith(prefix) and file.is_relative_to(self.server.folder)
        if inside and file.is_dir():
            if path and not path.endswith("/"):
                return Reply(
                    path, HTTPStatus.MOVED_PERMANENTLY, headers={"Location": f"{address}/"}
                )
            file /= "index.html"
            path += "index.html"
        if not inside or not file.is_file():
            return Reply(path, HTTPStatus.NOT_FOUND, b"not found\n", {"Content-Type": "text/plain"})
        mime = TYPES.get(file.suffix, OTHER_TYPE)
        body = file.read_bytes()
        # Static hosts do the same: a browser that already has these bytes need not receive them again.
        tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        headers = {"Content-Type": mime, "ETag": tag}
        if self.headers.get("If-None-Match") == tag:
            return Reply(path, HTTPStatus.NOT_MODIFIED, headers=headers)
        return Reply(path, HTTPStatus.OK, body, headers)

    def deliver(self, reply: Reply) -> None:
        """Send `reply`, and announce the length of its whole body."""
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(reply.body)))
        self.send_header("Cache-Control", self.cache_control)
        self.end_headers()
        if self.command == "HEAD":
            return
        sent = 0
        for chunk in self.chunks(reply):
            self.wfile.write(chunk)
            sent += len(chunk)
        self.close_connection |= sent < len(reply.body)

    def chunks(self, reply: Reply) -> Iterator[bytes]:
        """Yield the body in pieces. Stopping early cuts the connection."""
        yield reply.body

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Log errors only."""
        if int(code) >= HTTPStatus.BAD_REQUEST:
            super().log_request(code, size)


def make_server(
    folder: Path,
    port: int = 0,
    prefix: str = "/",
    handler: type[Handler] = Handler,
    host: str = HOST,
) -> Server:
    """Return a server that already listens. `serve_forever` runs it, and `server_close` ends it."""
    return Server(folder, port, prefix, handler, host)


@contextlib.contextmanager
def serving(
    folder: Path, port: int = 0, prefix: str = "/", handler: type[Handler] = Handler
) -> Iterator[str]:
    """Serve `folder` from a thread for the duration of the block, which receives the address."""
    with make_server(folder, port, prefix, handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server.address
        finally:
            server.shutdown()
            thread.join()


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: give a number from 0 to 65535")
    return int(text)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    # A shell starts background jobs with Ctrl-C ignored, and Python would leave it so.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument(
        "--port", type=_port, default=8000, help="default 8000; 0 takes any free one"
    )
    parser.add_argument("--dir", type=Path, default=Path("_site"), help="the folder (_site)")
    parser.add_argument("--prefix", default="/", help="the path to serve it under, such as /sub/")
    options = parser.parse_args(arguments)
    if not (options.dir / "index.html").is_file():
        print(f"{options.dir}/index.html is missing: run `make site` first.", file=sys.stderr)
        return 1
    try:
        server = make_server(options.dir, options.port, options.prefix)
    except OSError as error:
        why = "in use" if error.errno == errno.EADDRINUSE else f"not available ({error.strerror})"
        print(
            f"Port {options.port} is {why}: choose another, for example `make serve PORT=8001`.",
            file=sys.stderr,
        )
        return 1
    with server:
        print(server.address, flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            server.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())
