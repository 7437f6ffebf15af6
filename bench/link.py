"""A slow line between browser and server, made in the server: so every browser and worker is behind it alike.

``Link(bits, seconds)`` is one: ``begin`` waits for one round trip, ``carry`` lets bytes through in slices.

It is a model. Left out are TCP's slow start, TLS, headers and losses, which cost every page time, and HTTP/2,
which spares a page of many files some. Both pages of a comparison are behind the same line.
"""

import threading
import time
from collections.abc import Iterator

# Downloads side by side take turns by slices; at 10 Mbit/s one is 3 ms long.
SLICE = 4096

# How far the line may catch up, in seconds, after a thread that was woken too late.
SLACK = 0.01


class Link:
    """A line of so many bits a second for all connections together, and a round trip of so many seconds."""

    def __init__(self, bits: float, round_trip: float):
        self.bits = bits
        self.round_trip = round_trip
        self._free = 0.0
        self._lock = threading.Lock()

    def begin(self) -> None:
        """Wait for a round trip: a connection's handshake, or the way of a request and its answer."""
        time.sleep(self.round_trip)

    def carry(self, body: bytes) -> Iterator[bytes]:
        """Give a body slice by slice, each when its last bit is through."""
        for start in range(0, len(body), SLICE):
            piece = body[start : start + SLICE]
            self._take(len(piece))
            yield piece

    def _take(self, count: int) -> None:
        """Take the line for so many bytes, after whoever has it now."""
        with self._lock:
            now = time.monotonic()
            self._free = max(self._free, now - SLACK) + 8 * count / self.bits
            wait = self._free - now
        if wait > 0:
            time.sleep(wait)
