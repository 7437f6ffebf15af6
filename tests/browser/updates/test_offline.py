"""The second visit needs no network, a new build waits until it is asked for, and what is damaged is mended.

Each test has a site on a port of its own, so nothing that a browser keeps is met by another test. Files are
kept by a service worker; `tools/site_build/service_worker.mjs` has Workbox make it.
"""

import contextlib
import json
import shutil
import subprocess
from functools import partial
from pathlib import Path

import digits
import pytest
from coderoom import Code
from faults import MISSING, SITE, Site, with_source
from learning import Learn
from selenium.common.exceptions import WebDriverException
from visits import START, WIDE, Page

from site_build.integrity import sha256

ROOT = Path(__file__).parents[3]

# The host has the files, and the worker is at work.
KEPT = (
    "return navigator.serviceWorker.getRegistration().then((r) => r?.active?.state === 'activated')"
)
GIVEN_UP = (
    "return navigator.serviceWorker.getRegistration().then((r) => !r?.active && !r?.installing)"
)
CONTROLLED = "return !!navigator.serviceWorker.controller"
ROOMS = "return document.documentElement.dataset.panels === 'ready'"
OFFERED = "return document.querySelector('#update p').checkVisibility()"


@pytest.fixture
def kept(driver, shelf):
    """Make a page of a site that keeps itself; the arguments are those of ``Site``."""
    shelf.clear()
    sites = []

    def open_site(prefix="/"):
        site = Site(prefix, kept=True)
        sites.append(site)
        return Page(driver, site).resize(*WIDE)

    yield open_site
    for site in sites:
        if site.closed:
            continue  # nobody comes to that port again
        site.mend()
        driver.get(site.address + "LICENCES")  # no page of ours, so nothing starts
        driver.execute_async_script(
            "const done = arguments[0], { serviceWorker } = navigator;"
            "(async () => {"
            "  for (const one of (await serviceWorker?.getRegistrations()) ?? []) await one.unregister();"
            "  for (const name of await caches.keys()) await caches.delete(name);"
            "})().then(done, done)"
        )
        driver.get("about:blank")
        site.close()


@pytest.fixture(scope="session")
def next_build(tmp_path_factory):
    """Make another build of the site: its page and its Python tell that they are of it."""
    folder = tmp_path_factory.mktemp("next") / "site"
    shutil.copytree(SITE, folder)
    rooms = folder / "py/panels.bin"
    more = b'\nfrom page.dom import root\nroot.dataset.roomsBuild = "next"\n'
    before = sha256(rooms.read_bytes())
    rooms.write_bytes(
        with_source(rooms.read_bytes(), "panels/registry", lambda source: source + more)
    )
    index = folder / "index.html"
    page = index.read_text().replace("<body", '<body data-build="next"', 1)
    assert before in page
    assert 'data-build="next"' in page
    index.write_text(page.replace(before, sha256(rooms.read_bytes())))
    command = ["node", ROOT / "tools/site_build/service_worker.mjs", folder]
    subprocess.run(command, check=True)
    return folder


def visit(page, path=""):
    """Open the site until everything is there, kept for the next time."""
    page.open(path, until="engine")
    page.until(ROOMS, START)
    page.until(KEPT, START, "the files are kept")
    return page


def answers(page):
    """Draw, and be answered."""
    return page.draw(digits.strokes(7)).answer() == "7"


LEARNED_FROM = ["py/learning.zip", *(f"digits/{path.name}" for path in SITE.glob("digits/train-*"))]

CACHED = """
const [part, done] = arguments;
caches.open('plain-vanilla-later').then((cache) => cache.keys())
  .then((keys) => done(keys.some(({ url }) => url.includes(part))), () => done(false));
"""


def learns(page):
    """Learn from all images, as far as a network that guesses no longer."""
    learn = Learn(page).press("forget").press("start")
    page.until("return document.documentElement.dataset.learning === 'running'", START)
    fetched = "return !document.getElementById('learn-fetch').checkVisibility()"
    page.until(fetched, START, "all images are here")
    learn.until(lambda run: run["accuracy"] > 0.5, "it reads again")
    learn.press("pause").is_("paused")


