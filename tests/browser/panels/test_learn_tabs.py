"""Two tabs in which the network learns: each has its own run, and one of them sleeps."""

import digits
import pytest
from drivers import asleep
from learning import Learn
from visits import Page

WHICH = "return document.getElementById('learn-moment').getAttribute('aria-valuetext')"
FIRST_MOMENTS = range(1, 5)


def learning(page):
    """Draw a 3 on a new page, and begin to learn."""
    page.open(until="engine").draw(digits.strokes(3)).settle()
    learn = Learn(page).press("forget").press("start")
    learn.until(lambda run: run["images"], "it has begun")
    return learn


def moments(learn):
    """Pause, and give the activations of the first moments by what they are called."""
    learn.until(lambda run: run["images"] > 10_000, "there are so many moments")
    learn.press("pause").is_("paused")
    learn.open("Moments")
    found = {}
    for moment in FIRST_MOMENTS:
        before = learn.page.js(WHICH)
        learn.type("moment", str(moment), "input")
        learn.page.wait(lambda before=before: learn.page.js(WHICH) != before, "another moment")
        found[learn.page.js(WHICH).partition(" (")[0]] = learn.page.settle().activations()
    return found


@pytest.mark.only("chromium")
def test_a_tab_that_slept_learns_the_same_as_one_that_did_not(visit, site):
    """It goes on where it was, and a run in another tab is none of its business.

    Weights and batches follow from the seed alone, so equal moments of two runs are equal networks.
    """
    tired = learning(visit)
    before = tired.run()["images"]
    with asleep(visit.driver):
        page = Page(visit.driver, site)
        awake = moments(learning(page))
        assert page.errors() == []
    tired.until(lambda run: run["images"] > before, "it goes on")
    slept = moments(tired)
    common = awake.keys() & slept.keys()
    assert len(common) > 1
    assert {name: awake[name] for name in common} == {name: slept[name] for name in common}
