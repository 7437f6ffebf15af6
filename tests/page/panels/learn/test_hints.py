"""Hints: when one is offered, and when what was done about it."""

from page.panels.learn import hints


class Element:
    """As much of an element as a hint needs."""

    def __init__(self):
        self.hidden = False
        self.textContent = ""

    def querySelector(self, selector):  # noqa: N802, the browser's name
        return None


class Run:
    """A run of which a test says what goes wrong with it."""

    moving = False

    def __init__(self):
        self.progress = {}

    def be(self, images, hint="", **remedy):
        best = 3 if hint == "exploding" else -1
        self.progress = {"images": images, "hint": hint, "remedy": remedy, "best": best}


class Learning:
    """Steers the run."""

    settings = {"rate": 10.0}  # noqa: RUF012, nobody writes to it

    def __init__(self):
        self.run = Run()

    async def copy(self):
        return "copied"

    async def resume_from(self, index):
        self.run.be(400)

    async def adjust(self, **changes):
        self.changes = changes


class State:
    """The page's state."""

    def changed(self):
        pass


class Page:
    """A page with a run."""

    def __init__(self):
        self.state, self.learning = State(), Learning()


def made():
    """Make Hints, and return them with their run and their elements: words, remedy and undo."""
    elements = {}

    def find(selector):
        return elements.setdefault(selector, Element())

    hints.find = find
    hints.on = lambda *arguments: None
    hints.show = lambda element, shown: setattr(element, "hidden", not shown)
    page = Page()
    view = hints.Hints(page)
    return view, page.learning.run, [find(each) for each in ("#learn-mend", "#learn-unmend")]


async def test_what_goes_wrong_again_gets_another_hint():
    """The first remedy was not enough: the next one is offered, not only to undo the first."""
    view, run, [mend, undo] = made()
    run.be(500, "exploding", rate=0.02)
    view.render()
    assert (mend.hidden, undo.hidden) == (False, True)
    await view._follow()
    view.render()
    assert (mend.hidden, undo.hidden) == (True, False)
    run.be(600)
    view.render()
    run.be(700, "exploding", rate=0.005)
    view.render()
    assert (mend.hidden, undo.hidden) == (False, True)
    assert "0.005" in mend.textContent


async def test_a_hint_that_was_followed_is_not_given_twice():
    """It takes a while until that helps. Until then it can be undone."""
    view, run, [mend, undo] = made()
    run.moving = True
    run.be(500, "slow", rate=0.02)
    view.render()
    await view._follow()
    run.be(900, "slow", rate=0.04)
    view.render()
    assert (mend.hidden, undo.hidden) == (True, False)
