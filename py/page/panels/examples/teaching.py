"""Teaching the network the visitor's own digits, and how much better it reads them then."""

import asyncio

from page import failures
from page.dom import Once, disable, find, on, show
from page.panels.examples.transfer import digits
from page.words import percent

NONE_YET = "Keep at least one drawing first."
ALL_KINDS = "Every second digit that it learns from is one of yours; the others are MNIST’s."
ALL_READ = "It reads all of yours now. Pause when you like, and draw another one."
MISSING = " You have kept no %s: those it sees as MNIST has them."


class Teaching:
    """The button, what is going on, and the accuracies before and now."""

    def __init__(self, page, examples, inputs):
        self._state = page.state
        self._learning = page.learning
        self._examples = examples
        self._inputs = inputs
        self._teach = find("#teach")
        self._pause = find("#teach-pause")
        self._hint = Once(find("#teach-hint"))
        self._said = Once(find("#teach-said"))
        self._alert = Once(find("#teach-alert"))
        self._table = find("#teach-table")
        self._cells = [Once(cell) for cell in self._table.querySelectorAll("td")]
        self._name = Once(find("#teach-table tbody tr:last-child th"))
        self._busy = False
        self._begun = False  # and not measured yet
        self._taught = 0
        self._trouble = ""
        on(self._teach, "click", lambda event: asyncio.create_task(self._begin()))
        on(self._pause, "click", lambda event: asyncio.create_task(self._toggle()))

    def render(self):
        """Show what can be done, what is going on, and the figures."""
        state, run, examples = self._state, self._learning.run, self._examples.all
        ready = state.engine == "ready" and not self._busy
        disable(self._teach, not ready or not examples or run.moving, self._refuge)
        self._hint.write(hint(self._examples.counts()))
        before = run.progress.get("before")
        if before:
            self._begun = False
        teaching = bool(before) or (self._begun and run.moving)
        show(self._pause, teaching and (run.moving or run.status == "paused"))
        disable(self._pause, not ready)
        self._pause.textContent = "Pause" if run.moving else "Go on"
        self._said.write(self._sentence() if teaching or self._busy else "")
        missing = run.trouble if self._taught else ""
        self._alert.write(self._trouble or (missing and failures.of_training(missing)))
        show(self._table, bool(before))
        if before:
            self._render_table(run.progress, before)

    def _render_table(self, progress, before):
        self._name.write("your %s" % digits(self._taught))
        for column, figures in enumerate((before, progress)):
            test, own = figures["accuracy"], figures["own_accuracy"]
            self._cells[column].write(percent(test) if test >= 0 else "…")
            right = "%d of %d" % (round(own * self._taught), self._taught)
            self._cells[column + 2].write(right if own >= 0 else "…")

    def _sentence(self):
        run = self._learning.run
        if self._busy:
            return "Preparing your digits…"
        if run.status == "loading":
            return "Fetching training digits…"  # a count would be read out each time it changes
        if run.status == "paused":
            return "Paused."
        if run.status != "running":
            return ""
        return ALL_READ if run.progress.get("own_accuracy") == 1 else "Learning…"

    async def _begin(self):
        """Work out what the network sees of each example, and have it learn from them."""
        examples, self._busy, self._trouble = self._examples.all, True, ""
        self._state.changed()
        straighten = self._state.straighten
        self._trouble = await self._inputs.fetch(examples, straighten)
        self._busy = False
        if not self._trouble:
            self._begun, self._taught = True, len(examples)
            labels = [example.digit for example in examples]
            images = await self._inputs.joined(examples, straighten)
            await self._learning.teach(images, labels)
        self._state.changed()

    async def _toggle(self):
        if self._learning.run.moving:
            await self._learning.pause()
        else:
            await self._learning.start()

    def _refuge(self):
        return self._pause if not self._pause.hidden else find("#examples-title")


def hint(counts):
    """Say what the network learns from, and which digits are missing among the examples."""
    missing = [str(digit) for digit, count in enumerate(counts) if not count]
    if len(missing) == 10:
        return NONE_YET
    if not missing:
        return ALL_KINDS
    return ALL_KINDS + MISSING % listed(missing)


def listed(words):
    """Write a list: "3", "3 or 5", "0, 3 or 5"."""
    return " or ".join([", ".join(words[:-1])] * (len(words) > 1) + words[-1:])
