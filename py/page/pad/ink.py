"""The ink on the pad as geometry: strokes of points, with undo and redo. Nothing here needs a browser.

Coordinates are pad units, from 0 to ``SIDE``, with y downwards. So the size and density of the screen do not
matter.
"""

# The side of the pad in its own units.
SIDE = 100.0

# Points nearer to the last one than this, in pad units, are less than a pixel of the input image apart.
NEAR = 0.2

# How many changes can be undone. Without a limit, a day of drawing would fill the memory.
KEPT = 200


class Stroke:
    """The points of the pen from when it is put down until it is lifted, in a JavaScript Float32Array.

    A Python list would be converted number by number each time that it is sent to the engine.
    """

    def __init__(self, make_array):
        """make_array(n) returns n float32 numbers with a method ``set``, such as a Float32Array."""
        self._make_array = make_array
        self._array = make_array(256)
        self._capacity = 256
        self.count = 0
        self.last = None
        self.line = None  # what the pad paints it with

    def add(self, x, y):
        """Append a point, and return True, unless it is too near to the last one."""
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
    """A test digit on the pad: its index among the test digits, its true label, and its image as bytes."""

    def __init__(self, index, label, rgba):
        self.index = index
        self.label = label
        self.rgba = rgba


class Ink:
    """What is on the pad, and its history.

    ``strokes`` is a tuple; ``digit`` is the Digit that is on the pad instead of strokes, or None. ``example``
    says that the page has drawn the strokes: they go away as soon as the visitor does anything, and undo does
    not bring them back. ``version`` grows with every change. ``era`` grows when strokes are removed or put
    back: an answer to ink of an earlier era is out of date.
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
        """True while the pen is down."""
        return self._pen is not None

    @property
    def can_undo(self):
        """True if there is something to undo."""
        return bool(self._past)

    @property
    def can_redo(self):
        """True if there is something to redo."""
        return bool(self._future)

    @property
    def blank(self):
        """True if there is nothing on the pad."""
        return not self.strokes and not self.digit

    @property
    def own(self):
        """True if the visitor has put something on the pad."""
        return not self.blank and not self.example

    def put(self, digit):
        """Put a test digit on the pad, in place of whatever is there."""
        self.sweep()
        self.end()
        self._remember()
        self.strokes, self.digit = (), digit
        self._changed_era()

    def begin(self, x, y):
        """Put the pen down, which makes a dot. If it was down already, that stroke ends.

        A test digit is removed first.
        """
        self.sweep()
        self._put_down(x, y)
        self._remember()
        if self.digit:
            self.era += 1
        self.strokes, self.digit = self.strokes + (self._pen,), None
        self.version += 1

    def show(self, x, y):
        """Put the pen down for an example, or for more of it, and return True, unless the pad is in use."""
        if self.own:
            return False
        self._put_down(x, y)
        self.strokes, self.example = self.strokes + (self._pen,), True
        self.version += 1
        return True

    def sweep(self):
        """Remove an example; return whether there was one."""
        if not self.example:
            return False
        self.end()
        self.strokes, self.example = (), False
        self._changed_era()
        return True

    def extend(self, x, y):
        """Move the pen; return whether that added ink."""
        added = self._pen is not None and self._pen.add(x, y)
        if added:
            self.version += 1
        return added

    def end(self):
        """Lift the pen, if it is down."""
        self._pen = None

    def undo(self):
        """Take back the last change."""
        self._travel(self._past, self._future)

    def redo(self):
        """Make the change again that was undone last."""
        self._travel(self._future, self._past)

    def clear(self):
        """Remove all ink; ``undo`` brings it back."""
        self.sweep()
        self.end()
        if not self.blank:
            self._remember()
            self.strokes, self.digit = (), None
            self._changed_era()

    def pack(self):
        """Return all points as one array x, y, x, y, … and the count of points in each stroke."""
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
