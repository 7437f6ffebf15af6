"""The inspector: everything about the one neuron that is pointed at.

Public: ``Inspector``. It opens with a sentence and the pictures; the sum, what counts most, and the bias
are a step away each, and stay open or closed as one left them.
"""

from js import ImageData, Uint8ClampedArray

from page import curve, formula, words
from page.dom import find, put, show
from page.layout import PIXELS

# Bars that are shown of what counts most.
BARS = 8


class Inspector:
    """The part of the page below the network."""

    def __init__(self, state):
        self._state = state
        self._title = find("#pointed b")
        self._sentence = find("#pointed span")
        self._inside = find("#inside")
        self._weights = find("#weights")
        self._products = find("#products")
        self._scale = find("#inside .scale")
        self._sum = find("#sum .formula")
        self._squish = find("#sum .squish")
        self._bars = find("#parts ol")
        self._threshold = find("#bias p")
        self._curve = find("#bias svg")
        self._shown = None

    def render(self):
        """Show the neuron that the answer looks into, or say how to look into one."""
        state = self._state
        key = (state.pointed, state.answer, state.network)
        if key == self._shown:
            return
        self._shown = key
        title, sentence = "", "Point at any neuron to see the number it holds."
        if state.pointed and state.network.ready and state.answer:
            layer, index = state.pointed
            title = words.neuron_name(layer, index, state.network.shape)
            sentence = words.neuron_sentence(layer, index, state.network, state.answer)
        self._title.textContent = title
        self._sentence.textContent = sentence
        terms = state.answer.terms if state.answer and state.pointed else None
        known = terms is not None and terms.neuron == state.pointed
        show(self._inside, known)
        if known:
            self._render_pictures(terms)
            self._render_sum(terms)
            self._render_bars(terms)
            self._render_bias(terms)

    def _render_pictures(self, terms):
        for canvas, image in ((self._weights, terms.weights_image), (self._products, terms.products_image)):
            columns = PIXELS if terms.count == PIXELS * PIXELS else terms.count
            if canvas.width != columns:
                canvas.width, canvas.height = columns, terms.count // columns
                put(canvas, "class", "square" if columns == PIXELS else "cells")
            pixels = ImageData.new(Uint8ClampedArray.new(image.buffer), columns, terms.count // columns)
            canvas.getContext("2d").putImageData(pixels, 0, 0)
        largest, strongest = words.number(terms.largest), words.number(terms.strongest)
        self._scale.textContent = "full colour: weight ±%s, product ±%s" % (largest, strongest)

    def _render_sum(self, terms):
        state = self._state
        layer, index = terms.neuron
        relu = state.network.activation == "relu" and layer < len(state.network.shape) - 1
        self._sum.innerHTML = formula.weighted_sum(terms)
        self._squish.innerHTML = formula.squished(terms.z, state.answer.activation(layer, index), relu)

    def _render_bars(self, terms):
        """Draw the largest products as bars from a middle line, blue to the right, red to the left."""
        layer = terms.neuron[0]
        rows = []
        for at in range(min(BARS, len(terms.products))):
            product, source = terms.products[at], terms.sources[at]
            share = abs(product) / (terms.strongest or 1)
            rows.append(
                '<li class="%s" data-source="%d:%d"><span>%s</span><i style="--share:%.3f"></i><b>%s</b></li>'
                % (
                    "positive" if product >= 0 else "negative",
                    layer - 1,
                    source,
                    words.short_name(layer - 1, source),
                    share,
                    words.number(product),
                )
            )
        self._bars.innerHTML = "".join(rows)

    def _render_bias(self, terms):
        relu = self._state.network.activation == "relu" and terms.neuron[0] < len(self._state.network.shape) - 1
        self._threshold.textContent = words.threshold_sentence(terms.bias, relu)
        self._curve.innerHTML = curve.draw(terms.z, terms.bias, relu)
