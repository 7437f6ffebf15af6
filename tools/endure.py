"""Run an endurance test in one browser: random input for many minutes, hundreds of reloads, or ten tabs.

Prints memory after the first minute and at the end, and everything that went wrong. The exit code is 1 if
anything did, or if memory grew by more than a tenth after the first minute.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [
    str(ROOT / folder)
    for folder in ("py", "tools", "tests/browser/support", "tests/browser/endurance")
]

import drivers
import endurance
from faults import Site


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("what", choices=("monkey", "reloads", "tabs"), nargs="?", default="monkey")
    parser.add_argument("--browser", choices=drivers.NAMES, default="chromium")
    parser.add_argument(
        "--minutes", type=float, default=30, help="duration of the monkey test (30)"
    )
    parser.add_argument("--seed", type=int, default=1, help="seed of the monkey test (1)")
    parser.add_argument("--times", type=int, help="number of reloads (200) or tabs (10)")
    options = parser.parse_args(arguments)
    site = Site()
    driver = drivers.start(options.browser)
    try:
        if options.what == "monkey":
            found = endurance.monkey(driver, site, options.seed, 60 * options.minutes, say=print)
        elif options.what == "reloads":
            found = endurance.reloads(driver, site, options.times or 200, print)
        else:
            found = endurance.tabs(driver, site, options.times or 10)
    except AssertionError as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        drivers.close(driver)
        site.close()
    print(json.dumps(found, indent=1, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
