"""How the tests are run: shared out to several processes, with progress all the time.

pytest-xdist does the sharing (`-n 2`). Each failure is printed in full as soon as it happens, and again at
the end.
"""

import os
import re
import signal
import sys
import time
from collections import Counter

import pytest

# A shell ignores Ctrl+C for what it runs in the background. Servers that tests start must still hear it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# The products here are small. Two threads for each would take longer, and much longer beside other work.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# Where nobody watches a line that is written anew, a line each so many seconds.
EVERY = 10

PYTHON, BROWSERS = "python", ("chromium", "firefox", "webkit")


def pytest_configure(config):
    if config.getoption("numprocesses", None):
        # Only this has pytest-xdist tell us of each test's group (see tests/browser/conftest.py).
        config.option.dist = "loadgroup"
        # In the order of collection: browser after browser, as each takes seconds to start.
        config.option.loadscopereorder = False
        config.pluginmanager.register(Progress(config), "progress")
        config.pluginmanager.register(Sharing(), "sharing")


def plain(nodeid):
    """Give a test's name without its group, which pytest-xdist appends."""
    return re.sub(r"@\w+$", "", nodeid)


def suite(nodeid):
    """Give the browser that a test drives, or "python"."""
    path, _, name = nodeid.partition("::")
    if not path.startswith("tests/browser/"):
        return PYTHON
    return next((browser for browser in BROWSERS if f"[{browser}" in name), BROWSERS[0])


class Sharing:
    """Says which tests one process runs after each other: they share a browser's page, or an interpreter."""

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_make_scheduler(self, config, log):
        from xdist.scheduler import LoadScopeScheduling

        class Scheduling(LoadScopeScheduling):
            def _split_scope(self, nodeid):
                file = nodeid.partition("::")[0]
                if not file.startswith(("tests/browser/", "tests/page/")):
                    return nodeid
                return suite(nodeid) + file + nodeid.removeprefix(plain(nodeid))

        return Scheduling(config, log)


class Progress:
    """Says how many tests of each suite are done, in the place of a dot for each."""

    def __init__(self, config):
        self._config = config
        self._total, self._done = Counter(), Counter()
        self._failed = 0
        self._began = self._said = time.monotonic()

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids):
        self._total = Counter(map(suite, ids))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report):
        """Count a test when it is over, and print a failure when it happens."""
        report.nodeid = plain(report.nodeid)
        if report.failed:
            self._failed += 1
            self._line()
            self._reporter.write_sep("_", f"FAILED: {report.nodeid} ({report.when})", red=True)
            self._reporter.write_line(report.longreprtext)
        if report.when == "teardown":
            name = suite(report.nodeid)
            self._done[name] += 1
            last = self._done[name] == self._total[name]
            self._say(last or time.monotonic() - self._said > EVERY)

    @pytest.hookimpl(wrapper=True)
    def pytest_report_teststatus(self):
        """Count as ever, but print no letter."""
        category, _, word = yield
        return category, "", word

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self):
        self._line()

    @property
    def _reporter(self):
        return self._config.pluginmanager.getplugin("terminalreporter")

    def _say(self, due):
        watched = sys.stdout.isatty()
        if not (due or watched):
            return
        self._said = time.monotonic()
        minutes, seconds = divmod(int(self._said - self._began), 60)
        suites = [f"{name} {self._done[name]}/{total}" for name, total in self._total.items()]
        words = "  ".join([f"{minutes}:{seconds:02}", *suites, f"{self._failed} failed"])
        if watched:
            self._reporter.rewrite(words)
        else:
            self._reporter.write_line(words)

    def _line(self):
        """Begin a new line, if the last one is only there until it is written anew."""
        self._reporter.ensure_newline()
