"""Simulate a slow connection in the server, so that it affects every browser and worker alike.

``Link(bits, seconds)`` is a connection: ``begin`` waits for a round trip, ``carry`` delays bytes in slices.

It is a model. It leaves out TCP's slow start, TLS, headers and packet loss, which slow down every page, and
HTTP/2, which speeds up a page of many files. In a comparison, both pages use the same connection.
"""

import threading
import time
from collections.abc import Iterator

# Parallel downloads take turns by slices. At 10 Mbit/s, one takes 3 ms.
SLICE = 4096

# How far, in seconds, the link may catch up after a thread was woken too late.
SLACK = 0.01


class Link:
    """A link with this many bits per second for all connections together, and this round trip in seconds."""

    def __init__(self, bits: float, round_trip: float):
        self.bits = bits
        self.round_trip = round_trip
        self._free = 0.0
        self._lock = threading.Lock()

    def begin(self) -> None:
        """Wait for a round trip, as for a connection's handshake, or for a request and its reply."""
        time.sleep(self.round_trip)

    def carry(self, body: bytes) -> Iterator[bytes]:
        """Yield a body in slices, each when its last bit has arrived."""
        for start in range(0, len(body), SLICE):
            piece = body[start : start + SLICE]
            self._take(len(piece))
            yield piece

    def _take(self, count: int) -> None:
        """Occupy the link for this many bytes, after its current user."""
        with self._lock:
            now = time.monotonic()
            self._free = max(self._free, now - SLACK) + 8 * count / self.bits
            wait = self._free - now
        if wait > 0:
            time.sleep(wait)
