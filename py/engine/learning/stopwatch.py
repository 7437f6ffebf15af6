"""The stopwatch: how long a run has been training, and how fast it is."""

from contextlib import contextmanager
from time import perf_counter

# Speed is measured over about so many seconds.
RECENT = 1.0

# A burst or a measurement counts for no more seconds than this, or a computer's sleep would count, too.
LONGEST = 0.5


class Stopwatch:
    """Adds up the ``seconds`` of a Run. ``speed`` is in images a second, lately."""

    def __init__(self, run):
        self.run = run
        self.speed = 0.0
        self._since = run.seconds, run.images

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
        run = self.run
        run.seconds += min(seconds, LONGEST)
        before, images = self._since
        if run.seconds >= before + RECENT:
            self.speed = (run.images - images) / (run.seconds - before)
            self._since = run.seconds, run.images
