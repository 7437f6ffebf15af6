"""Fuzz everything that accepts data from outside: try many inputs, and look for a broken promise.

``tests/fuzz/targets`` defines the inputs and the promises. The tests use the same targets with fewer cases.
There are two engines. Hypothesis makes cases that are nearly valid. Atheris (``requirements/fuzz.txt``) makes
bytes that reach code which no case has reached before.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import NamedTuple

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = [str(ROOT / folder) for folder in ("tests/fuzz", "tests/support", "py", "tools")]
sys.path[:0] = FOLDERS

from targets import TARGETS

# Hypothesis remembers every case of a run, so a long run is made of short ones with their own seeds.
BATCH = 200

# After this many different crashes, a target is not worth more time.
ENOUGH = 5


class Result(NamedTuple):
    """The result for one target: cases tried, seconds, and a text for each different crash."""

    target: str
    cases: int
    seconds: float
    crashes: list


def main(arguments: list[str] | None = None) -> int:
    """Run the command line. The exit status is 1 if a promise was broken."""
    options = parse(arguments)
    engine = {"hypothesis": search, "atheris": guided}[options.engine]
    results = []
    print(f"{options.engine}, seed {options.seed}", flush=True)
    for name in options.target or TARGETS:
        if options.engine == "atheris" and not TARGETS[name].promise_bytes:
            continue
        results.append(engine(TARGETS[name], options))
        for crash in results[-1].crashes:
            print(f"\n{crash}", flush=True)
        print(line(results[-1]), flush=True)
    print("\n" + markdown(results))
    return int(any(result.crashes for result in results))


def parse(arguments):
    """Parse the command line."""
    parser = argparse.ArgumentParser(
        description="Try many inputs on everything that accepts data from outside, and look for a broken "
        "promise.",
        epilog="Exit status 1: a promise was broken. The case that broke it is printed, reduced to its "
        "smallest form. Bytes that atheris found are kept in _fuzz/.",
    )
    parser.add_argument("--cases", type=int, default=10_000, help="for each target (10,000)")
    parser.add_argument(
        "--seconds", type=float, default=float("inf"), help="limit for each target (none)"
    )
    parser.add_argument(
        "--target", choices=list(TARGETS), action="append", help="only this target; repeatable"
    )
    parser.add_argument("--engine", choices=["hypothesis", "atheris"], default="hypothesis")
    parser.add_argument(
        "--seed", type=int, default=random.randrange(2**31), help="of the search (random)"
    )
    return parser.parse_args(arguments)


def search(target, options) -> Result:
    """Let Hypothesis search for a case that breaks a target's promise."""
    begin, cases, crashes = time.monotonic(), 0, {}

    def promise(case):
        nonlocal cases
        cases += 1
        target.promise(case)

    def is_over():
        late = time.monotonic() - begin >= options.seconds
        return late or cases >= options.cases or len(crashes) >= ENOUGH

    batch = 0
    while not is_over():
        batch += 1
        # No more cases than requested, and never those of an earlier batch.
        tried = settings(
            max_examples=min(BATCH, options.cases - cases),
            database=None,
            deadline=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
            report_multiple_bugs=False,
        )
        test = seeded(options.seed + batch)(tried(given(target.cases)(promise)))
        try:
            test()
        except Exception as error:  # noqa: BLE001, any error at all is a finding
            crashes.setdefault(where(error), "".join(traceback.format_exception(error)))
    return Result(target.name, cases, time.monotonic() - begin, list(crashes.values()))


def where(error) -> tuple:
    """Identify a crash by the kind of error and the innermost line."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return type(error).__name__, last.filename, last.lineno


def guided(target, options) -> Result:
    """Let atheris search for bytes that break a target's promise. It stops at the first."""
    begin, found = time.monotonic(), ROOT / "_fuzz"
    found.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(target.seeds()):
            (Path(corpus) / str(number)).write_bytes(seed)
        command = [sys.executable, ROOT / "tests/fuzz/guided.py", target.name, corpus]
        command += [f"-runs={options.cases}", f"-seed={options.seed % 2**31}", "-timeout=20"]
        command += ["-rss_limit_mb=700", "-max_len=4096", f"-artifact_prefix={found}/"]
        if options.seconds < float("inf"):
            command.append(f"-max_total_time={options.seconds:.0f}")
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    counts = re.findall(r"^#(\d+)|^Done (\d+) runs", said, re.MULTILINE)
    cases = max((int(number) for pair in counts for number in pair if number), default=0)
    crashes = [] if done.returncode == 0 else [said[-6000:]]
    return Result(target.name, cases, time.monotonic() - begin, crashes)


def line(result: Result) -> str:
    """Summarise a target's result in one line."""
    return (
        f"{result.target:12} {result.cases:>10,} cases {result.seconds:>8,.0f} s "
        f"{len(result.crashes):>3} crashes"
    )


def markdown(results: list[Result]) -> str:
    """Format results as a Markdown table, with totals."""
    total = Result(
        "all",
        sum(result.cases for result in results),
        sum(result.seconds for result in results),
        [crash for result in results for crash in result.crashes],
    )
    rows = [
        f"| {r.target} | {r.cases:,} | {r.seconds:,.0f} | {len(r.crashes)} |"
        for r in [*results, total]
    ]
    return "\n".join(
        ["| target | cases | seconds | crashes |", "| --- | ---: | ---: | ---: |", *rows]
    )


if __name__ == "__main__":
    sys.exit(main())
