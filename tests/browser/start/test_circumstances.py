"""What a page cannot choose: no storage, a clock that is set, a tab that sleeps."""

import time

import digits
import pytest
from drivers import asleep
from visits import START

# Whatever a page may keep things in is full or forbidden.
NO_STORAGE = """
const full = () => { throw new DOMException('full on purpose', 'QuotaExceededError'); };
const refused = () => Promise.reject(new DOMException('full on purpose', 'QuotaExceededError'));
Storage.prototype.setItem = full;
if (globalThis.Cache) Cache.prototype.put = Cache.prototype.add = Cache.prototype.addAll = refused;
if (globalThis.CacheStorage) CacheStorage.prototype.open = refused;
if (globalThis.IDBFactory) IDBFactory.prototype.open = full;
if (globalThis.ServiceWorkerContainer) ServiceWorkerContainer.prototype.register = refused;
"""

# The wall's clock can be set; the other one runs on, but leaps when a machine has slept.
CLOCKS = """
globalThis.jump = { wall: 0, run: 0 };
const now = Date.now, run = performance.now.bind(performance);
Date.now = () => now() + jump.wall;
performance.now = () => run() + jump.run;
"""

# A translator takes each text out of the page as soon as it is there, and puts another one into its place,
# wrapped in two elements of its own.
TRANSLATOR = """
const skipped = 'script, style, font, [translate=no]';
const translate = (node) => {
  const parent = node.parentElement;
  if (!node.data.trim() || !parent || parent.closest(skipped)) return;
  const outer = document.createElement('font'), inner = document.createElement('font');
  inner.textContent = node.data.toUpperCase();
  outer.append(inner);
  node.replaceWith(outer);
};
const translateAll = (root) => {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), found = [];
  while (texts.nextNode()) found.push(texts.currentNode);
  if (root.nodeType === Node.TEXT_NODE) found.push(root);
  found.forEach(translate);
};
new MutationObserver((changes) => {
  for (const { target, addedNodes } of changes) [target, ...addedNodes].forEach(translateAll);
}).observe(document, { childList: true, characterData: true, subtree: true });
"""

HOUR = 3_600_000

# Longer than the page waits for an answer (py/page/engine_client/worker.py).
ASLEEP = 9


def still_works(page, digit):
    page.press("clear").draw(digits.strokes(digit))
    assert page.answer() == str(digit)
    # The answer is read out by a timer of the page's.
    page.until(f"return document.getElementById('announce').textContent.startsWith('{digit}')")
    assert page.failure() == ""


def test_without_any_storage_all_works(site, visit):
    """A private window, a full disk: the page keeps nothing that it needs."""
    site.first = NO_STORAGE
    visit.open(until="engine").draw(digits.strokes(4))
    assert visit.answer() == "4"
    visit.until("return document.documentElement.dataset.panels === 'ready'", START)
    assert visit.failure() == ""


@pytest.mark.only("firefox")
def test_controls_that_a_browser_leaves_as_they_were_say_what_is_so(visit):
    """Firefox does, when it loads a page again: the network in use is the one that is chosen."""
    visit.open(until="engine")
    visit.click("#networks [value$=relu]")
    visit.until("return document.documentElement.dataset.network?.endsWith('relu')")
    visit.js("document.body.dataset.before = ''; location.reload()")
    visit.until("return !('before' in document.body.dataset)", START)
    visit.until_engine("ready")
    chosen = "return document.querySelector('#networks :checked').value"
    visit.wait(lambda: visit.data("network") == visit.js(chosen), "they are the same")
    assert visit.data("network").endswith("relu")


@pytest.mark.only("chromium")
def test_a_page_that_is_translated_works(site, visit):
    """From its first text on. Code, names, numbers and formulas are left as they are, and run as they are."""
    site.first = TRANSLATOR
    text = "return document.querySelector(arguments[0]).textContent"
    visit.open(until="engine").draw(digits.strokes(7))
    assert visit.answer() == "7"
    visit.until("return document.documentElement.dataset.panels === 'ready'", START)
    visit.wait(
        lambda: visit.js(text, "#answer span").startswith("THE BRIGHTEST"), "it is translated"
    )
    assert visit.js(text, "h1") == "Plain Vanilla"
    assert visit.js(text, "#answer b") == "7"
    visit.click("#networks [value$=relu]")
    visit.until("return document.documentElement.dataset.network?.endsWith('relu')")
    visit.settle().js(
        "for (const part of document.querySelectorAll('details')) part.open = true;"
        "document.querySelector('[data-neuron=\"2:3\"]')"
        ".dispatchEvent(new MouseEvent('click', { bubbles: true }))"
    )
    visit.until("return document.documentElement.dataset.looked === '2:3'")
    visit.wait(lambda: "NEURON 4 OF 16" in visit.js(text, "#pointed b"), "so is the name")
    visit.js(
        "const bias = document.getElementById('bias-value'); bias.value = '1,5';"
        "bias.dispatchEvent(new Event('change', { bubbles: true }))"
    )
    visit.wait(lambda: visit.js(text, "#changed span") == "1 NEURON CHANGED", "it is counted")
    visit.until("return !document.getElementById('console-run').disabled", START)
    starters = "return [...document.querySelectorAll('.starters button')]"
    codes = visit.js(starters + ".map((button) => button.querySelector('code').textContent)")
    assert codes == visit.js(starters + ".map((button) => button.value)")
    visit.click(".starters button")
    visit.until("return document.querySelectorAll('#console-log pre').length === 2")
    typed, printed = visit.js(
        "return [...document.querySelectorAll('#console-log pre')].map((e) => e.textContent)"
    )
    assert typed == codes[0]
    assert printed.startswith("array([[")
    for part in ("#sum .formula", "#bias svg", "#matrix .equation", "#matrix .product", "math"):
        visit.wait(lambda part=part: visit.js(text, part), "it is filled in")
        assert not visit.js("return !!document.querySelector(arguments[0] + ' font')", part)
    visit.press("clear").draw(digits.strokes(1)).settle()
    assert visit.failure() == ""


@pytest.mark.only("chromium")
def test_a_clock_that_is_set_stops_nothing(site, visit):
    """An hour on, two back: timers, the answer and the playing go on."""
    site.first = CLOCKS
    visit.open(until="engine").draw(digits.strokes(3)).settle()
    for wall, run, digit in ((HOUR, 0, 7), (-HOUR, 0, 2), (0, HOUR, 8)):
        visit.js("jump.wall = arguments[0]; jump.run += arguments[1]", wall, run)
        still_works(visit, digit)
    visit.press("play")
    visit.until("return !('playing' in document.documentElement.dataset)")
    visit.settle()


@pytest.mark.only("chromium")
def test_a_tab_that_slept_goes_on_where_it_was(visit):
    """A frozen tab has not waited: what it asked for before is no silence of the engine's."""
    visit.open(until="engine").draw(digits.strokes(3))
    with asleep(visit.driver):
        time.sleep(ASLEEP)  # being asleep is what is tested
    assert visit.answer() == "3"
    still_works(visit, 7)
