"""The visitor's examples, and what can be undone of changing them. Nothing here needs a browser."""

# The most examples. Each costs the engine time in every step, and the page memory.
MOST = 1000

# How many changes can be undone.
KEPT = 50


class Examples:
    """All examples, ``all``, a tuple in the order in which they came.

    ``erased`` says that the last change has erased them all at once.
    """

    def __init__(self, changed):
        """changed() is called after every change."""
        self._changed = changed
        self._past = []
        self._future = []
        self.all = ()
        self.erased = False

    @property
    def can_undo(self):
        """True if there is something to undo."""
        return bool(self._past)

    @property
    def can_redo(self):
        """True if there is something to redo."""
        return bool(self._future)

    @property
    def room(self):
        """How many more there may be."""
        return MOST - len(self.all)

    def counts(self):
        """Count the examples of each digit."""
        counts = [0] * 10
        for example in self.all:
            counts[example.digit] += 1
        return counts

    def new(self, examples):
        """List those of the examples that are not here yet."""
        here = {}
        for example in self.all:
            here.setdefault(example.id, []).append(example)
        found = []
        for example in examples:
            same = here.setdefault(example.id, [])
            if not any(other.line == example.line for other in same):
                same.append(example)
                found.append(example)
        return found

    def add(self, examples):
        """Add examples. There must be room."""
        self._change(self.all + tuple(examples))

    def remove(self, example):
        """Remove an example."""
        self._change(tuple([each for each in self.all if each is not example]))

    def erase(self):
        """Remove all of them."""
        self._change((), erased=True)

    def join(self, examples):
        """Put examples in front that were there before this visit: that is nothing to undo."""
        found = tuple(self.new(examples)[: self.room])
        self._past = [found + each for each in self._past]
        self._future = [found + each for each in self._future]
        self.all = found + self.all
        self._changed()

    def undo(self):
        """Take back the last change."""
        self._travel(self._past, self._future)

    def redo(self):
        """Make the change again that was undone last."""
        self._travel(self._future, self._past)

    def _change(self, examples, erased=False):
        self._past.append(self.all)
        if len(self._past) > KEPT:
            self._past.pop(0)
        self._future = []
        self.all, self.erased = examples, erased
        self._changed()

    def _travel(self, source, destination):
        if source:
            destination.append(self.all)
            self.all, self.erased = source.pop(), False
            self._changed()
