"""The ink on the pad as geometry: strokes of points, with undo and redo. It knows no browser.

Public: ``Ink``, ``Stroke``, ``Digit`` and ``KEPT``. Coordinates are pad units: 0 to ``SIDE`` both ways,
y downwards, so that neither the screen's size nor its pixels matter.
"""

# The side of the pad in its own units.
SIDE = 100.0

# Points nearer to the last one than this, in pad units, are less than a pixel of what is seen.
NEAR = 0.2

# What can be undone: so many changes, or a day's drawing would fill the memory.
KEPT = 200


class Stroke:
    """Points that the pen visited without being lifted, in a JavaScript Float32Array.

    They are written there one by one because a Python list would be converted number by number each
    time that it is sent to the engine.
    """

    def __init__(self, make_array):
        """make_array(n) returns an array of n float32 that has ``set``, such as a Float32Array."""
        self._make_array = make_array
        self._array = make_array(256)
        self._capacity = 256
        self.count = 0
        self.last = None
        self.line = None  # whatever the pad paints it with

    def add(self, x, y):
        """Append a point; tell whether it was far enough from the last one to be kept."""
        if self.last and abs(x - self.last[0]) < NEAR and abs(y - self.last[1]) < NEAR:
            return False
        if 2 * self.count == self._capacity:
            self._capacity *= 2
            larger = self._make_array(self._capacity)
            larger.set(self._array)
            self._array = larger
        self._array[2 * self.count] = x
        self._array[2 * self.count + 1] = y
        self.count += 1
        self.last = (x, y)
        return True

    def copy_to(self, array, offset):
        """Write x, y, x, y, … into an array from an offset on."""
        array.set(self._array.subarray(0, 2 * self.count), offset)


class Digit:
    """A test digit in the place of strokes: its index among them, its true label, its bytes as an image."""

    def __init__(self, index, label, rgba):
        self.index = index
        self.label = label
        self.rgba = rgba


class Ink:
    """Every stroke on the pad, and the way back and forth between what the pad held before.

    ``strokes`` is a tuple; ``digit`` is the Digit that is on the pad instead of strokes, or None. ``example``
    says that the strokes are the page's own: they make room for whatever the visitor does, and no undo brings
    them back.
    ``version`` goes up with every change; ``era`` when strokes are taken away or put back, after which
    an answer to earlier ink would be stale.
    """

    def __init__(self, make_array):
        self._make_array = make_array
        self._past = []
        self._future = []
        self._pen = None
        self.strokes = ()
        self.digit = None
        self.example = False
        self.version = 0
        self.era = 0

    @property
    def drawing(self):
        """Whether the pen is down."""
        return self._pen is not None

    @property
    def can_undo(self):
        """Whether there is something to undo."""
        return bool(self._past)

    @property
    def can_redo(self):
        """Whether something was undone that can be done again."""
        return bool(self._future)

    @property
    def blank(self):
        """Whether there is nothing on the pad."""
        return not self.strokes and not self.digit

    @property
    def own(self):
        """Whether there is something on the pad that the visitor has put there."""
        return not self.blank and not self.example

    def put(self, digit):
        """Put a test digit on the pad; what was there before comes back by ``undo``."""
        self.sweep()
        self.end()
        self._remember()
        self.strokes, self.digit = (), digit
        self._changed_era()

    def begin(self, x, y):
        """Put the pen down: a dot, until it moves. A pen that was still down is lifted first.

        A test digit makes room for what is drawn.
        """
        self.sweep()
        self._put_down(x, y)
        self._remember()
        if self.digit:
            self.era += 1
        self.strokes, self.digit = self.strokes + (self._pen,), None
        self.version += 1

    def show(self, x, y):
        """Put the pen down for an example, or for more of it; tell whether there is room for one."""
        if self.own:
            return False
        self._put_down(x, y)
        self.strokes, self.example = self.strokes + (self._pen,), True
        self.version += 1
        return True

    def sweep(self):
        """Take an example away; tell whether there was one."""
        if not self.example:
            return False
        self.end()
        self.strokes, self.example = (), False
        self._changed_era()
        return True

    def extend(self, x, y):
        """Move the pen; tell whether that added ink."""
        added = self._pen is not None and self._pen.add(x, y)
        if added:
            self.version += 1
        return added

    def end(self):
        """Lift the pen, if it is down."""
        self._pen = None

    def undo(self):
        """Take the last stroke away, or bring back what was cleared."""
        self._travel(self._past, self._future)

    def redo(self):
        """Do again what was undone."""
        self._travel(self._future, self._past)

    def clear(self):
        """Take all ink away; ``undo`` brings it back."""
        self.sweep()
        self.end()
        if not self.blank:
            self._remember()
            self.strokes, self.digit = (), None
            self._changed_era()

    def pack(self):
        """Return all points as one array x, y, x, y, … and the number of points of each stroke."""
        lengths = [stroke.count for stroke in self.strokes]
        points = self._make_array(2 * sum(lengths))
        offset = 0
        for stroke in self.strokes:
            stroke.copy_to(points, offset)
            offset += 2 * stroke.count
        return points, lengths

    def _put_down(self, x, y):
        self._pen = Stroke(self._make_array)
        self._pen.add(x, y)

    def _remember(self):
        self._past.append((self.strokes, self.digit))
        if len(self._past) > KEPT:
            self._past.pop(0)
        self._future = []

    def _travel(self, source, destination):
        self.sweep()
        self.end()
        if source:
            destination.append((self.strokes, self.digit))
            self.strokes, self.digit = source.pop()
            self._changed_era()

    def _changed_era(self):
        self.version += 1
        self.era += 1
