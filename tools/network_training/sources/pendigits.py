"""Read UCI's "Pen-Based Recognition of Handwritten Digits", from the files with full trajectories.

The files are in the UNIPEN format (see ``unipen``), but a digit's strokes follow its ``.SEGMENT``.
"""

import re
from pathlib import Path

from network_training.sources.unipen import Found, Refusal, flip, statements

# Each digit was written in a box of 500 by 500.
BOX = 500

SEGMENT = re.compile(r'DIGIT\s+(\d+)(?:-(\d+))?\s+\S+\s+"([0-9])"')


def read(path):
    """Read the digits of ``pendigits-orig.tra`` or ``.tes``: yields a Found for each.

    In these files a ``.SEGMENT DIGIT`` precedes the strokes that it names. The ``.COMMENT`` after it repeats
    the label and gives the writer's number and the digit's number. Raises unipen.Refusal.
    """
    segment, label, writer, strokes, done = None, "", "", [], 0
    for statement in statements(Path(path)):
        words = statement.text.split()
        if statement.keyword == ".SEGMENT":
            if segment:
                yield _finish(segment, label, writer, strokes, done)
            done += len(strokes)
            match = SEGMENT.fullmatch(statement.text.strip())
            if not match:
                statement.refuse(f'is {" ".join(words)[:60]}, expected one like DIGIT 0-1 ? "8"')
            segment, label, writer, strokes = statement, match[3], "", []
        elif statement.keyword == ".COMMENT" and segment and not writer:
            if len(words) != 3 or words[0] != label or not all(map(str.isdecimal, words)):
                statement.refuse(
                    f"is {' '.join(words)[:60]}, expected {label}, its writer's number and its own"
                )
            writer = words[1]
        elif statement.keyword == ".PEN_DOWN":
            if not segment:
                statement.refuse("comes before any .SEGMENT, expected it after one")
            strokes.append(statement.points(2))
    if not segment:
        raise Refusal(f"{path}: it has no .SEGMENT DIGIT, expected one for each digit")
    yield _finish(segment, label, writer, strokes, done)


def _finish(segment, label, writer, strokes, done):
    """Check one digit, which comes after ``done`` strokes, and flip it upright."""
    first, last, _ = SEGMENT.fullmatch(segment.text.strip()).groups()
    if not writer:
        segment.refuse("has no .COMMENT that names the writer, expected one after it")
    if (int(first), int(last or first)) != (done, done + len(strokes) - 1):
        segment.refuse(
            f"names strokes {first} to {last or first}, but {len(strokes)} follow, from {done} on"
        )
    if not all(map(len, strokes)):
        segment.refuse("has a stroke without points, expected at least one in each")
    return Found(int(label), writer, [flip(points, BOX) for points in strokes])
