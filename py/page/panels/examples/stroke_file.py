"""Reads and writes files of examples: ``tools/network_training/sources/stroke_files.py`` has the format."""

import asyncio
import json

import js

from page.pad.ink import SIDE
from page.panels.examples.example import MOST_POINTS, SOURCE, TEXTS, WRITER, Example, written

# Drawings in other units are fitted into the pad, so that their longer side is this long, in pad units. Those
# within the pad whose longer side is at least SMALL stay as they are.
LONG = 70.0
SMALL = 10.0

# A line as this page writes it. Most are, and reading any other takes twenty times as long.
_NUMBER = r"(?:100\.0|\d\d?\.\d\d?)"
_STROKE = r"\[\[N,N\](?:,\[N,N\])*\]".replace("N", _NUMBER)
_OWN = js.RegExp.new(
    r'^\{"id":"(own-[0-9a-f]{16})","digit":(\d),"writer":"%s","strokes":(\[S(?:,S)*\]),'
    r'"source":"%s","device":""\}\r?$'.replace("S", _STROKE, 2)
    % (WRITER, SOURCE)
)

# Milliseconds of reading before the browser gets to work.
ENOUGH = 20


class Fault(Exception):
    """What is wrong with a line, in words that follow "Line 7: "."""


def write(examples):
    """Write examples as the text of a file."""
    held = js.Array.of(*[example.held for example in examples])
    return held.flat().join("\n") + "\n"


async def read(text, key=None, progress=None):
    """Read the text of a file. Returns the examples, and the faults as (line number, what is wrong).

    key: for the example if there is only one; each gets a new key otherwise. progress(done, of) is called
    now and then, with numbers of lines.
    """
    examples, faults = [], []
    begun = js.performance.now()
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                examples.append(await _read_line(line, key))
            except Fault as fault:
                faults.append((number, fault.args[0]))
        if js.performance.now() - begun > ENOUGH:
            if progress:
                progress(number, len(lines))
            await asyncio.sleep(0.001)
            begun = js.performance.now()
    return examples, faults


async def _read_line(line, key):
    own = _OWN.exec(line)
    if own and own[3].count("[") <= MOST_POINTS:
        texts = {"id": own[1], "writer": WRITER, "source": SOURCE, "device": ""}
        return Example(int(own[2]), own[3], texts, key)
    fields = await _parsed(line)
    if not isinstance(fields, dict):
        raise Fault("it is not an object with id, digit, writer and strokes.")
    for name in ("id", "digit", "writer", "strokes"):
        if name not in fields:
            raise Fault("%s is missing." % name)
    digit = fields["digit"]
    if type(digit) is not int or not 0 <= digit <= 9:
        raise Fault("digit is %s, and must be a whole number from 0 to 9." % _shown(digit))
    texts = {}
    for name in TEXTS:
        needed = name in ("id", "writer")
        text = texts[name] = fields[name] if needed else fields.get(name, "")
        if not isinstance(text, str) or (needed and not text):
            raise Fault("%s is %s, and must be a text." % (name, _shown(text)))
    strokes = _checked(fields["strokes"])
    if texts["source"] != SOURCE or not _inside(strokes):
        strokes = _fitted(strokes)
    return Example(digit, written(strokes), texts, key)


async def _parsed(line):
    """Parse a line of JSON strictly.

    MicroPython 1.27's own parser accepts what is no JSON, such as [1 2], and does not join the two halves of
    an escaped emoji. JSON.parse throws, which no ``except`` catches here; promises reject instead.
    """
    if "\ufffd" in line:
        raise Fault("it is not UTF-8 text.")
    try:
        text = await js.Response.new(line).json().then(js.JSON.stringify)
    except Exception:  # noqa: BLE001, the browser's own errors have no class here
        raise Fault("it is not JSON.")
    if "\\ud" in text:
        raise Fault("a text in it has half a character.")
    return json.loads(text)


def _checked(strokes):
    """Return the strokes that have points. Every point must be two finite numbers."""
    if not isinstance(strokes, list):
        raise Fault("strokes is %s, and must be a list of strokes." % _shown(strokes))
    for number, stroke in enumerate(strokes, 1):
        if not isinstance(stroke, list):
            raise Fault("stroke %d is not a list of points." % number)
        for point in stroke:
            if not _is_point(point):
                raise Fault(
                    "stroke %d has %s where a point [x, y] must be." % (number, _shown(point))
                )
    strokes = [stroke for stroke in strokes if stroke]
    count = sum([len(stroke) for stroke in strokes])
    if not count:
        raise Fault("its strokes have no points.")
    if count > MOST_POINTS:
        raise Fault("it has %d points, and may have %d." % (count, MOST_POINTS))
    return strokes


def _is_point(point):
    return (
        isinstance(point, list)
        and len(point) == 2
        and type(point[0]) in (int, float)
        and type(point[1]) in (int, float)
    )


def _inside(strokes):
    """Tell whether all points are on the pad."""
    return all(0 <= x <= SIDE and 0 <= y <= SIDE for stroke in strokes for x, y in stroke)


def _fitted(strokes):
    """Fit strokes into the pad, unless they fit already."""
    # Halves, since the difference of two huge numbers may be infinite.
    xs = [x / 2 for stroke in strokes for x, y in stroke]
    ys = [y / 2 for stroke in strokes for x, y in stroke]
    half = max(max(xs) - min(xs), max(ys) - min(ys))
    if _inside(strokes) and half >= SMALL / 2:
        return strokes
    half = half or 1.0
    middle_x, middle_y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2

    def placed(value, middle):
        return SIDE / 2 + (value / 2 - middle) / half * LONG

    return [[(placed(x, middle_x), placed(y, middle_y)) for x, y in stroke] for stroke in strokes]


def _shown(value):
    text = json.dumps(value)
    return text if len(text) <= 40 else text[:39] + "…"
