"""Serve the folder that this file is in, with the types that browsers insist on.

`python3 serve.py`, on Windows `py serve.py`, then open the address that it prints. With `--lan` the other
devices of the local network can open it, too.

The build copies this file into the site. Python's own `http.server` asks the machine for types, and some
Windows machines call scripts text/plain, which browsers refuse.
"""

from __future__ import annotations

import argparse
import os
import socket
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PurePath

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".py": "text/x-python; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".zip": "application/zip",
}
OTHER_TYPE = "application/octet-stream"


class Server(ThreadingHTTPServer):
    """A server that shares its port with nobody: on Windows, reuse would let two have the same one."""

    allow_reuse_address = os.name != "nt"


class Handler(SimpleHTTPRequestHandler):
    """Answers with the files of a folder; only what goes wrong is logged."""

    def guess_type(self, path: str) -> str:
        """Return the type of a file, without asking the machine."""
        return TYPES.get(PurePath(path).suffix.lower(), OTHER_TYPE)

    def end_headers(self) -> None:
        """Have browsers ask each time: an updated site keeps its address."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_request(self, code: object = "-", size: object = "-") -> None:
        """Say nothing of what went well."""


def lan_address() -> str:
    """Return this machine's address in its network; no packet is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address that is nobody's
            return probe.getsockname()[0]
        except OSError:
            return socket.gethostname()


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--port", type=int, default=8000, help="8000 unless told; 0 takes any")
    parser.add_argument(
        "--lan", action="store_true", help="answer the local network, not only this machine"
    )
    options = parser.parse_args(arguments)
    handler = partial(Handler, directory=Path(__file__).resolve().parent)
    try:
        server = Server(("" if options.lan else "127.0.0.1", options.port), handler)
    except (OSError, OverflowError) as error:
        print(
            f"Port {options.port} cannot be used ({error}): try another, as in --port 8001.",
            file=sys.stderr,
        )
        return 1
    with server:
        host = lan_address() if options.lan else "127.0.0.1"
        print(f"Open http://{host}:{server.server_port}/ (Ctrl+C ends it)", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
