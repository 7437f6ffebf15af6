"""What a first visit may be sent, by kind of file: ``budget.json``, and how a visit is compared with it.

``least`` measures, ``grown`` and ``shrunk`` compare, ``read`` and ``write`` keep. A kind is a file's ending;
"all" is all of them. Two spans count: until the engine answers, and until nothing more comes.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import starts
from rig import Bench

FILE = Path(__file__).parent / "budget.json"

# So much more is too much, and so much less is to be written down.
PART = 0.05

# What is fetched as soon as the engine answers is now and then asked for a moment before.
VISITS = 3


def read() -> dict:
    """Return the budget."""
    return json.loads(FILE.read_text("utf-8"))


def write(found: dict) -> None:
    """Make what was found the budget."""
    FILE.write_text(json.dumps(found, indent=2) + "\n", "utf-8")


def visited(bench: Bench) -> dict:
    """Return what one first visit is sent: ``{span: {kind: {"requests", "bytes"}}}``."""
    return {span: sizes.kinds() for span, sizes in starts.spans(bench).items()}


def least(bench: Bench) -> dict:
    """Return the least of some visits."""
    return min((visited(bench) for _ in range(VISITS)), key=lambda found: _all(found, "bytes"))


def _all(found: dict, measure: str) -> list[int]:
    return [kinds["all"][measure] for kinds in found.values()]


def grown(budget: dict, found: dict) -> list[str]:
    """Say of which kinds more was sent than the budget and a twentieth."""
    return [
        f"{what}: {now}, and the budget is {then}"
        for what, then, now in _pairs(budget, found)
        if now > (1 + PART) * then
    ]


def shrunk(budget: dict, found: dict) -> list[str]:
    """Say of which kinds less was sent than the budget less a twentieth."""
    return [
        f"{what}: {now}, and the budget is still {then}"
        for what, then, now in _pairs(budget, found)
        if now < (1 - PART) * then
    ]


def _pairs(budget: dict, found: dict) -> Iterator[tuple[str, int, int]]:
    """Yield each figure that either knows: what it is, and its values in both."""
    for span, now in found.items():
        then = budget.get(span, {})
        for kind in sorted({*then, *now}):
            for measure in ("requests", "bytes"):
                values = [sizes.get(kind, {}).get(measure, 0) for sizes in (then, now)]
                yield f"{span.replace('_', ' ')}, {kind} {measure}", *values