def test_the_second_visit_needs_no_network(kept):
    """Not the server, nor what the browser had cached; by whatever address, below a path.

    Nor does learning, if the network has learned from all images before.
    """
    page = visit(kept("/plain-vanilla/"))
    chromium = page.driver.family == "chromium"
    if chromium:
        learns(page)
        for name in LEARNED_FROM:
            cached = partial(page.driver.execute_async_script, CACHED, name)
            page.wait(cached, f"{name} is cached", START)
    page.site.close()
    if chromium:
        page.driver.execute_cdp_cmd("Network.clearBrowserCache", {})
    for path in ("", "index.html", "?from=school", "#board"):
        page.driver.get("about:blank")
        page.open(path, until="engine")
        assert answers(page), path
    page.until(ROOMS, START)
    if chromium:
        learns(page)
    assert page.failure() == ""


@pytest.mark.only("chromium")
def test_the_page_can_be_installed(kept):
    """By the browser's own judgement of the manifest, its icons and the rest."""
    page = visit(kept())
    assert page.driver.execute_cdp_cmd("Page.getAppManifest", {})["errors"] == []
    assert page.driver.execute_cdp_cmd("Page.getInstallabilityErrors", {}) == {
        "installabilityErrors": []
    }


# What a visitor may have changed, and what is seen of it.
CHANGE = """
document.querySelector('#networks [value$=relu]').click();
for (const part of ['dials', 'code', 'sum']) document.getElementById(part).open = true;
document.querySelector('#edges [value=flow]').click();
const strongest = document.querySelector('#edges [type=range]');
strongest.value = 4;
strongest.dispatchEvent(new Event('input', { bubbles: true }));
document.getElementById('straighten').click();
document.querySelector('[data-neuron="1:3"]').dispatchEvent(new MouseEvent('click', { bubbles: true }));
"""
SEEN = """
const { dataset } = document.documentElement;
return {
  network: dataset.network, looked: dataset.looked,
  chosen: document.querySelector('#networks :checked').value,
  open: [...document.querySelectorAll('details[open]')].map(({ id }) => id),
  flowing: document.querySelector('#edges [value=flow]').checked,
  strongest: document.querySelector('#edges .strongest span').textContent,
  straighten: document.getElementById('straighten').checked,
  changed: document.querySelector('#changed span').textContent,
  picture: [...document.querySelector('#picture canvas').getContext('2d').getImageData(0, 0, 28, 28).data],
};
"""
PROMPT = (
    "return !!document.getElementById('console-input').shadowRoot?.querySelector('.cm-content')"
)


def test_a_new_build_is_offered_and_taken_with_the_drawing_and_all_changes(kept, next_build):
    """Not before it is asked for: until then, the visit is of one build, whatever the host has."""
    page = visit(kept())
    page.open(until="engine").until(CONTROLLED)
    page.until(ROOMS, START)
    page.site.deploy(next_build)
    builds = (
        "const { body, documentElement: root } = document;"
        "return [body.dataset.build, root.dataset.roomsBuild]"
    )
    # As a visit begins: all that is asked of the host is whether there is another build.
    page.open(until="engine").until(OFFERED, START, "the new build is offered")
    page.until(ROOMS, START)
    assert page.js(builds) == [None, None]
    page.js("document.getElementById('examples').open = true")
    page.draw(digits.strokes(3)).click('#keep-as [value="3"]')
    assert page.draw(digits.strokes(7)).answer() == "7"
    inked = page.inked()
    page.js(CHANGE)
    page.until("return document.documentElement.dataset.network?.endsWith('relu')")
    page.settle().until("return document.documentElement.dataset.looked === '1:3'")
    page.click("#mute")
    page.until(PROMPT, START, "the console is there")
    Code(page).focus()
    page.key("x").key("y")
    page.focus("#pad")
    page.until("return !!document.getElementById('changed').checkVisibility()")
    seen, activations = page.settle().js(SEEN), page.activations()
    assert seen["changed"] == "1 neuron changed"
    assert seen["strongest"] == "8"
    page.js("history.replaceState = () => { throw new DOMException('', 'QuotaExceededError') }")
    page.click("#update button")
    assert "cannot keep" in page.js("return document.querySelector('#update p').innerText")
    page.js("delete history.replaceState")
    # What this visit has not fetched yet would be the other build's; these bytes are the same in both.
    page.click("#update button")
    page.until("return document.body.dataset.build === 'next'", START, "the new build is there")
    page.until(ROOMS, START)
    page.settle().frame()
    assert page.js(builds) == ["next", "next"]
    assert page.inked() == inked
    assert page.js(SEEN) == seen
    assert page.activations() == activations
    assert page.js("return document.getElementById('examples').dataset.examples") == "1"
    page.until(PROMPT, START, "the console is there")
    line = "return document.getElementById('console-input').shadowRoot.querySelector('.cm-line').textContent"
    assert page.js(line) == "xy"
    assert page.js("return [history.state, sessionStorage.length]") == [None, 0]
    assert not page.js(OFFERED)
    page.click('#changed [data-history="put back"]')
    page.until(
        "return document.querySelector('#changed span').textContent.startsWith('All dials are as trained')"
    )
    page.press("undo")
    assert page.inked() < inked


