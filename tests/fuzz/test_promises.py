"""Test a few hundred fixed cases of every kind of input from outside.

``make fuzz`` tries as many more as you like.
"""

import pytest
from hypothesis import HealthCheck, given, settings
from targets import TARGETS

# Deterministic, so that no change is blamed for what a random search found.
FIXED = settings(
    derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)


# Code typed in the console may cause warnings. Where a warning breaks a promise, it is an error.
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
def test_any_input_is_used_or_refused(target):
    @settings(FIXED, max_examples=target.examples)
    @given(target.cases)
    def keeps(case):
        target.promise(case)

    keeps()


@pytest.mark.parametrize("target", [t for t in TARGETS.values() if t.seeds], ids=lambda t: t.name)
def test_valid_input_is_not_refused(target):
    """Otherwise a target that refuses everything would keep its promise."""
    for data in target.seeds():
        assert target.promise_bytes(data) is not None
