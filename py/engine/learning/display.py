"""The display: shows the network of a training run, or one of its checkpoints, as LEARNED in the session."""

LEARNED = "learned"


class Display:
    """What the session has of one run, and what somebody changes there.

    run: the Run, or None. ``at``: the index of the checkpoint that is shown, or −1 for the newest weights.
    """

    def __init__(self, session, run=None):
        self.at = -1
        self._session = session
        self._run = run
        self._published = self._shown = None

    @property
    def stale(self):
        """Whether the session does not have what is to be shown. No weights are compared."""
        return self._run is not None and self._moment() != self._shown

    def show(self, index):
        """Show a checkpoint, or for −1 the newest weights."""
        self.at = self.index(index)

    def show_anew(self):
        """Show the newest weights, even if after as many images others were shown."""
        self.at, self._shown = -1, None

    def index(self, index):
        """Return a checkpoint's index. The page may know of one that has gone since: then it is the last."""
        return max(-1, min(index, len(self._run.checkpoints.kept) - 1))

    def publish(self):
        """Give the session what is to be shown."""
        self._shown = self._moment()
        self._published = self._run.network_at(self.at)
        self._session.open(LEARNED, self._published, source="trained")

    def take_edits(self):
        """Train with other weights from now on, if somebody has edited the network that was published.

        Raises ValueError if it has another shape now.
        """
        if self._published is None:
            return
        found = self._session.opened(LEARNED).network
        if found is self._published:
            return
        self._published, self.at = found, -1
        try:
            self._run.take(found)
        finally:
            self._shown = self._moment()

    def _moment(self):
        """Identify the weights that are to be shown."""
        return self.at, self._run.images, self._run.edits
