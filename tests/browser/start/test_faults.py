"""A few of the files that a visit asks for, each broken in one way: it works, or says so and recovers.

Every file in every way is `make soak`, which takes an hour and more a browser; how a visit is made and judged
is in ``matrix``.
"""

import drivers
import matrix
import pytest

# Timers of the page's that would keep a test waiting run six times as fast.
HURRY = """
const plain = window.setTimeout;
window.setTimeout = (work, ms, ...rest) => plain(work, ms > 5000 ? ms / 6 : ms, ...rest);
"""

# A file, and how it is broken. Each of these has to be told, so a file that nobody asks for is noticed.
SAMPLE = {
    "page-cut-short": ("index.html", "truncated"),
    "style-wrong": ("static/page.css", "corrupted"),
    "micropython-wrong": ("runtime/micropython-*/*.bin", "corrupted"),
    "python-wrong": ("py/page.bin", "corrupted"),
    "weights-truncated": ("weights/784-16-16-10-relu.npz", "truncated"),
    "digits-error": ("digits/mnist-test.bin", "error"),
    "guard-hung": ("static/boot/guard.js", "hung"),
    "pyodide-truncated": ("runtime/pyodide/pyodide.mjs", "truncated"),
}

# WebKit is shown only these, which it minded and Chromium did not.
FEW = ("guard-hung", "pyodide-truncated")


@pytest.fixture(scope="module")
def hurried(driver):
    """A browser of the same kind whose driver does not wait for what never ends."""
    other = drivers.start(driver.family, driver.trap, strategy="none")
    yield other
    drivers.close(other)


@pytest.mark.only("chromium", "webkit")
def test_a_broken_file_is_survived_or_told_and_fetched_again(hurried, site, subtests):
    """Whatever it is, the drawing is kept, and "Try again" brings everything."""
    for name in SAMPLE if hurried.family == "chromium" else FEW:
        with subtests.test(name):
            site.first = HURRY
            assert matrix.attempt(hurried, site, *SAMPLE[name]).told
