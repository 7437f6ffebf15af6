"""Break every file that a visit fetches, in every way, one after the other, in one browser.

Prints a line for each case: that the page works, or what it says and after how many seconds. FAILED means
that the page neither works nor says what is wrong and recovers. The exit code is 1 if there is such a line.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from fnmatch import fnmatch
from pathlib import Path

from selenium.common.exceptions import WebDriverException
from urllib3.exceptions import HTTPError  # raised when a driver no longer answers

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [
    str(ROOT / folder)
    for folder in ("py", "tools", "tests/browser/support", "tests/browser/endurance")
]

import drivers
import matrix
from faults import Site


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--browser", choices=drivers.NAMES, default="chromium")
    parser.add_argument("--files", default="*", help="a pattern for the files' paths (all)")
    parser.add_argument(
        "--faults", default=",".join(matrix.FAULTS), help="separated by commas (all)"
    )
    options = parser.parse_args(arguments)
    site = Site()
    driver = drivers.start(options.browser, strategy="none")
    counted = Counter()
    try:
        files = [path for path in matrix.asked(driver, site) if fnmatch(path, options.files)]
        print(f"{len(files)} files", flush=True)
        for path, fault in matrix.pairs(files, options.faults.split(",")):
            outcome = _tried(driver, site, path, fault)
            counted[outcome.split()[0]] += 1
            print(f"{path} {fault}: {outcome}", flush=True)
    finally:
        drivers.close(driver)
        site.close()
    print(dict(counted))
    return 1 if counted["FAILED"] else 0


def _tried(driver, site, path, fault):
    try:
        outcome = matrix.attempt(driver, site, path, fault)
    except (AssertionError, WebDriverException, HTTPError) as error:
        if not drivers.alive(driver):
            drivers.revive(driver)
        return f"FAILED {' '.join(str(error).split())[:600]}"
    return f"{outcome.name} {outcome.seconds or ''} {' / '.join(outcome.told)}".replace("\n", " ")


if __name__ == "__main__":
    sys.exit(main())
