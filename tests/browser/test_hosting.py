"""Wherever it is hosted, the page needs nothing but its own files."""

from urllib.parse import urlsplit

import digits
import pytest
from drivers import OWN
from faults import Site
from visits import Page

ASKED = "return performance.getEntriesByType('resource').map((entry) => entry.name)"


def a_whole_visit(page):
    """Open, draw, be answered, point, play, undo."""
    page.open(until="engine").draw(digits.strokes(7))
    assert page.answer() == "7"
    page.press("play").press("play").press("straighten").press("straighten").press("undo").settle()


def foreign(trap):
    """What was asked of other machines, but for the browsers' own calls home."""
    return [address for address in trap.asked if (urlsplit(address).hostname or address) not in OWN]


def test_no_request_goes_to_anybody_else(visit, site, trap):
    """Whoever asks, page, worker or service worker: the trap is the way to every other machine."""
    trap.asked.clear()
    a_whole_visit(visit)
    assert foreign(trap) == []
    assert visit.js(ASKED)
    own = urlsplit(site.address).netloc
    assert {urlsplit(name).netloc for name in visit.js(ASKED) if name[:4] == "http"} == {own}


def test_the_trap_would_tell(visit, trap):
    """A request that a page does make to another machine is seen."""
    visit.open()
    visit.driver.execute_async_script(
        "fetch('http://elsewhere.invalid/x').catch(() => {}).then(arguments[0])"
    )
    assert "http://elsewhere.invalid/x" in foreign(trap)


def test_it_works_under_a_subpath(driver, shelf, trap):
    """As on GitHub Pages: every address is relative to the page."""
    shelf.clear()
    trap.asked.clear()
    site = Site("/plain-vanilla/")
    try:
        page = Page(driver, site)
        a_whole_visit(page)
        assert page.errors() == []
        beside = [path for path in page.js(ASKED) if not path.startswith(site.address)]
        assert [path for path in beside if not path.startswith(("data:", "blob:"))] == []
        assert foreign(trap) == []
    finally:
        driver.get("about:blank")
        site.close()


def test_everything_that_is_asked_for_is_there(visit, site):
    """No request of a whole visit is answered with an error."""
    site.refused.clear()
    visit.open(until="engine").draw(digits.strokes(1)).settle()
    assert [path for path in site.refused if path != "favicon.ico"] == []


@pytest.mark.only("chromium")
def test_nothing_is_left_on_the_device_that_tells_of_the_visitor(visit):
    """No cookie, and nothing in the stores that a page can write to."""
    visit.open(until="engine").draw(digits.strokes(4)).settle()
    assert visit.driver.get_cookies() == []
    assert visit.js("return [localStorage.length, sessionStorage.length]") == [0, 0]
