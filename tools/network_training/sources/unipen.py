"""Read UNIPEN files, and the isolated digits that UNIPEN published in them.

UNIPEN 1.0 (Guyon et al. 1994, "UNIPEN project of on-line data exchange and recognizer benchmarks") is a text
of statements. A statement starts with a keyword whose dot is the first character of a line, and extends to
the next such line. ``.PEN_DOWN`` and ``.PEN_UP`` hold points. Those with any points are components, numbered
from 0. ``.SEGMENT CHARACTER 3-4 OK "7"`` labels components 3 to 4. y points up.
"""

import re
from pathlib import Path
from typing import NamedTuple

import numpy as np

COMPRESSED = b"\x1f\x9d"

DEEPEST = 8

SEGMENT = re.compile(r'(\S+)\s+([\d:,-]+)\s+(?:\S+\s+)?"(.*)"', re.DOTALL)
RANGE = re.compile(r"(\d+)(?::(\d+))?(?:-(\d+)(?::(\d+))?)?")


class Refusal(Exception):
    """A file is not what was published. The message says which, where, and what was expected."""


class Found(NamedTuple):
    """One drawing of a file: its writer as the file names them, and strokes (n, 2), y downwards.

    ``label`` says what a drawing is that is no digit.
    """

    digit: int
    writer: str
    strokes: list
    label: str = ""


class Statement(NamedTuple):
    """One keyword, the text that follows it, and where it starts."""

    path: Path
    line: int
    keyword: str
    text: str

    def refuse(self, problem):
        """Raise a Refusal that names this statement."""
        raise Refusal(f"{self.path}, line {self.line}: {self.keyword} {problem}")

    def points(self, columns):
        """Parse the text as points: float64 (n, columns)."""
        words = self.text.split()
        try:
            numbers = np.array(words, np.float64)
        except ValueError as error:
            self.refuse(f"has something that is not a number ({error})")
        if len(numbers) % columns or not np.isfinite(numbers).all():
            self.refuse(f"has {len(words)} numbers, expected {columns} finite ones for each point")
        return numbers.reshape(-1, columns)


def statements(path):
    """Read a file's statements one by one. Raises Refusal."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Refusal(f"{path}: {error.strerror}") from error
    if data.startswith(COMPRESSED):
        raise Refusal(f"{path}: it is compressed, expected it uncompressed: run `gzip -d` on it")
    first, keyword, text = 0, None, []
    for line, content in enumerate(data.decode("latin-1").splitlines(), 1):
        if not content.startswith("."):
            text.append(content)
            continue
        if keyword:
            yield Statement(path, first, keyword, "\n".join(text))
        keyword, _, rest = content.partition(" ") if " " in content else content.partition("\t")
        first, keyword, text = line, keyword.rstrip(), [rest]
    if not keyword:
        raise Refusal(f"{path}, line 1: no statement found, expected a UNIPEN file")
    yield Statement(path, first, keyword, "\n".join(text))


def flip(points, height=0, decimals=2):
    """Flip y to point down, round, and remove points where the pen rested."""
    # Adding 0 turns −0.0 into 0.0.
    points = np.round(np.column_stack([points[:, 0], height - points[:, 1]]), decimals) + 0.0
    moved = np.any(points[1:] != points[:-1], axis=1)
    return points[np.append(True, moved)[: len(points)]]


def read(root):
    """Read section 1a of train_r01_v07: yields a Found for each digit, and a reason for each one skipped.

    root: the folder that contains ``data`` and ``include``. Files are read in the order of their names. A
    writer's name is the contributor and the ``.WRITER_ID``. Raises Refusal.
    """
    section, include = Path(root) / "data" / "1a", Path(root) / "include"
    paths = sorted(section.rglob("*.dat"), key=lambda path: path.parts)
    if not paths:
        raise Refusal(f"{section}: it has no .dat files, expected those of UNIPEN's section 1a")
    for path in paths:
        sheet = _Sheet()
        segments = sheet.read(path, include)
        if not segments:
            raise Refusal(f"{path}: it has no .SEGMENT, expected one for each digit")
        for segment in segments:
            match = SEGMENT.fullmatch(segment.text.strip())
            if not match:
                segment.refuse(
                    f'is {segment.text.strip()[:60]}, expected one like CHARACTER 3-4 OK "7"'
                )
            kind, ranges, label = match.groups()
            if kind != "CHARACTER" or not re.fullmatch("[0-9]", label):
                yield "not labelled as a digit"
                continue
            inked = sheet.cut(ranges, segment)
            if inked is None:
                yield "of strokes that do not exist"
            elif not any(np.ptp(stroke, axis=0).any() for stroke in inked[1]):
                yield "with no ink except dots"
            else:
                writer = f"{path.relative_to(section).parts[0]} {inked[0] or path.stem}"
                yield Found(int(label), writer, inked[1])


class _Sheet:
    """The contents of one file and of the files that it includes: components, writers and units."""

    def __init__(self):
        self.components = []
        self.writer = ""
        self.columns = []
        self.density = {}

    def read(self, path, include, depth=0):
        """Read a file and the files it includes. Returns the .SEGMENT statements of the file itself."""
        segments = []
        for statement in statements(path):
            words = statement.text.split()
            if statement.keyword in (".PEN_DOWN", ".PEN_UP"):
                if words:
                    self.components.append((statement, self.writer))
            elif statement.keyword == ".SEGMENT":
                segments.append(statement)
            elif statement.keyword == ".WRITER_ID":
                self.writer = " ".join(words)
            elif statement.keyword == ".COORD":
                self.columns = words
            elif re.fullmatch(r"\.[XY]_POINTS_PER_(INCH|MM)", statement.keyword):
                self.density[statement.keyword[1]] = statement.points(1)[0, 0]
            # A lexicon lists words and says nothing about ink.
            elif statement.keyword == ".INCLUDE" and not statement.text.strip().endswith(".lex"):
                inner = include / statement.text.strip()
                if depth > DEEPEST or not inner.resolve().is_relative_to(include.resolve()):
                    statement.refuse(f"is {statement.text.strip()}, expected a file in {include}")
                self.read(inner, include, depth + 1)
        return segments

    def cut(self, ranges, segment):
        """Cut out the strokes of ranges: ``2``, ``2-4`` or ``2:5-4:10`` (components and points), or several.

        Returns the first one's writer and the strokes, or None if there are too few components.
        """
        if not {"X", "Y"} <= set(self.columns):
            segment.refuse("follows no .COORD of X and Y, expected one before it")
        strokes, writer = [], None
        for text in ranges.split(","):
            match = RANGE.fullmatch(text)
            if not match:
                segment.refuse(f"has the range {text}, expected one like 2, 2-4 or 2:5-4:10")
            first, begin, last, end = (int(word) if word else None for word in match.groups())
            last = first if last is None else last
            if last >= len(self.components):
                return None
            for number in range(first, last + 1):
                statement, author = self.components[number]
                writer = author if writer is None else writer
                if statement.keyword == ".PEN_DOWN":
                    points = statement.points(len(self.columns))
                    stop = end + 1 if number == last and end is not None else None
                    strokes.append(self._place(points[begin if number == first else None : stop]))
        return writer, [stroke for stroke in strokes if len(stroke)]

    def _place(self, points):
        """Take x and y, on the same scale: a tablet's resolution may differ between the two."""
        points = points[:, [self.columns.index("X"), self.columns.index("Y")]]
        x, y = self.density.get("X", 0), self.density.get("Y", 0)
        return flip(points * [1, x / y if x > 0 and y > 0 else 1])
