"""Any single file that a visit asks for, broken in any way: what becomes of the visit.

``asked`` makes a whole visit and lists what it asked the server for, ``attempt`` makes one with one file
broken until the page has said so, and ``FAULTS`` names the ways. What comes of it is an ``Outcome``: the
page works all the same, or says what is wrong and recovers when it is told to try again; anything else
is an AssertionError. A page that hangs is never loaded, so the driver must not wait for that: make it with
``strategy="none"``.
"""

import time
from dataclasses import dataclass, field
from http import HTTPStatus

import digits
from faults import CUT, HELD, MISSING, WRONG, rewritten, status
from visits import START, WIDE, Page

FAULTS = {
    "missing": MISSING,
    "error": status(HTTPStatus.INTERNAL_SERVER_ERROR),
    "truncated": rewritten(lambda body: body[: len(body) // 2]),
    "corrupted": WRONG,
    "cut": CUT,
    "hung": HELD,
}

# With these for `index.html` there is no page that could say anything: the browser or the host does.
UNHEARD = {"missing", "error", "hung"}

# Until the page has said something about what has failed: its patience with a hung connection and some more.
LONGEST = 100

# What the page says, wherever it says it. The rooms have places of their own.
SAID = """
const seen = (e) => e && (e.checkVisibility ? e.checkVisibility() : true) && e.innerText.trim();
const places = '#failure, .fetch [role=alert], #digits-fetch p, #code-ran';
const words = [...document.querySelectorAll(places)]
  .map(seen).filter((text) => text && /again/i.test(text));
return words.join(' | ');
"""

RETRY = "document.getElementById('retry').click()"

READY = "return document.documentElement.dataset.page === 'ready'"

ALL_READY = "const d = document.documentElement.dataset; return d.engine === 'ready' && d.panels === 'ready'"

# What is only fetched when it is wanted, and how the page tells that it is there.
OPEN = """
const room = document.getElementById('code');
if (room.open) room.querySelector('summary').click();
room.querySelector('summary').click();
"""
OPENED = """
return !document.getElementById('console-run').disabled
  && document.getElementById('code-ran').textContent.includes('Marked');
"""
OTHER_ANSWERS = """
const d = document.documentElement.dataset;
return d.engine === 'ready' && d.network.endsWith('relu') && d.ink === d.answered;
"""
WANTED = {
    "the code": (OPEN, OPENED),
    "the test digits": (
        "document.getElementById('test-digit').click()",
        "return /test digit/.test(document.getElementById('truth').textContent)",
    ),
    "the other network": (
        "document.querySelector('#networks input[value$=relu]').click()",
        OTHER_ANSWERS,
    ),
}


@dataclass
class Outcome:
    """What came of one attempt: the sentences that were shown, and how long the first one took."""

    told: list[str] = field(default_factory=list)
    seconds: float = 0

    @property
    def name(self):
        return "told" if self.told else "works"


def asked(driver, site):
    """Make a whole visit, and list what it asked for, in order."""
    attempt(driver, site, None, None, before=site.requests.clear)
    # What the browser asks for by itself, and what the tests add, is nothing of the page's.
    return [
        path for path in dict.fromkeys(site.requests) if path not in ("favicon.ico", "__watch__.js")
    ]


def pairs(paths, faults):
    """List each file with each way in which it can be broken and the page can still say so."""
    return [
        (path, fault)
        for path in paths
        for fault in faults
        if path != "index.html" or fault not in UNHEARD
    ]


def attempt(driver, site, path, fault, before=None):
    """Make a visit with one file broken, until it is told of; give the Outcome."""
    driver.get("about:blank")
    if before:
        before()
    visit = _Visit(driver, site)
    if path:
        site.break_(path, FAULTS[fault])
    try:
        visit.make()
    finally:
        site.mend()
    return visit.outcome


class _Visit:
    """One visit that does everything once, and tries again where it is told to."""

    def __init__(self, driver, site):
        self.site = site
        self.page = Page(driver, site).resize(*WIDE)  # a page without style is long
        self.outcome = Outcome()
        self.begun = time.monotonic()

    def make(self):
        page = self.page
        page.driver.get(page.site.address)
        page.until(f"return location.href === '{self.site.address}'", START)
        if not self._reach(READY):
            # Before the page is there, "Try again" loads it anew: what is waited for is another document.
            self._again(
                f"window.old = !(() => {{ {READY} }})(); {RETRY}", f"{READY} && !window.old"
            )
        page.draw(digits.strokes(3)).frame()
        ink = page.ink()
        page.js("window.samePage = true")  # `globalThis` is a sandbox in Firefox
        if not self._reach(ALL_READY):
            self._again(RETRY, ALL_READY)
        assert page.js("return window.samePage"), "the page was loaded anew, and the drawing lost"
        assert (page.ink(), page.inked() > 0) == (ink, True), "the drawing is not what it was"
        assert page.answer() == "3"
        for want, there in WANTED.values():
            page.js(want)
            if not self._reach(there):
                self._again(
                    "const retry = document.getElementById('retry');"
                    "if (retry.checkVisibility()) retry.click(); else {" + want + "}",
                    there,
                )
        page.settle(START)
        page.click("#clear")
        page.draw(digits.strokes(7))
        assert page.answer() == "7"
        assert page.js(SAID) == "", f"still says: {page.js(SAID)}"
        if not self.outcome.told:
            assert page.errors() == []

    def _reach(self, there):
        """Wait for what is to come, or for words that it does not; tell which."""
        reached = self.page.until(
            f"const there = (() => {{ {there} }})(), said = (() => {{ {SAID} }})();"
            "return said ? ['said', said] : there && ['there']",
            LONGEST,
            f"{there}, or a word about what is wrong",
        )
        if reached[0] == "there":
            return True
        if not self.outcome.told:
            self.outcome.seconds = round(time.monotonic() - self.begun, 1)
        self.outcome.told.append(reached[1])
        return False

    def _again(self, how, there):
        """See that what it said is fit to be read, mend the fault and try again."""
        said = self.outcome.told[-1]
        assert "Traceback" not in said
        assert "[object" not in said
        assert len(said) < 500
        self.site.release_all()
        self.page.frame()
        self.page.js(how)
        self.page.until(f"{there}", START, f"{there}, after: {said}")
        self.page.until(f"return !(() => {{ {SAID} }})()", START, f"no longer: {said}")
