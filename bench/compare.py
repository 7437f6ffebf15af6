"""Starts of several built sites in turn, such as with a trick of the start and without it (docs/boot.md)."""

import sys
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from link import Link
from rig import ENGINE, PAGE, Bench, moment
from server import Sizes, measured
from starts import SLOW, longest


def compare(sites: list[Path], name: str, rounds: int, *, slow: bool = False) -> dict:
    """Start the sites in turn, each time in a new browser. Return the figures by the names of their folders.

    slow: at 10 Mbit/s and 40 ms. The first round does not count: it warms up the server.
    """
    found = {site.name: [] for site in sites}
    with ExitStack() as stack:
        benches = {
            site.name: Bench(stack.enter_context(measured(site)), name, rounds) for site in sites
        }
        for turn in range(rounds + 1):
            for site, bench in benches.items():
                bench.visit.link = Link(*SLOW) if slow else None
                with bench.page() as driver:
                    engine, page = moment(driver, ENGINE), moment(driver, PAGE)
                    task = longest(driver, "longTasks", engine).get("ms", 0)
                    sent = Sizes(list(bench.visit.sent)).total()
                one = {"page_ms": page, "engine_ms": engine, "longest_task_ms": task, **sent}
                print(f"  {turn} {site}: page {page:.0f}, engine {engine:.0f} ms", file=sys.stderr)
                found[site].append(one)
    return {site: _summary(runs[1:], found[sites[0].name][1:]) for site, runs in found.items()}


def _summary(runs: list[dict], first: list[dict]) -> dict:
    """Return medians, the spread, and each start's share of the first site's start in the same round."""
    result = {name: median(run[name] for run in runs) for name in runs[0]}
    for name in ("page_ms", "engine_ms"):
        values = sorted(run[name] for run in runs)
        shares = [one[name] / other[name] for one, other in zip(runs, first, strict=True)]
        result[f"{name}_spread"] = [values[0], values[-1]]
        result[f"{name}_share"] = median(shares)
    return result
