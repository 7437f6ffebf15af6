"""What the page knows of the training run, from the engine's reports, as views see it."""

from page.dom import find, put, root
from page.engine_client import progress as report
from page.engine_client.replies import trouble_in
from page.leaving import Leaving
from page.state import MOVING

# The id of the network that a run trains.
LEARNED = "learned"


class Run:
    """The training run as it was last reported.

    - ``status``: "idle", "loading", "running", "paused" or "stopped".
    - ``progress``: the last report, {} before the first.
    - ``points``, ``marks``: of the chart (see ``progress.points``), and what happened between them.
    - ``trouble``: why something could not be fetched, or "".
    - ``refused``: the setting that the engine refused, {"name", "code", "low", "high"}, or None.
    - ``pictures``: a Network and the weights of its first layer as the bytes of images, or None.
    - ``preparing``: whether the code that trains may be on its way.
    - ``note``: "resumed" if the run went on in another worker, "lost" if it could not, else "".
    """

    def __init__(self, state, engine):
        """state: the page's, which gets the networks that are reported; engine: its Worker."""
        self.status = "idle"
        self.progress = {}
        self.points = []
        self.marks = []
        self.trouble = ""
        self.refused = None
        self.pictures = None
        self.preparing = False
        self.note = ""
        self._state = state
        self._engine = engine
        self._panel = find("#learn")
        self._pending = 0
        self._leaving = Leaving()
        self._tell()

    @property
    def moving(self):
        """Whether the run goes on: images are learned from, or on their way."""
        return self.status in MOVING

    def be(self, status):
        """Be in another status."""
        self.status = status
        self._tell()

    def prepare(self, preparing):
        """Say whether the code that trains may be on its way."""
        self.preparing = preparing
        self._tell()

    def count(self, change):
        """Count the calls that steer the run and are under way."""
        self._pending += change
        self._tell()

    def start_over(self):
        """Forget what belongs to the run that is over."""
        self.points, self.marks, self.note = [], [], ""

    def lose(self):
        """Be as if there had never been a run."""
        self.progress, self.note = {}, "lost"
        self.be("idle")

    def take(self, reply, before, title=None):
        """Take the engine's reply to a call. Returns it as a dict, or None if it says nothing of the run.

        before: the status to go back to then; title: of the network, if it is the one to look at now.
        """
        if reply is None:
            lost = self._state.engine != "ready" and before in MOVING
            self.be("paused" if lost else before)
            return None
        found = report.read(reply)
        self.trouble = trouble_in(reply) if found.get("trouble") else ""
        self.refused = found.get("refused")
        if "status" not in found:
            self.be(before)
            return None
        begun = "images" in found
        self.progress = found if begun else {}
        if begun:
            self.marks = found["marks"]
            self.points = self.points[: found["begin"]] + report.points(found["points"])
        self.be(found["status"])
        if found["network"] is not None:
            self._show(found, title)
        return found

    def _show(self, found, title):
        """Put the weights as they are now into the state."""
        if title or any(info.id == LEARNED for info in self._state.networks):
            self._engine.take(found["network"], title)
        network = self._state.network
        if network.name == LEARNED and found["gallery"] is not None:
            self.pictures = (network, found["gallery"])

    def _tell(self):
        """Write how far the run is where scripts can read it, and warn of leaving it."""
        put(root, "data-learning", self.status)
        accuracy = self.progress.get("accuracy", -1)
        put(self._panel, "data-accuracy", "%.4f" % accuracy if accuracy >= 0 else None)
        put(self._panel, "data-images", "%d" % self.progress.get("images", 0))
        put(self._panel, "data-pending", str(self._pending) if self._pending else None)
        # Whoever waits for the worker has to know: on a slow device it takes seconds to import that code.
        self._state.learning = "loading" if self.preparing else self.status
        self._leaving.warn(self.moving)
