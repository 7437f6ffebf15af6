"""One step, slowly: a single mini-batch, what the network made of it, and what it learns from that."""

import asyncio

from page import words
from page.diagram.layout import PIXELS
from page.dom import Once, disable, document, find, find_all, on, paint, put
from page.engine_client.replies import numbers

# Seconds from one step to the next in slow motion.
PACE = 2.5

BUTTONS = (
    '<p class="about">What happens hundreds of times a second while it learns, one at a time.</p>'
    '<div class="acting" role="group" aria-label="One step">'
    '<button type="button" id="learn-one" class="pill" disabled>Take one step</button>'
    '<button type="button" id="learn-slow" class="pill" aria-pressed="false" disabled>Slow motion</button>'
    '</div><p id="learn-stepped" class="hidden" role="status"></p><ol></ol>'
)

STAGES = (
    '<li><h3>Look</h3><p>%s</p><div class="batch">%s</div></li>'
    "<li><h3>Answer</h3><p>%s</p></li>"
    "<li><h3>Which way to turn the dials</h3><p>%s</p>%s</li>"
    "<li><h3>Turn them a little</h3><p>%s</p>"
    '<div class="moved">%s<span aria-hidden="true">→</span>%s</div></li>'
)
PICTURE = '<canvas width="%d" height="%d" role="img" aria-label="%s"></canvas>'
DIGIT = "<figure>%s<figcaption>%s</figcaption></figure>"


class OneStep:
    """The buttons, and the step that was taken last."""

    def __init__(self, page):
        self._state = page.state
        self._learning = page.learning
        room = find("#learn-step")
        room.innerHTML = BUTTONS
        self._one = find("#learn-one")
        self._slow = find("#learn-slow")
        self._said = Once(find("#learn-stepped"))
        self._stages = find("#learn-step ol")
        self._details = room.closest("details")
        self._busy = False
        self._turn = 0
        on(self._one, "click", lambda event: asyncio.create_task(self._take_one()))
        on(self._slow, "click", lambda event: self._toggle())
        for details in (self._details, find("#learn")):
            on(details, "toggle", lambda event: self._stop_unseen())

    @property
    def slow(self):
        """Whether steps are taken by themselves."""
        return self._slow.getAttribute("aria-pressed") == "true"

    def render(self):
        """Offer another step once the last one is done."""
        ready = self._state.engine == "ready"
        disable(self._one, not ready or self._busy or self.slow, lambda: self._slow)
        disable(self._slow, not ready, lambda: self._details.firstElementChild)
        if not ready:
            self._stop()

    def _toggle(self):
        if self.slow:
            self._stop()
        else:
            put(self._slow, "aria-pressed", "true")
            self._said.write("")
            self._turn += 1
            asyncio.create_task(self._go(self._turn))
        self._state.changed()

    def _stop(self):
        put(self._slow, "aria-pressed", "false")

    def _stop_unseen(self):
        if not self._details.open or not find("#learn").open:
            self._stop()

    async def _go(self, turn):
        """Take one step after another, until somebody stops that or does something else with the run."""
        left = None
        while self.slow and turn == self._turn and left in (None, self._learning.run.status):
            if not document.hidden and not self._busy:
                if not await self._take():
                    break
                left = self._learning.run.status
            await asyncio.sleep(PACE)
        if turn == self._turn:
            self._stop()
            self._state.changed()

    async def _take_one(self):
        step = await self._take()
        if step:
            self._said.write(
                "It read %d of %d. The cost was %.3f, and is now %.3f."
                % (step.right, step.size, step.before, step.after)
            )

    async def _take(self):
        """Take a step and show it. Returns it, or None if there was none."""
        if self._busy:
            return None
        self._busy = True
        self._state.changed()
        neuron = self._neuron(self._learning.settings["shape"])
        try:
            step = await self._learning.step(neuron[0], neuron[1])
        finally:
            self._busy = False
            self._state.changed()
        if step:
            # The run may have another shape than the network that was in view, or is wanted next.
            self._show(step, (int(step.layer), int(step.index)))
        return step

    def _neuron(self, shape):
        """Return the neuron in view, or the first one after the input if there is none."""
        looked = self._state.looked
        if looked and looked[0] < len(shape) and looked[1] < shape[looked[0]]:
            return looked
        return (1, 0)

    def _show(self, step, neuron):
        network = self._state.network
        columns, rows = network.grid(neuron[0])
        picture = PICTURE % (columns, rows, "%s")
        name = words.neuron_name(neuron[0], neuron[1], network.shape)
        labels, said = numbers(step.labels), numbers(step.said)
        digits = [
            DIGIT % (PICTURE % (PIXELS, PIXELS, "a %d" % label), caption(int(label), int(choice)))
            for label, choice in zip(labels, said)
        ]
        self._stages.innerHTML = STAGES % (
            batch_sentence(step.size, len(digits)),
            "".join(digits),
            answer_sentence(step.right, step.size, step.before),
            gradient_sentence(name),
            picture % "Which way each weight is about to move",
            step_sentence(network.count, step.largest_move, step.size, step.before, step.after),
            picture % "The weights before",
            picture % "The weights after",
        )
        put(self._stages, "data-before", "picture" if rows > 1 else "row")
        canvases = find_all("#learn-step canvas")
        bytes_each = 4 * PIXELS * PIXELS
        for at, canvas in enumerate(canvases[: len(digits)]):
            pixels = step.images.slice(at * bytes_each, (at + 1) * bytes_each)
            paint(canvas, pixels, PIXELS, PIXELS)
        shown = (step.gradient, step.weights_before, step.weights_after)
        for canvas, image in zip(canvases[len(digits) :], shown):
            paint(canvas, image.slice(), columns, rows)


def caption(label, choice):
    """Say what the network made of a picture, not by colour alone."""
    if choice == label:
        return '<b class="right">✓ %d</b>' % label
    return '<b class="wrong">✗ %s</b> not %d' % (choice if choice >= 0 else "?", label)


def batch_sentence(size, shown):
    """Say what a mini-batch is."""
    which = "These are all of them" if shown >= size else "These are the first %d" % shown
    return (
        "A mini-batch: %d of the training images, picked at random. A step learns from so few because that is"
        " quick, and points nearly the same way as all of them would. %s." % (size, which)
    )


def answer_sentence(right, size, cost):
    """Say how well the network did, and what its cost is."""
    return (
        "The network reads %d of the %d correctly. Its cost is %.3f: how far all its outputs are from the"
        " right ones, on average." % (right, size, cost)
    )


def gradient_sentence(name):
    """Say what a gradient is, and how its picture is to be read."""
    return (
        "The gradient says of every weight and bias which way to turn it so that the cost falls fastest, and"
        " how much each one matters. This is its part for %s: a weight is about to go up where it is"
        ' <b class="positive">blue (+)</b>, and down where it is <b class="negative">red (−)</b>.'
    ) % (name[0].lower() + name[1:])


def step_sentence(count, largest, size, before, after):
    """Say what the step did."""
    how = "fell" if after < before else "rose"
    return (
        "All %s dials move a little that way; of this neuron’s weights, none by more than %.4f. For the same"
        " %d images the cost %s from %.3f to %.3f."
        % (words.thousands(count), largest, size, how, before, after)
    )
