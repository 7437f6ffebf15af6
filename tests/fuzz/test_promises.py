"""What comes in from outside keeps its promises: a few thousand cases, the same ones every time.

``make fuzz`` tries as many more as one likes.
"""

import pytest
from hypothesis import HealthCheck, given, settings
from targets import TARGETS

# Reproducible, so that nobody's change is blamed for what chance has found.
FIXED = settings(
    derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)


# What is typed in the console may warn whoever types it; where a warning breaks a promise, it is an error.
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
def test_whatever_comes_in_is_used_or_refused(target):
    @settings(FIXED, max_examples=target.examples)
    @given(target.cases)
    def keeps(case):
        target.promise(case)

    keeps()


@pytest.mark.parametrize("target", [t for t in TARGETS.values() if t.seeds], ids=lambda t: t.name)
def test_what_is_sound_is_not_refused(target):
    """A target that refuses everything would keep its promise."""
    for data in target.seeds():
        assert target.promise_bytes(data) is not None
