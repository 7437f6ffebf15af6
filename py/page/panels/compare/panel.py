"""The room of two activations: a sigmoid and a ReLU network side by side on the same drawing.

Public: ``Compare``. It is live while one draws, as long as it is open: one question is on its way at most.
"""

import asyncio

from page.dom import find, find_all, on, put
from page.widgets.download import Download
from page.words import number, percent

NETWORKS = ("784-16-16-10-sigmoid", "784-16-16-10-relu")

FORMULAS = {
    "sigmoid": (
        '<mi>σ</mi><mo stretchy="false">(</mo><mi>z</mi><mo stretchy="false">)</mo><mo>=</mo>'
        "<mfrac><mn>1</mn><mrow><mn>1</mn><mo>+</mo><msup><mi>e</mi><mrow><mo>−</mo><mi>z</mi></mrow></msup></mrow></mfrac>"
    ),
    "relu": "<mi>max</mi><mo>(</mo><mn>0</mn><mo>,</mo><mi>z</mi><mo>)</mo>",
}
TITLES = {"sigmoid": "sigmoid", "relu": "ReLU"}
FIGURES = ("right of 1,000 test digits", "dead neurons", "saturated neurons", "its dials")


class Panel:
    """The two sides, and what the test digits say of them."""

    def __init__(self, page):
        state = self._state = page.state
        self._worker = page.engine
        self._room = find("#compare")
        again = find("#compare .again")
        self._download = Download(state, find("#compare .fetch"), again, self._fetch)
        self._asked = None
        self._asking = False
        self._fetched = False
        self._shown = None
        self._known = self._compared = None
        find("#compare .pair").innerHTML = "".join([_frame(name) for name in NETWORKS])
        self._sides = [Side(element) for element in find_all("#compare .half")]
        on(self._room, "toggle", lambda event: state.changed())
        for name, side in zip(NETWORKS, self._sides):
            on(side.use, "click", lambda event, name=name: self._use(name))

    def render(self):
        """Ask about what is new, and show what is known."""
        state = self._state
        if state.engine != "ready":
            # What an ended worker was asked is never answered.
            self._asking, self._asked, self._fetched = False, None, False
        if not self._room.open:
            return
        self._download.render()
        if state.engine == "ready":
            if not self._fetched and not state.digits:
                self._fetch()
            self._ask()
        current = self._compared and self._compared is state.answer
        put(self._room, "data-compared", str(self._compared.version) if current else None)
        key = (self._known, state.network)
        if key != self._shown:
            self._shown = key
            for name, side in zip(NETWORKS, self._sides):
                side.render_use(name == state.network.name)
            for side, known in zip(self._sides, self._known or ()):
                side.render(known)

    def _fetch(self):
        self._fetched = True
        asyncio.create_task(self._worker.fetch_digits())

    def _ask(self):
        """Ask about the answer of now, if that is new: the engine has looked at its ink already."""
        wanted = (self._state.answer, self._state.digits == "ready")
        if wanted != self._asked and wanted[0] and not self._asking:
            self._asked, self._asking = wanted, True
            asyncio.create_task(self._hear())

    async def _hear(self):
        answer = self._state.answer
        known = await self._worker.compare(NETWORKS)
        if known is not None:
            self._asking = False
            self._known, self._compared = list(known), answer
            self._state.changed()

    def _use(self, name):
        """Have the page use a network."""
        self._state.change(chosen=name)


class Side:
    """One network: its curve with its hidden neurons on it, its layers, its answer, and its figures."""

    def __init__(self, element):
        self.use = element.querySelector(".use")
        self._element = element
        self._curve = element.querySelector(".function")
        self._layers = element.querySelector(".layers")
        self._says = element.querySelector(".says")
        self._figures = list(element.querySelectorAll("dd"))

    def render(self, known):
        """Show one of the replies of ``Session.compare``."""
        self._curve.innerHTML = known.curve
        self._layers.innerHTML = known.layers
        put(self._layers, "aria-label", known.spoken)
        put(self._element, "data-digit", known.digit)
        self._says.textContent = _says(known)
        accuracy = getattr(known, "accuracy", None)
        figures = ["–", "–", "–", "turned by hand" if known.turned else "as it was trained"]
        if accuracy is not None:
            figures[0] = percent(accuracy)
            figures[1] = "%d of %d" % (known.dead, known.hidden)
            figures[2] = "%d of %d" % (known.saturated, known.hidden)
        for element, text in zip(self._figures, figures):
            element.textContent = text

    def render_use(self, used):
        """Say whether this is the network of the page."""
        put(self.use, "aria-pressed", "true" if used else "false")
        self.use.textContent = "in use" if used else "use this one"


def _frame(name):
    """Write the empty side of a network, by its name such as "784-16-16-10-relu"."""
    activation = name.split("-")[-1]
    title = TITLES[activation]
    figures = ["<div><dt>%s</dt><dd>–</dd></div>" % label for label in FIGURES]
    return (
        '<section class="half" data-side="%s" aria-label="%s"><h3 translate="no">%s</h3>'
        % (name, title, title)
        + '<math translate="no"><mrow>%s</mrow></math>' % FORMULAS[activation]
        + '<button type="button" class="pill use" aria-pressed="false">use this one</button>'
        + '<svg class="function" translate="no" viewBox="0 0 360 142" role="img"'
        + ' aria-label="The curve of the %s, each hidden neuron a dot on it"></svg>' % title
        + '<svg class="layers" translate="no" viewBox="0 0 360 310" role="img"'
        + ' aria-label="Activations"></svg>'
        + '<p class="says"></p><dl>%s</dl></section>' % "".join(figures)
    )


def _says(known):
    if known.why == "blank":
        return "nothing drawn yet"
    if known.digit == "":
        return "not sure: no digit stands out"
    return "says %s: %s" % (known.digit, number(known.brightest))
