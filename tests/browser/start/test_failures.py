"""Whatever fails, the page says so, keeps the drawing, and can try again without being loaded anew.

The faults are the server's, except where the browser itself lacks something. What is done is always the
same: draw, see it fail, mend it, press "Try again", and get the answer to what had been drawn.
"""

import digits
import pytest
from failing import failed, try_again
from faults import CUT, HELD, MISSING, WRONG, Fault, rewritten, status, with_source
from visits import START

BROKEN_PYTHON = rewritten(lambda body: b"raise RuntimeError('broken on purpose')\n" + body, True)
# The hash is right, so that only unpacking the file can tell.
CUT_IN_BUILD = rewritten(lambda body: body[: len(body) // 2], True)
NOT_PYTHON = rewritten(lambda body: b"this is (not Python\n" + body, True)

# The path of what is broken, how, and a word that the sentence has to have.
FAULTS = {
    "wasm-missing": ("runtime/python/wasm-*.bin", MISSING, "Python"),
    "wasm-cut": ("runtime/python/wasm-*.bin", CUT, "Python"),
    "wasm-wrong": ("runtime/python/wasm-*.bin", WRONG, "Python"),
    "pyodide-missing": ("runtime/pyodide/pyodide.mjs", MISSING, "Python"),
    "glue-missing": ("runtime/python/glue-*.bin", MISSING, "Python"),
    "snapshot-missing": ("runtime/python/snapshot-*.bin", MISSING, "Python"),
    "snapshot-wrong": ("runtime/python/snapshot-*.bin", WRONG, "Python"),
    "numpy-missing": ("runtime/python/numpy-*.bin", MISSING, "NumPy"),
    "numpy-cut": ("runtime/python/numpy-*.bin", CUT, "NumPy"),
    "numpy-wrong": ("runtime/python/numpy-*.bin", WRONG, "NumPy"),
    "interpreter-missing": ("static/boot/interpreter.mjs", MISSING, "Python"),
    "parts-missing": ("static/boot/parts.mjs", MISSING, "Python"),
    "fetching-missing": ("static/boot/fetching.mjs", MISSING, "Python"),
    "manifest-missing": ("runtime/manifest.mjs", MISSING, "Python"),
    "engine-missing": ("py/engine/api.py", MISSING, "network"),
    "engine-raises": ("py/engine/api.py", BROKEN_PYTHON, "network"),
    "engine-unreadable": ("py/engine/api.py", NOT_PYTHON, "network"),
    "nn-missing": ("runtime/python/engine-*.bin", MISSING, "network"),
    "weights-missing": ("weights/*.npz", MISSING, "weights"),
    "weights-forbidden": ("weights/*.npz", status(500), "weights"),
    "weights-cut": ("weights/*.npz", CUT, "weights"),
    "weights-wrong": ("weights/*.npz", WRONG, "weights"),
}


def late(body, over):
    """Send a body after some seconds."""
    over.wait(2.5)
    yield body


LATE = Fault(send=late)

# One for each way that the page hears of it: every browser is shown these, Chromium all of them.
FEW = ("wasm-cut", "numpy-missing", "engine-raises", "weights-wrong")

# The page waits this long, at most, before it calls silence a failure.
SILENCE = 60


def sooner(patience, less):
    """Rewrite a source to less patience than it is built with, where waiting is all that happens."""

    def shorten(source):
        assert source.count(patience) == 1
        return source.replace(patience, less)

    return shorten


def module(name, rewrite):
    """Serve a bundle with another source of one of the page's modules."""
    return rewritten(lambda body: with_source(body, name, rewrite), True)


def raising(source):
    """Have a module raise."""
    return b"raise RuntimeError('broken on purpose')\n" + source


def retry(page):
    """Press the button, and see that it starts the engine anew."""
    page.js("noted.seen.length = 0")
    page.press("retry")
    page.until("return noted.seen.some((step) => step.engine === 'loading')")


@pytest.mark.parametrize("fault", FEW)
def test_a_failed_start_is_told_and_can_be_tried_again(broken, site, fault):
    """The drawing is kept meanwhile, and answered in the end."""
    path, how, word = FAULTS[fault]
    with site.breaking(path, how):
        broken.open().draw(digits.strokes(2)).frame()
        drawn, lit = broken.ink(), broken.inked()
        failed(broken, word)
        assert (broken.ink(), broken.inked()) == (drawn, lit)
        assert broken.js("return document.getElementById('answer').dataset.digit") == ""
    try_again(broken, 2)
    assert (broken.ink(), broken.inked()) == (drawn, lit)


@pytest.mark.only("chromium")
def test_whichever_file_fails_it_is_told(broken, site, subtests):
    """Every file that the engine is made of, one after the other, on one page that tries again and again."""
    with site.breaking("weights/*.npz", MISSING):
        broken.open().draw(digits.strokes(2))
        failed(broken, "weights")
    for fault, (path, how, word) in FAULTS.items():
        with subtests.test(fault), site.breaking(path, how):
            retry(broken)
            failed(broken, word)
    try_again(broken, 2)


@pytest.mark.only("chromium")
def test_one_can_draw_while_the_engine_has_failed_once_and_again(broken, site):
    """The pad needs no engine. The second failure is told like the first, and the third attempt works."""
    with site.breaking("weights/*.npz", MISSING):
        broken.open()
        failed(broken, "weights")
        before = broken.ink()
        broken.draw(digits.strokes(3)).frame()
        assert broken.ink() > before
        assert broken.inked() > 0
        retry(broken)
        failed(broken, "weights")
    try_again(broken, 3)


@pytest.mark.only("chromium")
def test_a_connection_that_hangs_is_given_up(broken, site):
    """Nothing comes and nothing ends: after a while the page says so, and then has as much patience again."""
    impatient = sooner(b"PATIENCE_AT_START = 40", b"PATIENCE_AT_START = 8")
    with (
        site.breaking("py/page.bin", module("engine_client/worker", impatient)),
        site.breaking("runtime/python/snapshot-*.bin", HELD),
    ):
        broken.open().draw(digits.strokes(5))
        failed(broken, "Python", SILENCE)
    with site.breaking("static/boot/linking.mjs", LATE):
        try_again(broken, 5)


def test_what_fails_later_is_told_and_started_anew(broken):
    """First the worker is gone, without a word; the next stroke finds that out.

    Then an error of the page itself: a promise that nobody caught must not leave a page that only
    looks alive.
    """
    broken.open(until="engine").draw(digits.strokes(7)[:1])
    broken.settle()
    broken.js("document.querySelector('script[type=py]').xworker.terminate()")
    broken.draw(digits.strokes(7)[1:]).frame()
    drawn, lit = broken.ink(), broken.inked()
    failed(broken, "network", SILENCE)
    assert (broken.ink(), broken.inked()) == (drawn, lit)
    try_again(broken, 7)
    broken.press("clear").draw(digits.strokes(8)).settle()
    broken.js("setTimeout(window.goWrong)")
    broken.wait(broken.failure, "the failure shows")
    assert "broken on purpose" in broken.failure()
    try_again(broken, 8)


@pytest.mark.only("chromium")
@pytest.mark.parametrize(
    ("part", "how"),
    [
        ("py/panels.bin", MISSING),
        ("py/panels.bin", CUT_IN_BUILD),
        ("py/panels.bin", module("panels/neuron/panel", raising)),
        ("static/panels.css", MISSING),
        ("static/panels.json", WRONG),
    ],
    ids=["missing", "cut", "raises", "unstyled", "empty"],
)
def test_a_room_that_does_not_come_is_told_and_fetched_again(broken, site, part, how):
    """The network answers meanwhile: only what is below it is not there."""
    with site.breaking(part, how):
        broken.open(until="engine")
        broken.wait(broken.failure, "the failure shows")
        assert "page" in broken.failure()
        assert "panels" not in broken.data()
        assert broken.draw(digits.strokes(3)).answer() == "3"
    broken.press("retry")
    broken.until("return document.documentElement.dataset.panels === 'ready'")
    assert broken.failure() == ""
    insides = (
        "return [...document.querySelectorAll('.panel')].map((panel) => panel.children.length)"
    )
    assert set(broken.js(insides)) == {2}, "each panel has a summary and one inside"


START_FAULTS = {
    "micropython": ("runtime/micropython-*/micropython-*.bin", MISSING),
    "micropython-cut": ("runtime/micropython-*/micropython-*.bin", CUT_IN_BUILD),
    "micropython-glue": ("runtime/micropython-1.27.0/micropython.mjs", MISSING),
    "pyscript": ("runtime/pyscript/core-*.js", MISSING),
    "start": ("py/boot/start.py", MISSING),
    "modules": ("py/page.bin", MISSING),
    "modules-cut": ("py/page.bin", CUT_IN_BUILD),
    "module-raises": ("py/page.bin", module("pad/pad", raising)),
}

# One for each way that the page hears of it.
FEW_AT_START = ("micropython", "module-raises")


@pytest.mark.parametrize("part", START_FAULTS)
def test_a_page_that_cannot_start_says_so(broken, site, part):
    """Before its own Python is there it has nothing to keep, and trying again loads it anew."""
    if broken.driver.family != "chromium" and part not in FEW_AT_START:
        pytest.skip("all of them in Chromium, a few in the others")

    def fail_and_try_again():
        impatient = rewritten(sooner(b"PATIENCE = 15000", b"PATIENCE = 3000"), True)
        with (
            site.breaking("static/boot/start.js", impatient),
            site.breaking(*START_FAULTS[part]),
        ):
            broken.open(until="nothing")
            broken.until_engine("failed")
            assert "page" in broken.failure().lower()
            assert "Try again" in broken.failure()
            assert "Traceback" not in broken.failure()
        broken.click("#retry")
        broken.until("return document.documentElement.dataset.page === 'ready'", START)
        broken.until_engine("ready")
        assert broken.failure() == ""

    broken.starting(fail_and_try_again)


# Whether a rule of the page's own sheet is there.
STYLED = """
return [...document.adoptedStyleSheets].some(({ cssRules }) =>
  [...cssRules].some(({ selectorText }) => selectorText === "#pad"));
"""


def test_a_style_sheet_that_hangs_is_given_up(broken, site):
    """The page begins without it, says so, and puts it on when it is told to try again."""
    impatient = sooner(b"PATIENCE_WITH_STYLE = 10_000", b"PATIENCE_WITH_STYLE = 1_000")
    with (
        site.breaking("static/boot/guard.js", rewritten(impatient, True)),
        site.breaking("static/page.css", HELD),
    ):
        broken.open(until="engine")
        broken.wait(broken.failure, "the failure shows")
        assert "page.css" in broken.failure()
        assert broken.js("return document.getElementById('pad').checkVisibility()")
    broken.click("#retry")
    broken.until(STYLED, what="the page's own sheet is there, not only those for panels and paper")
    broken.until("return !document.getElementById('retry').checkVisibility()")


def test_a_browser_without_webassembly_is_told_so(broken, site):
    """There is no Python then; the sentence names what is missing."""
    site.first = "delete globalThis.WebAssembly;"
    broken.open(until="nothing")
    broken.until_engine("failed")
    assert "WebAssembly" in broken.failure()
