"""The stopwatch: how long a run has been training, and how fast it is."""

from contextlib import contextmanager
from time import perf_counter

# Speed is measured over about so many seconds.
RECENT = 1.0

# A burst or a measurement counts for no more seconds than this, or a computer's sleep would count, too.
LONGEST = 0.5


class Stopwatch:
    """Adds up the ``seconds`` of a Run."""

    def __init__(self, run):
        self.run = run
        self._recent = 0.0
        self._since = run.seconds, run.images

    @property
    def speed(self):
        """Images a second: over the last whole RECENT, before there is one since the start; at first 0."""
        return self._recent or self._speed()

    @contextmanager
    def running(self):
        """Count the time of what is done meanwhile."""
        began = perf_counter()
        try:
            yield
        finally:
            self.add(perf_counter() - began)

    def add(self, seconds):
        """Count some time."""
        self.run.seconds += min(seconds, LONGEST)
        if self.run.seconds >= self._since[0] + RECENT:
            self._recent = self._speed()
            self._since = self.run.seconds, self.run.images

    def _speed(self):
        """Return how many images a second were learned from since the last whole RECENT."""
        seconds, images = self._since
        spent = self.run.seconds - seconds
        return (self.run.images - images) / spent if spent else 0.0
