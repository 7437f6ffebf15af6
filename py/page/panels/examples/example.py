"""An example: one of the visitor's drawings with its label."""

import json

import js

# What a line of a file has beside digit and strokes, as tools/network_training/sources/stroke_files.py
# writes it.
TEXTS = ("id", "writer", "source", "device")

SOURCE, WRITER = "Plain Vanilla", "me"

# The most points of one drawing. More would keep the engine busy for long.
MOST_POINTS = 5000

_made = [0]


class Example:
    """A drawing and its label.

    ``id`` is what the file calls it; ``key`` is unique in this browser, and later examples have greater keys.
    ``input`` is what the network sees of it, once the engine has been asked: whether it was straightened,
    and a Float32Array.
    """

    def __init__(self, digit, strokes, texts, key=None):
        """strokes: JSON, see ``written``; texts: a dict with the names of TEXTS."""
        self.digit = digit
        self.id = texts["id"]
        self.key = key or _new_key()
        line = _line(digit, strokes, texts)
        self._start = line.index(strokes)
        self._end = self._start + len(strokes)
        # In JavaScript's memory: MicroPython searches all of its own whenever it collects garbage.
        self.held = js.Array.of(line)
        self.input = None

    @property
    def line(self):
        """The example as a line of a stroke file."""
        return self.held[0]

    @property
    def strokes(self):
        """The strokes as JSON, in pad units."""
        return self.line[self._start : self._end]

    @property
    def path(self):
        """The drawing as an SVG path."""
        # A stroke of one point is a dot, which is painted only if the path has a line there.
        return "M%sh0" % self.strokes[3:-3].replace("]],[[", "h0M").replace("],[", " ")

    @property
    def places(self):
        """The strokes, each a list of places (x, y) on the pad."""
        return [[tuple(place) for place in stroke] for stroke in json.loads(self.strokes)]


def from_ink(ink, digit):
    """Make an example of the strokes on the pad."""
    strokes = []
    for stroke in ink.strokes:
        array = js.Float32Array.new(2 * stroke.count)
        stroke.copy_to(array, 0)
        numbers = [float(number) for number in array.join(" ").split()]
        strokes.append([numbers[at : at + 2] for at in range(0, len(numbers), 2)])
    texts = {"id": _new_id(), "writer": WRITER, "source": SOURCE, "device": ""}
    return Example(digit, written(strokes), texts)


def written(strokes):
    """Write strokes as JSON: a list of strokes, each a list of points [x, y] in pad units.

    Two decimals will do: a pad unit is less than a pixel of the input image.
    """
    rows = [
        ",".join(["[%s,%s]" % (_number(x), _number(y)) for x, y in stroke]) for stroke in strokes
    ]
    return "[[%s]]" % "],[".join(rows)


def _line(digit, strokes, texts):
    quoted = [json.dumps(texts[name]) for name in TEXTS]
    form = '{"id":%s,"digit":%d,"writer":%s,"strokes":%s,"source":%s,"device":%s}'
    return form % (quoted[0], digit, quoted[1], strokes, quoted[2], quoted[3])


def _number(value):
    text = ("%.2f" % value).rstrip("0")
    if text.endswith("."):
        text += "0"
    return "0.0" if text == "-0.0" else text


def _new_id():
    """Make an id that says nothing about the visitor, not even when it was drawn."""
    # Not of 32 bits: MicroPython 1.27 takes half of those for negative numbers.
    numbers = js.Uint16Array.new(4)
    js.window.crypto.getRandomValues(numbers)
    return "own-" + "".join(["%04x" % number for number in list(numbers)])


def _new_key():
    _made[0] += 1
    return "%015d %06d %08x" % (js.Date.now(), _made[0], int(js.Math.random() * 2**32))
