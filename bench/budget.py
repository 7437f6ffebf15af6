"""The budget of a first visit by kind of file, in ``budget.json``, and how to compare a visit with it.

``least`` measures, and ``grown`` and ``shrunk`` compare. A kind is a file's extension, and "all" is every
file. There are two spans: until the engine answers, and until nothing more is fetched.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import starts
from rig import Bench

FILE = Path(__file__).parent / "budget.json"

# Growth by more than this share breaks the budget. Shrinking by more means that the budget must be lowered.
PART = 0.05

# Files fetched when the engine answers are sometimes requested a moment before. The minimum of several visits
# is stable.
VISITS = 3


def read() -> dict:
    """Return the budget."""
    return json.loads(FILE.read_text("utf-8"))


def write(found: dict) -> None:
    """Write these figures as the budget."""
    FILE.write_text(json.dumps(found, indent=2) + "\n", "utf-8")


def visited(bench: Bench) -> dict:
    """Measure what one first visit fetches: ``{span: {kind: {"requests", "bytes"}}}``."""
    return {span: sizes.kinds() for span, sizes in starts.spans(bench).items()}


def least(bench: Bench) -> dict:
    """Return the smallest figures of several visits."""
    return min((visited(bench) for _ in range(VISITS)), key=lambda found: _all(found, "bytes"))


def _all(found: dict, measure: str) -> list[int]:
    return [kinds["all"][measure] for kinds in found.values()]


def grown(budget: dict, found: dict) -> list[str]:
    """List the kinds of which a visit fetches more than the budget plus 5 %."""
    return [
        f"{what}: {now}, and the budget is {then}"
        for what, then, now in _pairs(budget, found)
        if now > (1 + PART) * then
    ]


def shrunk(budget: dict, found: dict) -> list[str]:
    """List the kinds of which a visit fetches less than the budget minus 5 %."""
    return [
        f"{what}: {now}, and the budget is still {then}"
        for what, then, now in _pairs(budget, found)
        if now < (1 - PART) * then
    ]


def _pairs(budget: dict, found: dict) -> Iterator[tuple[str, int, int]]:
    """Yield each figure that either has: its description, and its values in both."""
    for span, now in found.items():
        then = budget.get(span, {})
        for kind in sorted({*then, *now}):
            for measure in ("requests", "bytes"):
                values = [sizes.get(kind, {}).get(measure, 0) for sizes in (then, now)]
                yield f"{span.replace('_', ' ')}, {kind} {measure}", *values
