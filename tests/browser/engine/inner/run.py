"""Runs the network's tests inside Pyodide; its last expression is the result as JSON."""

import contextlib
import io
import json
import sys

import pytest

# Python began with the network imported, less what only training needs.
for name in [
    name for name in sys.modules if name.partition(".")[0] in ("nn", "preprocess", "datasets")
]:
    del sys.modules[name]


class Tally:
    """A pytest plugin that keeps how each test ended."""

    def __init__(self):
        self.outcomes = {}

    def pytest_runtest_logreport(self, report):
        """Keep the worst of set-up, call and tear-down."""
        order = ["passed", "skipped", "failed"]
        before = self.outcomes.get(report.nodeid, "passed")
        self.outcomes[report.nodeid] = max(before, report.outcome, key=order.index)


tally = Tally()
output = io.StringIO()
with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
    code = pytest.main(
        ["tests/nn", "tests/preprocess", "tests/datasets", "--capture=sys", "--color=no"],
        plugins=[tally],
    )
json.dumps({"code": int(code), "outcomes": tally.outcomes, "report": output.getvalue()})
