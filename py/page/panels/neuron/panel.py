"""The panel of one neuron: everything about the one that is pointed at.

A sentence and pictures come first. The sections below stay open or closed as the visitor left them, and are
not rendered while they are closed.
"""

import asyncio

from page import words
from page.diagram.layout import PIXELS
from page.dom import find, find_all, on, paint, put, root, show
from page.engine_client.replies import has
from page.panels.neuron import for_and_against, formula
from page.panels.neuron.brush import Brush
from page.panels.neuron.contributions import Contributions
from page.panels.neuron.links import Links
from page.panels.neuron.neuron_controls import NeuronControls
from page.widgets import activation_curve


class Panel:
    """The neuron in view: the one that is pointed at or else the last one that was."""

    def __init__(self, page):
        self._state = page.state
        self._engine = page.engine
        self._parts = [
            Links(page.state, page.diagram),
            NeuronControls(page.state, page.edits),
            Brush(page.state, page.edits),
        ]
        self._title = find("#pointed b")
        self._sentence = find("#pointed span")
        self._inside = find("#inside")
        self._canvases = (find("#weights canvas"), find("#products canvas"))
        self._weights_scale = find("#weights figcaption")
        self._products_scale = find("#products figcaption")
        self._sum = find("#sum .formula")
        self._squish = find("#sum .squish")
        self._contributions = Contributions()
        self._for_and_against = find("#sides")
        self._sides = find("#sides .sides")
        self._threshold = find("#bias .threshold-words")
        self._squish_words = find("#bias .squish-words")
        self._curve = find("#bias svg")
        self._favourite = find("#favourite")
        self._favourite_canvas = find("#favourite canvas")
        self._ask = find("#ask-favourite")
        self._shown = self._pictured = None
        self._wanted = None
        self._sections = [
            [find("#sum"), self._render_sum, None],
            [find("#parts"), self._contributions.render, None],
            [self._for_and_against, self._render_sides, None],
            [find("#bias"), self._render_bias, None],
        ]
        for details in find_all("#inside details"):
            on(details, "toggle", lambda event: self._state.changed())
        on(self._ask, "click", lambda event: asyncio.create_task(self._ask_favourite()))

    def render(self):
        """Show the neuron in view, or say how to look into one."""
        self._render_neuron()
        for part in self._parts:
            part.render()

    def _render_neuron(self):
        state = self._state
        key = (state.pointed, state.looked, state.answer, state.network, state.playing)
        if key != self._shown:
            self._shown = key
            self._render_title()
        terms = state.answer.terms if state.answer else None
        if state.looked is None or terms is None or terms.neuron != state.looked:
            show(self._inside, state.looked is not None and terms is not None)
        else:
            self._render_inside(terms)

    def _render_title(self):
        state = self._state
        neuron = state.pointed or state.looked
        title, sentence = "", "Point at any neuron to see the number it holds."
        if neuron and state.network.ready and state.answer:
            title = words.neuron_name(neuron[0], neuron[1], state.network.shape)
            if state.playing is not None and neuron[0] > state.playing:
                sentence = "The signal has not reached this layer."
            else:
                sentence = words.neuron_sentence(neuron[0], neuron[1], state.network, state.answer)
        self._title.textContent = title
        self._sentence.textContent = sentence

    def _render_inside(self, terms):
        """Show Terms, if they are new, in those sections that are open."""
        if terms is not self._pictured:
            self._pictured = terms
            show(self._inside, True)
            show(self._for_and_against, bool(terms.sides))
            put(root, "data-looked", "%d:%d" % terms.neuron)
            self._render_pictures(terms)
            self._render_favourite(terms.neuron)
        for section in self._sections:
            details, render, shown = section
            if shown is not terms and details.open:
                section[2] = terms
                render(terms)

    def _render_pictures(self, terms):
        """Paint a pixel for each neuron of the layer before: an image, or a row of cells."""
        columns, rows = self._state.network.grid(terms.neuron[0])
        for canvas, image in zip(self._canvases, terms.images):
            if (canvas.width, canvas.height) != (columns, rows):
                canvas.width, canvas.height = columns, rows
            paint(canvas, image, columns, rows)
        put(self._inside, "data-before", "picture" if rows > 1 else "row")
        largest, strongest = words.number(terms.largest), words.number(terms.strongest)
        name = words.neuron_name(terms.neuron[0], terms.neuron[1], self._state.network.shape)
        count = columns * rows
        its = "its %d weights" % count if count > 1 else "its only weight"
        self._weights_scale.textContent = "%s: %s, to ±%s" % (name, its, largest)
        self._products_scale.textContent = "weights × activations now, to ±%s" % strongest

    def _render_favourite(self, neuron):
        """Offer to look for an input that a neuron responds to, if its weights are no image of one."""
        wanted = (self._state.network.form, neuron)
        if self._wanted != wanted:
            self._wanted = wanted
            show(self._favourite, False)
            show(self._ask, neuron[0] > 1)

    async def _ask_favourite(self):
        wanted = self._wanted
        if not wanted:
            return
        image = await self._engine.ask("favourite", *wanted[1])
        if has(image, "length") and wanted == self._wanted:
            paint(self._favourite_canvas, image, PIXELS, PIXELS)
            show(self._favourite, True)
            show(self._ask, False)

    def _render_sum(self, terms):
        layer, index = terms.neuron
        a = self._state.answer.activation(layer, index)
        self._sum.innerHTML = formula.weighted_sum(terms)
        self._squish.innerHTML = formula.squished(terms.z, a, self._state.network.is_relu(layer))

    def _render_sides(self, terms):
        if terms.sides:
            self._sides.innerHTML = for_and_against.draw(terms.sides, terms.neuron[0])

    def _render_bias(self, terms):
        relu = self._state.network.is_relu(terms.neuron[0])
        self._threshold.textContent = words.threshold_sentence(terms.bias, relu)
        self._squish_words.textContent = words.squish_sentence(relu)
        self._curve.innerHTML = activation_curve.draw_neuron(terms.z, terms.bias, relu)