# Leaves what another build might have left, and loads the page anew.
LEAVE = """
const [rest, sigmoid, relu] = arguments;
history.replaceState({
  "plain-vanilla strokes": [],
  "plain-vanilla dials": {
    "784-16-16-10-sigmoid": new Float32Array(sigmoid), "784-16-16-10-relu": relu, other: [1],
    mine: new Float32Array(7850), short: new Float32Array(7849),
  },
  "plain-vanilla rest": rest,
}, "");
location.reload();
"""
REST = {
    "network": "784-16-16-10-sigmoid",
    "straighten": True,
    "flowing": False,
    "strongest": "10",
    "open": ["matrix", "no such room"],
    "looked": [2, 3],
    "digit": [7, 0],
    "draft": "",
    "examples": "nonsense\n"
    + json.dumps({"id": "a", "digit": 3, "writer": "b", "strokes": [[[0, 0]]]}),
}


@pytest.mark.only("chromium")
def test_a_test_digit_comes_back_and_what_cannot_be_used_is_left_out(visit):
    """The digit by its number; dials too few or not finite, neurons and networks that there are not."""
    visit.open(until="engine").until(ROOMS, START)
    visit.click("#test-digit")
    visit.until("return document.getElementById('truth').textContent", START)
    label = int(visit.js("return document.getElementById('truth').textContent.match(/\\d/)[0]"))
    found = visit.driver.execute_async_script(
        "const [label, done] = arguments, { xworker } = document.querySelector('script[type=py]');"
        "xworker.sync.find_digit(label).then(({ index }) => done(index))",
        label,
    )

    def leave(*what):
        visit.js("document.body.dataset.build = 'before'")
        with contextlib.suppress(WebDriverException):
            visit.js(LEAVE, *what)
        visit.until("return !document.body.dataset.build", START)
        visit.until_engine("ready")
        visit.until(ROOMS, START)

    leave(json.dumps({**REST, "digit": [found, label]}), 13_001, [0] * 13_002)
    visit.until("return document.getElementById('truth').textContent", START, "the digit is back")
    assert f" {label}" in visit.js("return document.getElementById('truth').textContent")
    assert visit.js("return document.documentElement.dataset.looked") == "2:3"
    visit.until("return document.getElementById('examples').dataset.examples === '1'")
    assert visit.js("return document.getElementById('matrix').open")
    assert visit.js(SEEN)["changed"].startswith("All dials are as trained")
    own = [[name, f"<b>{name}", [784, 10], "relu", "file"] for name in ("mine", "short")]
    leave(json.dumps({**REST, "own": own, "network": "mine", "looked": [1, 9]}), 0, [])
    assert visit.js("return document.documentElement.dataset.network") == "mine"
    titles = (
        "return Array.from(document.querySelectorAll('#networks [data-own] + span'), e => e.title)"
    )
    assert visit.js(titles) == ["<b>mine"]
    none = {
        "network": "9-9-relu",
        "looked": [3, 10],
        "digit": [10**6, 1],
        "draft": 5,
        "examples": 5,
    }
    leave(json.dumps({**REST, **none}), 0, [None])
    assert visit.js("return document.documentElement.dataset.network") == REST["network"]
    assert visit.draw(digits.strokes(7)).answer() == "7"
    assert visit.failure() == ""


