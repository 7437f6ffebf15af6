"""One side of the comparison: a network's curve, its layers, its answer, and its figures."""

from page.dom import put
from page.engine_client.replies import numbers
from page.panels.compare.layers import WIDTH, Layers, height
from page.widgets import activation_curve
from page.words import UNSURE, number, percent

FORMULAS = {
    "sigmoid": (
        '<mi>σ</mi><mo stretchy="false">(</mo><mi>z</mi><mo stretchy="false">)</mo><mo>=</mo>'
        "<mfrac><mn>1</mn><mrow><mn>1</mn><mo>+</mo><msup><mi>e</mi><mrow><mo>−</mo><mi>z</mi></mrow></msup></mrow></mfrac>"
    ),
    "relu": "<mi>max</mi><mo>(</mo><mn>0</mn><mo>,</mo><mi>z</mi><mo>)</mo>",
}
FIGURES = ("right of 1,000 test digits", "dead neurons", "saturated neurons", "its dials")


class Side:
    """Shows one network in its part of the panel."""

    def __init__(self, info, element):
        self.info = info
        self.use = element.querySelector(".use")
        self._element = element
        self._drawing = Layers(info.shape)
        self._curve = element.querySelector(".function")
        self._layers = element.querySelector(".layers")
        self._says = element.querySelector(".says")
        self._figures = list(element.querySelectorAll("dd"))

    def render(self, reply):
        """Show one of the replies of ``Session.compare``."""
        a, z = numbers(reply.a), numbers(reply.z)
        relu = self.info.activation == "relu"
        self._curve.innerHTML = activation_curve.draw(z[: reply.hidden], relu, WIDTH)
        self._layers.innerHTML = self._drawing.draw(a, reply.digit)
        put(self._layers, "aria-label", self._drawing.describe(a))
        put(self._element, "data-digit", reply.digit)
        self._says.textContent = answer(reply, max(a[reply.hidden :]))
        accuracy = getattr(reply, "accuracy", None)
        figures = ["–", "–", "–", "turned by hand" if reply.edited else "as it was trained"]
        if accuracy is not None:
            figures[0] = percent(accuracy)
            for at, count in ((1, reply.dead), (2, reply.saturated)):
                figures[at] = "%d of %d" % (count, reply.hidden) if reply.hidden else "none hidden"
        for element, text in zip(self._figures, figures):
            element.textContent = text

    def render_use(self, used):
        """Show whether the page uses this network."""
        put(self.use, "aria-pressed", "true" if used else "false")
        self.use.textContent = "in use" if used else "use this one"


def frame(info):
    """Write the empty side of a network. Its title may be any text."""
    title = escaped(info.title)
    figures = ["<div><dt>%s</dt><dd>–</dd></div>" % label for label in FIGURES]
    return (
        '<section class="half" data-side="%s" aria-label="%s"><h3 translate="no">%s</h3>'
        % (escaped(info.id), title, title)
        + '<math translate="no"><mrow>%s</mrow></math>' % FORMULAS[info.activation]
        + '<button type="button" class="pill use" aria-pressed="false">use this one</button>'
        + '<svg class="function" translate="no" viewBox="0 0 %d 142" role="img"' % WIDTH
        + ' aria-label="The curve of the %s, each hidden neuron a dot on it"></svg>' % title
        + '<svg class="layers" translate="no" viewBox="0 0 %d %d" role="img"'
        % (WIDTH, height(info.shape))
        + ' aria-label="Activations"></svg>'
        + '<p class="says"></p><dl>%s</dl></section>' % "".join(figures)
    )


def answer(reply, brightest):
    """Say what a network makes of the drawing; reply: with its digit and why; brightest: its activation."""
    if reply.why == "blank":
        return "nothing drawn yet"
    if reply.digit == "":
        return UNSURE[reply.why]
    return "says %s: %s" % (reply.digit, number(brightest))


def escaped(text):
    """Write a text so that it is only text, within an element or an attribute."""
    for sign, name in (("&", "amp"), ("<", "lt"), (">", "gt"), ('"', "quot")):
        text = text.replace(sign, "&%s;" % name)
    return text
