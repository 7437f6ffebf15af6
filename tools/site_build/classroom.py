"""Serve the folder of this file, with the content types that browsers require.

Run `python3 serve.py` (on Windows `py serve.py`) and open the address that it prints. With `--lan`, other
devices on the local network can open it, too.

The build copies this file into the site. Python's own `http.server` takes content types from the operating
system, and some Windows machines send scripts as text/plain, which browsers refuse.
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
    """A server that never shares its port: on Windows, address reuse would let two have the same."""

    allow_reuse_address = os.name != "nt"


class Handler(SimpleHTTPRequestHandler):
    """Serves the files of a folder, and logs only errors."""

    def guess_type(self, path: str) -> str:
        """Return the content type of a file, whatever the operating system says."""
        return TYPES.get(PurePath(path).suffix.lower(), OTHER_TYPE)

    def end_headers(self) -> None:
        """Make browsers revalidate every file: an updated site keeps its addresses."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_request(self, code: object = "-", size: object = "-") -> None:
        """Log nothing for successful requests."""


def lan_address() -> str:
    """Return this machine's address in the local network. Sends no packet."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # reserved for documentation
            return probe.getsockname()[0]
        except OSError:
            return socket.gethostname()


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--port", type=int, default=8000, help="port (8000); 0 takes any free one")
    parser.add_argument(
        "--lan", action="store_true", help="serve the local network, not only this machine"
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