# Damages each file that is kept whose address has a part in it; returns how many.
DAMAGE = """
const [part, how, done] = arguments; (async () => {
  let n = 0;
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const key of await cache.keys()) if (key.url.includes(part)) {
      n++;
      const answer = await cache.match(key), bytes = new Uint8Array(await answer.arrayBuffer());
      if (how === 'gone') await cache.delete(key);
      else {
        if (how === 'wrong') bytes[bytes.length >> 1] ^= 1;
        const rest = how === 'cut' ? bytes.slice(0, bytes.length / 2) : bytes;
        await cache.put(key, new Response(rest, answer));
      }
    }
  }
  return n;
})().then(done, (error) => done(String(error)))
"""


def damage(page, part, how):
    """Damage what is kept of one file, or of several alike."""
    assert page.driver.execute_async_script(DAMAGE, part, how) in range(1, 9), part


def test_what_was_kept_and_is_damaged_comes_from_the_host(kept):
    """Gone, cut short, or other bytes: without a word."""
    page = visit(kept())
    damage(page, "/runtime/python/numpy", "gone")
    damage(page, "/runtime/python/wasm", "cut")
    damage(page, "/runtime/python/snapshot", "wrong")
    damage(page, "/weights/", "wrong")
    page.open(until="engine")
    assert answers(page)
    page.until(ROOMS, START)


# WebKitGTK 2.50 checks no sum of a module that another imports, so that what goes wrong there is told later.
@pytest.mark.only("chromium", "firefox")
@pytest.mark.parametrize(
    ("part", "how"),
    [
        ("/runtime/pyscript/core-", "wrong"),
        ("/index.html", "cut"),
        ("micropython-1.27.0/micropython-", "wrong"),
    ],
)
def test_a_page_that_was_kept_and_is_damaged_is_mended_by_trying_again(kept, part, how):
    """The page itself cannot fetch itself anew, so it says what is wrong."""
    page = visit(kept())
    damage(page, part, how)
    page.open(until="nothing").until_engine("failed")
    said = page.failure()  # once: a second error may change it
    assert "could not start" in said or "did not arrive whole" in said
    page.click("#retry")
    page.until("return document.documentElement.dataset.page === 'ready'", START)
    page.until_engine("ready")
    assert answers(page)


@pytest.mark.only("chromium")
@pytest.mark.parametrize("why", ["missing", "quota"])
def test_a_page_that_cannot_be_kept_works_all_the_same(kept, why):
    """The browser refuses the worker, or has no room for the files: nothing is said of it."""
    page = kept()
    if why == "missing":
        page.site.break_("serviceworker.js", MISSING)
    else:
        quota = {"origin": page.site.address.rstrip("/"), "quotaSize": 2**20}
        page.driver.execute_cdp_cmd("Storage.overrideQuotaForOrigin", quota)
    page.open(until="engine").until(ROOMS, START)
    page.wait(lambda: "serviceworker.js" in page.site.requests, "the worker is asked for")
    page.until(GIVEN_UP, START, "the browser has given up")
    assert answers(page)
    assert page.failure() == ""


@pytest.mark.only("chromium")
def test_a_part_that_is_damaged_without_the_host_is_named(kept):
    """Then nothing can be mended, and the page says what is wrong."""
    page = visit(kept())
    page.site.close()
    page.driver.execute_cdp_cmd("Network.clearBrowserCache", {})
    page.driver.execute_async_script(
        "const done = arguments[0]; caches.keys().then(async (names) => {"
        "for (const name of names) { const cache = await caches.open(name);"
        "for (const key of await cache.keys())"
        "  if (key.url.includes('/python/numpy')) await cache.delete(key); }"
        "done() })"
    )
    page.open().until("return !document.getElementById('failure').hidden", START)
    assert "NumPy" in page.failure()
    assert "Your drawing is kept" in page.failure()
