"""Before the engine is there: drawing already works, and the progress is honest."""

from fnmatch import fnmatch

import digits
from faults import HELD

WASM = "runtime/python/wasm-*.bin"


def test_ink_drawn_before_the_engine_is_there_is_answered_by_itself(site, visit):
    """One can draw while Python is on its way, and the answer comes without another stroke."""
    with site.breaking(WASM, HELD):
        visit.open().draw(digits.strokes(6)).frame()
        assert visit.data("engine") == "loading"
        assert visit.data("answered") is None
        assert visit.inked() > 0
        drawn = visit.frame().ink()
    visit.until_engine("ready")
    assert visit.answer() == "6"
    assert visit.ink() == drawn
    progress_was_honest(visit)


def progress_was_honest(page):
    """Real bytes, never backwards, a word on what is happening, and gone in the end."""
    shown = page.js("return noted.progress")
    assert len(shown) > 3
    values, limits = [step["value"] for step in shown], {step["max"] for step in shown}
    assert values == sorted(values)
    assert len(limits) == 1
    assert min(limits) > 1e6
    assert max(values) <= min(limits)
    assert max(values) > 0.9 * min(limits)
    assert all(step["word"].strip() for step in shown)
    assert not page.js("return document.getElementById('loading').checkVisibility()")


# Where the panels begin, how high each summary is, and the ids of those that are filled.
PANELS = """
const panels = [...document.querySelectorAll('.panel')];
return {
  top: panels[0].getBoundingClientRect().top,
  heights: panels.map((panel) => panel.firstElementChild.getBoundingClientRect().height),
  filled: panels.filter((panel) => panel.children.length > 1).length,
};
"""


def test_a_panel_that_is_opened_early_is_filled_when_its_inside_comes(site, visit):
    """Until then there is its summary, which stays as it is. Nothing is shown without its style."""
    inside = "static/panels.json"
    site.requests.clear()
    with site.breaking(inside, HELD):
        visit.open(until="engine")
        visit.wait(lambda: inside in site.requests, "the insides are asked for")
        early = visit.js(PANELS)
        assert early["filled"] == 0
        visit.js("document.getElementById('dials').open = true")
    visit.until("return document.documentElement.dataset.panels === 'ready'")
    button = "return document.getElementById('noise').checkVisibility()"
    assert visit.js(button)
    visit.js("document.getElementById('dials').open = false")
    late = visit.frame().js(PANELS)
    assert late["filled"] == len(late["heights"])
    assert (late["top"], late["heights"]) == (early["top"], early["heights"])


def test_an_unfinished_load_says_so(site, visit):
    """While bytes are on their way there is a bar that people and screen readers can see."""
    with site.breaking("runtime/python/numpy-*.bin", HELD):
        visit.open()
        visit.until("return document.getElementById('progress').value > 0")
        assert visit.js("return document.getElementById('progress').checkVisibility()")
        assert visit.js("return document.getElementById('progress').labels.length") == 1
        assert not visit.failure()


def test_a_page_that_listens_late_hears_how_far_the_load_is(site, broken):
    """The worker begins before the page's own Python; what it says meanwhile must not be lost."""
    bundle, numpy = "py/page.bin", "runtime/python/numpy-*.bin"
    site.break_(bundle, HELD)
    site.break_(numpy, HELD)
    site.requests.clear()
    broken.open(until="nothing")
    broken.wait(lambda: any(fnmatch(path, numpy) for path in site.requests), "NumPy is asked for")
    site.release(bundle)
    broken.until("return document.documentElement.dataset.page === 'ready'")
    broken.until("return document.getElementById('progress').value > 0")
    assert broken.data("engine") == "loading"
