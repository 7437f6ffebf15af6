"""Wherever it is hosted, the page needs nothing but its own files."""

import contextlib
import re
import subprocess
import sys
from types import SimpleNamespace

import digits
import pytest
from drivers import foreign
from faults import SITE, Site
from selenium.common.exceptions import WebDriverException
from visits import Page

ASKED = "return performance.getEntriesByType('resource').map((entry) => entry.name)"


def a_whole_visit(page):
    """Open, draw, be answered, point, play, undo."""
    page.open(until="engine").draw(digits.strokes(7))
    assert page.answer() == "7"
    page.press("play").press("play").press("straighten").press("straighten").press("undo").settle()


def test_under_a_subpath_it_works_and_asks_for_nothing_but_what_is_there(driver, shelf, trap):
    """As on GitHub Pages: every address is relative to the page, and each is answered without an error.

    Whoever asks for something else, page, worker or service worker: the trap is the way to every other
    machine. That the trap would tell is seen in the end, by going somewhere else.
    """
    shelf.clear()
    trap.asked.clear()
    site = Site("/plain-vanilla/")
    try:
        page = Page(driver, site)
        a_whole_visit(page)
        assert page.errors() == []
        assert [path for path in site.refused if path != "favicon.ico"] == []
        asked = page.js(ASKED)
        assert len(asked) > 10
        beside = [path for path in asked if not path.startswith(site.address)]
        assert [path for path in beside if not path.startswith(("data:", "blob:"))] == []
        assert foreign(trap) == []
        with contextlib.suppress(WebDriverException):
            driver.get("http://elsewhere.invalid/x")
        assert "http://elsewhere.invalid/x" in foreign(trap)
    finally:
        driver.get("about:blank")
        site.close()


@pytest.mark.only("chromium")
def test_nothing_is_left_on_the_device_that_tells_of_the_visitor(page):
    """No cookie, and nothing in the stores that a page can write to."""
    page.draw(digits.strokes(4)).settle()
    assert page.driver.get_cookies() == []
    assert page.js("return [localStorage.length, sessionStorage.length]") == [0, 0]


@pytest.mark.only("chromium")
def test_pythons_own_server_will_do(driver, shelf):
    """As README.md says, for a school without a network: nothing else on the stick is needed."""
    shelf.clear()
    command = [sys.executable, "-u", "-m", "http.server", "--bind", "127.0.0.1", "0"]
    server = subprocess.Popen(
        command, cwd=SITE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        port = re.search(r"port (\d+)", server.stdout.readline())[1]
        # This server does not say what it was asked for.
        site = SimpleNamespace(address=f"http://127.0.0.1:{port}/", requests=[])
        page = Page(driver, site).open()
        page.until_engine("ready")
        assert page.draw(digits.strokes(7)).answer() == "7"
    finally:
        driver.get("about:blank")
        server.terminate()
        server.wait()
