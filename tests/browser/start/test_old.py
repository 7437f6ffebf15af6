"""A browser that cannot run the page says so in a sentence, whatever it lacks.

What newer browsers have is taken from them before the page's first script, as if they were older. The oldest
that have all of it are those that README.md names.
"""

import re
from contextlib import closing

import pytest
from faults import SITE, Site
from visits import WIDE, Page

HINTED = set(
    re.findall(r'<link rel="preload"[^>]* href="([^"]+)"', (SITE / "index.html").read_text())
)

LACKING = {
    "WebAssembly": "delete globalThis.WebAssembly;",
    "exceptions in WebAssembly": "delete WebAssembly.Exception;",
    "module scripts": "delete HTMLScriptElement.prototype.noModule;",
    "module workers": "const Old = Worker; Worker = function (address) { return new Old(address) };",
    "DecompressionStream": "delete globalThis.DecompressionStream;",
    "structuredClone": "delete globalThis.structuredClone;",
    "ResizeObserver": "delete globalThis.ResizeObserver;",
    "constructed style sheets": "delete Document.prototype.adoptedStyleSheets;",
    "MathML": "delete globalThis.MathMLElement;",
}


@pytest.mark.only("chromium", "firefox")
def test_an_older_browser_is_told_what_it_lacks(driver, shelf, subtests):
    """Nothing of Python is begun then, and no later failure takes the sentence's place."""
    shelf.clear()
    # The site is its own: a page of another test may ask that test's site for files until it is replaced.
    with closing(Site()) as site:
        page = Page(driver, site).resize(*WIDE)
        for name, without in LACKING.items():
            with subtests.test(name):
                site.first = without
                site.requests.clear()
                page.open(until="nothing")
                page.until_engine("failed")
                told = page.failure()
                assert told.startswith(f"This browser cannot run the page: it has no {name}")
                assert "Chrome and Edge from 109" in told
                assert not page.js("return document.getElementById('loading').checkVisibility()")
                # What the page's links have a browser fetch beforehand comes all the same, and is left alone.
                begun = [path for path in site.requests if path.endswith((".wasm", ".py", ".bin"))]
                assert set(begun) <= HINTED


@pytest.mark.only("chromium")
def test_without_javascript_the_page_says_that_it_needs_it(driver, site, shelf):
    """It can be read then, and nothing pretends to be on its way."""
    shelf.clear()
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        driver.get(site.address)
        tree = driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    finally:
        driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    read = [node.get("name", {}).get("value", "") for node in tree if not node["ignored"]]
    assert any("needs JavaScript" in words for words in read)
    assert not any("Fetching" in words for words in read)
    assert any("What you are looking at" in words for words in read)
