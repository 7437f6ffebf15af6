"""Measure start, latency, size, answering and learning of the built site in a browser.

Prints a table and writes ``_bench/results.json``. The figures are compared with the project's targets. The
exit code is 0 either way, because a busy machine is not a fault.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / folder) for folder in ("bench", "py", "tests/browser/support")]

import drivers

import budget
import compare
import measures
import quality
import rivals
import runs
import starts
from rig import Bench
from server import measured

# Every measurement, by name.
ALL = starts.ALL | measures.ALL | rivals.ALL | runs.ALL

# The largest allowed value of each figure or, given as a name, another figure that it must be below.
TARGETS = {
    "start.page_ready_ratio": 0.12,
    "start.engine_ready_ratio": 0.45,
    "start.longest_task_ms": 50,
    "slow.page_ready_ms": 1500,
    "slow.engine_ready_ratio": 0.80,
    "size.until_engine.mb": 9,
    "size.in_total.mb": 9,
    "size.share_of_bare": 1,
    "second.engine_ready_ratio": 0.40,
    "pen.first.p95": 33,
    "pen.later.p50": 17,
    "pen.later.p95": 25,
    "pen.throttled.later.p95": 80,
    "point.to_highlight_ms.p95": 16,
    "point.to_numbers_ms.p95": 25,
    "point.tap_to_highlight_ms.p95": 50,
    "engine.strokes_to_activations_ms.p95": 4,
    "dials.turn_to_score_ms.p95": 150,
    "feedforward.1.engine_ms": "feedforward.1.best_tfjs_ms",
    "feedforward.1000.engine_ms": "feedforward.1000.best_tfjs_ms",
    "learning.pass.share_of_tfjs": 0.2,
    "learning.evaluation.engine_ms": "learning.evaluation.best_tfjs_ms",
    "training.relu.to_95_s": 4,
    "training.sigmoid.to_95_s": 15,
    "training.longest_task_ms": 50,
    "training.pen.times_p95": 1.5,
    "training.views.slow_down": 0.15,
}


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--browser", choices=drivers.NAMES, default="chromium")
    parser.add_argument(
        "--only", choices=ALL, action="append", help="a single measurement; repeatable"
    )
    parser.add_argument(
        "--rounds", type=int, default=7, help="number of starts of each page, and of strokes (7)"
    )
    parser.add_argument("--site", type=Path, default=ROOT / "_site", help="the built site (_site)")
    parser.add_argument(
        "--compare",
        type=Path,
        nargs="+",
        metavar="SITE",
        help="start these built sites in turn instead, and compare each with the first",
    )
    parser.add_argument(
        "--slow", action="store_true", help="with --compare: at 10 Mbit/s and 40 ms"
    )
    parser.add_argument("--out", type=Path, default=ROOT / "_bench/results.json")
    parser.add_argument(
        "--write-budget",
        action="store_true",
        help="measure what a first visit fetches, and make that the budget in bench/budget.json",
    )
    parser.add_argument(
        "--write-quality",
        action="store_true",
        help="put the figures into the table in docs/quality.md as well",
    )
    options = parser.parse_args(arguments)
    if options.compare:
        found = compare.compare(options.compare, options.browser, options.rounds, slow=options.slow)
        print(json.dumps(found, indent=2))
        return 0
    if not (options.site / "index.html").is_file():
        print(f"{options.site}/index.html is missing: run `make site` first.", file=sys.stderr)
        return 1

    if options.write_budget:
        with measured(options.site) as visit:
            budget.write(budget.least(Bench(visit, options.browser, options.rounds)))
        print(f"{budget.FILE.relative_to(ROOT)} written.")
        return 0

    results = {"date": datetime.now(UTC).isoformat(timespec="seconds"), "machine": machine()}
    with measured(options.site) as visit:
        bench = Bench(visit, options.browser, options.rounds)
        for name in options.only or ALL:
            print(f"measuring {name} …", file=sys.stderr, flush=True)
            results[name] = ALL[name](bench)
        results["browser"] = bench.browser
    results["targets"] = judged(results)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n", "utf-8")
    print(table(results))
    if options.write_quality:
        write_quality(results)
    return 0


def write_quality(results: dict) -> None:
    """Put the figures into the table in docs/quality.md."""
    figures = {name: figure_at(results, name) for name in quality.FIGURES}
    text = quality.update(
        quality.FILE.read_text("utf-8"),
        {name: figure for name, figure in figures.items() if figure is not None},
        results["targets"],
        results["browser"].partition(".")[0],
        results["date"][:10],
    )
    quality.FILE.write_text(text, "utf-8")


def machine() -> dict:
    """Describe the machine, on which the figures depend."""
    cpu = Path("/proc/cpuinfo")
    models = (
        [line for line in cpu.read_text().splitlines() if "model name" in line]
        if cpu.exists()
        else []
    )
    return {
        "system": platform.platform(),
        "python": platform.python_version(),
        "processor": models[0].split(":")[1].strip() if models else platform.processor(),
        "cores": len(models) or None,
        "load": Path("/proc/loadavg").read_text().split()[0] if cpu.exists() else None,
    }


def judged(results: dict) -> dict:
    """Compare the measured figures with their targets: figure, limit, and whether it was reached."""
    verdicts = {}
    for name, limit in TARGETS.items():
        figure = figure_at(results, name)
        bound = figure_at(results, limit) if isinstance(limit, str) else limit
        if figure is not None and bound is not None:
            reached = figure < bound if isinstance(limit, str) else figure <= bound
            verdicts[name] = {"figure": figure, "limit": bound, "reached": reached}
    return verdicts


def figure_at(results: dict, name: str) -> float | None:
    """Look up a figure by its path, such as ``start.page_ready_ratio``. None if it was not measured."""
    for key in name.split("."):
        results = results.get(key) if isinstance(results, dict) else None
    return results


def table(results: dict) -> str:
    """Format the figures as aligned lines, followed by the targets."""
    lines = [f"{name}: {value}" for name, value in flat(results) if not name.startswith("targets.")]
    for name, verdict in results["targets"].items():
        word = "reached" if verdict["reached"] else "NOT REACHED"
        lines.append(f"{name}: {verdict['figure']:.3g} (at most {verdict['limit']:.3g}): {word}")
    width = max(line.index(": ") for line in lines)
    return "\n".join(
        f"{line[: line.index(': ')]:<{width}}  {line[line.index(': ') + 2 :]}" for line in lines
    )


def flat(value: object, name: str = "") -> list[tuple[str, object]]:
    """List the leaves of nested dictionaries by path."""
    if not isinstance(value, dict):
        return [(name, f"{value:.4g}" if isinstance(value, float) else value)]
    return [leaf for key in value for leaf in flat(value[key], f"{name}.{key}".lstrip("."))]


if __name__ == "__main__":
    sys.exit(main())
