"""One step, slowly: what it says of a mini-batch."""

from page.panels.learn import one_step


class Step:
    """A reply about another neuron than was asked for: the run has no such one."""

    layer, index = 1, 0
    right, size, before, after = 3, 64, 2.5, 2.25


class Page:
    """A page that shows a network with more neurons than the one that learns has."""

    settings = {"shape": [784, 64, 10]}  # noqa: RUF012, nobody writes to it
    looked = (1, 40)

    def changed(self):
        pass

    async def step(self, layer, index):
        self.asked = layer, index
        return Step


class View(one_step.OneStep):
    """One step without a browser: it notes of which neuron it would show the pictures."""

    def __init__(self, page):
        self._state = self._learning = page
        self._busy = False

    def _show(self, step, neuron):
        self.shown = neuron


def test_right_and_wrong_are_told_apart_without_colour():
    """A sign and words; no answer at all is wrong, too."""
    assert one_step.caption(7, 7) == '<b class="right">✓ 7</b>'
    assert one_step.caption(7, 1) == '<b class="wrong">✗ 1</b> not 7'
    assert one_step.caption(0, -1) == '<b class="wrong">✗ ?</b> not 0'


def test_a_small_batch_is_shown_in_full():
    """The sentence says which pictures they are."""
    assert one_step.batch_sentence(128, 16).endswith("These are the first 16.")
    assert one_step.batch_sentence(10, 10).endswith("These are all of them.")


def test_a_step_may_make_it_worse():
    """With a learning rate that is too high the cost rises, and the sentence says so."""
    better = one_step.step_sentence(13002, 0.0123, 128, 2.5, 2.25)
    assert "All 13,002 dials" in better
    assert "fell from 2.500 to 2.250" in better
    assert "rose from 2.500 to 2.750" in one_step.step_sentence(13002, 0.0123, 128, 2.5, 2.75)
    assert "hidden layer 1, neuron 5 of 16:" in one_step.gradient_sentence(
        "Hidden layer 1, neuron 5 of 16"
    )


async def test_the_neuron_that_is_named_is_the_one_that_is_shown():
    """If the run does not have the neuron in view, the engine shows another one."""
    page = Page()
    view = View(page)
    await view._take()
    assert page.asked == (1, 40)
    assert view.shown == (1, 0)
