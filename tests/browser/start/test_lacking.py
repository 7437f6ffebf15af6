"""Draws and answers in browsers that lack something, or refuse it: none of this is needed.

Whatever is missing or refused, a 7 is drawn with the browser's own input events and has to be read.
"""

import json

import digits
import drivers
import pytest
from coderoom import run
from faults import MISSING, Site
from keeping import call
from visits import START, Page

import compat

# Before any of the page's scripts, and in its worker before any of the worker's.
EVERYWHERE = """
const everywhere = (work, data) => {
  const source = `(${work})(${JSON.stringify(data)});\\n`;
  const Plain = Blob;
  globalThis.Blob = class Blob extends Plain {
    constructor(parts = [], options = {}) {
      super(options.type === "text/javascript" ? [source, ...parts] : parts, options);
    }
  };
  work(data);
};
"""

# What the tests themselves ask for, and what Chromium makes the stacks of errors by.
NEEDED = {"Element.checkVisibility", "Error.stackTraceLimit"}

REMOVE = """
everywhere((features) => {
  globalThis.lost = [];
  for (const feature of features) {
    const [name, member] = feature.split(".");
    const owners = member ? [globalThis[name], globalThis[name]?.prototype] : [globalThis];
    for (const owner of owners)
      if (owner && Object.hasOwn(owner, member ?? name) && Reflect.deleteProperty(owner, member ?? name))
        lost.push(feature);
  }
}, %s);
"""

# As browsers do that keep nothing for a site. By what is refused: a place, and its properties or methods.
REFUSED = {
    "getter": {
        "globalThis": ["localStorage", "sessionStorage", "indexedDB", "caches", "cookieStore"],
        "Navigator.prototype": [
            "serviceWorker",
            "storage",
            "locks",
            "permissions",
            "cookieEnabled",
        ],
        "WorkerNavigator.prototype": ["storage", "locks", "permissions"],
        "Document.prototype": ["cookie"],
    },
    "call": {
        "globalThis": ["BroadcastChannel", "SharedWorker", "Notification"],
        "IDBFactory.prototype": ["open", "databases", "deleteDatabase"],
        "CacheStorage.prototype": ["open", "keys", "match", "has", "delete"],
        "ServiceWorkerContainer.prototype": ["register", "getRegistration", "getRegistrations"],
        "StorageManager.prototype": ["estimate", "persist", "persisted", "getDirectory"],
        "LockManager.prototype": ["request", "query"],
        "Permissions.prototype": ["query"],
        "History.prototype": ["pushState", "replaceState"],
        "Document.prototype": ["hasStorageAccess", "requestStorageAccess"],
        "Storage.prototype": ["getItem", "setItem", "removeItem"],
    },
}

REFUSE = """
everywhere(({ how, places }) => {
  globalThis.refused = [];
  globalThis.plain = {};
  for (const [place, names] of Object.entries(places)) {
    const owner = place.split(".").reduce((value, name) => value?.[name], globalThis);
    for (const name of names) {
      if (!owner || !(name in owner)) continue;
      const refuse = function () { throw new DOMException("The operation is insecure.", "SecurityError"); };
      if (how === "call") plain[name] = owner[name];
      const property = how === "getter" ? { get: refuse } : { value: refuse };
      Object.defineProperty(owner, name, { ...property, configurable: true });
      refused.push(name);
    }
  }
}, %s);
"""


def draws(page):
    """Draw a 7, and see it answered."""
    page.draw(digits.strokes(7))
    assert page.answer() == "7"
    assert page.failure() == ""


def refusing(how):
    """Write the script that refuses in one of two ways."""
    return REFUSE % json.dumps({"how": how, "places": REFUSED[how]})


def test_a_page_from_plain_http_draws(driver, shelf):
    """From another machine without TLS, browsers give a page much less. Only this machine asks."""
    address = drivers.own_address()
    if address is None:
        pytest.skip("this machine has no address but its loopback")
    shelf.clear()
    site = Site(host=address)
    try:
        page = Page(driver, site).open(until="engine")
        assert not page.js("return isSecureContext")
        draws(page)
        call(page, "save", "examples", "over plain http", [7])
        assert call(page, "load", "examples", "over plain http") == [7]
        call(page, "clear", "examples")
        assert page.errors() == []
    finally:
        site.close()


@pytest.mark.only("chromium")
def test_a_page_needs_nothing_that_some_promised_browser_lacks(visit, site):
    """A browser as small as all of them together, and insecure: MDN's data say what to remove."""
    gaps = set(compat.browsers().gaps()) - NEEDED
    assert "PointerEvent.getCoalescedEvents" in gaps
    site.first = (
        "const { defineProperty } = Object;" + EVERYWHERE + REMOVE % json.dumps(sorted(gaps))
    )
    visit.open(until="engine")
    lost = visit.js("return lost")
    assert {"PointerEvent.getCoalescedEvents", "caches", "Crypto.subtle"} <= set(lost)
    assert int(run(visit, "import js\nlen(js.lost)")) > 100
    draws(visit)
    visit.until("return document.documentElement.dataset.panels === 'ready'", START)
    visit.js("document.getElementById('code').open = true")
    visit.until("return !document.getElementById('console-run').disabled", START)


@pytest.mark.only("chromium", "webkit")
def test_a_page_that_may_not_even_look_at_storage_draws(visit, site):
    """Reading the property throws already. "Try again" works there, too."""
    site.first = EVERYWHERE + refusing("getter")
    with site.breaking("runtime/micropython-*/micropython-*.bin", MISSING):
        visit.open(until="nothing")
        visit.until_engine("failed")
    visit.click("#retry")
    visit.until("return document.documentElement.dataset.page === 'ready'", START)
    visit.until_engine("ready")
    assert len(visit.js("return refused")) >= 5
    draws(visit)


@pytest.mark.only("chromium")
def test_a_page_whose_storage_refuses_every_call_draws(visit, site):
    """Among it the tab's history, which a drawing that waited there for a new build cannot leave."""
    site.first = EVERYWHERE + refusing("call")
    visit.open(until="engine")
    assert len(visit.js("return refused")) >= 20
    draws(visit)
    strokes = [[100 * xy for place in stroke for xy in place] for stroke in digits.strokes(7)]
    visit.js(
        "const state = { 'plain-vanilla strokes': arguments[0].map((xy) => new Float32Array(xy)) };"
        "plain.replaceState.call(history, state, '')",
        strokes,
    )
    visit.driver.refresh()
    visit.until_engine("ready")
    assert visit.answer() == "7"
    assert visit.failure() == ""
    # The next test's page may be loaded in the place of this one, with the same history.
    visit.js("plain.replaceState.call(history, null, '')")


@pytest.mark.only("firefox")
def test_firefox_that_blocks_all_cookies_draws(driver, site):
    """Then Firefox throws for storage of every kind, and for a BroadcastChannel."""
    other = drivers.start(
        driver.family, driver.trap, preferences={"network.cookie.cookieBehavior": 2}
    )
    try:
        page = Page(other, site).open(until="engine")
        opens = "try { new BroadcastChannel('x').postMessage; localStorage } catch ({ name }) { return name }"
        assert page.js(opens) == "SecurityError"
        draws(page)
        assert call(page, "save", "examples", "one", [7]) == {"trouble": "forbidden"}
        assert page.errors() == []
    finally:
        drivers.close(other)
