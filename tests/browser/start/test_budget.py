"""What a first visit is sent stays what it is, or somebody says so: bytes and requests, never times.

`.venv/bin/python tools/bench.py --write-budget` writes `bench/budget.json` anew.
"""

import sys
import warnings
from pathlib import Path

import pytest
from faults import SITE

sys.path.append(str(Path(__file__).parents[3] / "bench"))

import budget
import rig
import server


@pytest.fixture
def bench():
    """A browser of its own, as the bench has: a first visit is one with an empty profile."""
    with server.measured(SITE) as visit:
        yield rig.Bench(visit, "chromium", rounds=1)


def test_a_first_visit_is_sent_no_more_than_the_budget(bench, request):
    """By kind of file, until the engine answers and in total; a twentieth more is let pass."""
    if "chromium" not in request.config.getoption("--browser").split(","):
        pytest.skip("counted in Chromium")
    allowed = budget.read()
    for _ in range(budget.VISITS):
        found = budget.visited(bench)
        grown = budget.grown(allowed, found)
        if not grown:
            break
    how = "if it has to be: tools/bench.py --write-budget"
    assert not grown, "\n".join([*grown, how])
    shrunk = budget.shrunk(allowed, found)
    if shrunk:
        warnings.warn("\n".join(["less is sent than the budget says", *shrunk, how]), stacklevel=1)
