"""The diagram: the network as neurons and edges in SVG, rebuilt when its shape or its room changes.

New activations only change the attributes that show them.
"""

import asyncio

from page import words
from page.diagram import edge_paths, layout, markup, pixel_column
from page.diagram.edge_layer import EdgeLayer
from page.diagram.folds import Folds
from page.diagram.layout import SHOWN
from page.diagram.tip import Tip
from page.dom import Elements, Once, find, find_all, put, window

_greys = {}  # by brightness: formatting a colour takes longer than looking it up

# Seconds without a change of the board's size before the diagram is rebuilt for it.
SETTLING = 0.12


class Diagram:
    """The SVG over the board: column, hidden layers, outputs, and everything that joins them.

    Other views use ``layout``, which is None until the board's size is known, ``neurons[l]``, the elements of
    layer l, ``folds``, which neurons these show, ``place`` and ``give_focus``.
    """

    def __init__(self, state, column):
        """column: the PixelColumn, which says what pixels the first layer of circles shows."""
        self._state = state
        self._column = column
        self.folds = Folds(state, column)
        self._edges = EdgeLayer(state, column, self.folds)
        self._svg = find("#diagram")
        self._heading = find(".draw h2")
        self._which = Once(find(".pixels .which"))
        self._room = self._coming = (0, 0)
        self._built = self._shown = self._lights = self._pointed = None
        self._track = 0.0
        self.layout = None
        self.neurons = []

    def resize(self, width, height):
        """Take a new size of the board, in CSS pixels: the first at once, others when they stop changing.

        On paper the board is only scaled.
        """
        if window.matchMedia("print").matches:
            return
        self._coming = (width, height)
        if self._room[0]:
            asyncio.create_task(self._settle(self._coming))
        else:
            self._room = self._coming

    async def _settle(self, room):
        await asyncio.sleep(SETTLING)
        if room is self._coming:
            self._room = room
            self._state.changed()

    def render(self):
        """Show the state. Build the diagram first if it is not there or no longer fits."""
        state = self._state
        if not self._room[0]:
            return
        built = (self._room, tuple(state.network.shape))
        if self._built != built:
            resized = self.current
            self._built = built
            self._build()
            if not resized:
                self._state.changed()  # the rest in the next frame: together they would delay the pen
                return
        self.folds.follow()
        self._edges.render()
        shown = (self._column.row, self._column.columns, self.folds.firsts)
        if self._shown != shown:
            self._shown = shown
            self._render_shown()
        lights = (state.answer, state.playing, shown)
        if self._lights != lights:
            self._lights = lights
            self._render_activations()
            self._tip.render()
        # The weights or the flow of the neuron that is pointed at may have changed.
        flow = state.answer if state.flowing else None
        edges = (self._edges.ready, state.flowing, flow)
        pointed = (state.pointed, shown, state.playing, state.network, edges)
        if self._pointed != pointed:
            self._pointed = pointed
            self._render_pointed()
            self._tip.render()

    @property
    def current(self):
        """Whether the diagram shows the network in use. A new one is drawn in the next frame."""
        return self._built is not None and self._built[1] == tuple(self._state.network.shape)

    def give_focus(self, layer, at):
        """Move the keyboard's focus, and Tab's place in the diagram, to a neuron given by layer and place."""
        neuron = self.neurons[layer][at]
        put(self._svg.querySelector("[tabindex='0']"), "tabindex", "-1")
        put(neuron, "tabindex", "0")
        neuron.focus()

    def place(self, neuron):
        """Return x, y and radius of a neuron's circle, or of what stands for it: its pixel, or dots."""
        layer, index = neuron
        at = self.folds.place(neuron)
        if at is not None:
            return self.layout.layers[layer][at] + (self.layout.radii[layer],)
        if layer:
            return self.folds.end(neuron) + (self.layout.radii[layer],)
        left, top, width, _ = self.layout.cell(index)
        return left + width / 2, top + width / 2, width / 2

    def _build(self):
        shape = self._state.network.shape
        # Beside the board, the pad is below its heading. On a phone there is none.
        level = self._heading.offsetHeight
        self.layout = layout.choose(self._room[0], self._room[1], shape, level)
        tabbed = self._svg.querySelector("[tabindex='0']")
        at = tabbed.getAttribute("data-neuron") if tabbed else None
        focused = tabbed is not None and tabbed.matches(":focus")
        put(self._svg, "viewBox", "0 0 %d %d" % self._room)
        put(self._svg, "data-way", "across" if self.layout.across else "down")
        put(self._svg, "font-size", "%.1f" % (13 * self.layout.grow))
        self._svg.innerHTML = markup.board(self.layout, shape)
        self._edges.build(self.layout, find_all("#diagram [data-gap]"))
        self._bracket = Once(find("#diagram .bracket"))
        self._lit = find("#diagram .lit")
        self._spot = Once(find("#diagram .spot"))
        self._tip = Tip(self._state, self.layout, self.folds)
        self._winner = Once(find("#diagram .winner"))
        self._digits = Elements("#diagram .digit")
        self._bars = Elements("#diagram .bar")
        if self.layout.across:
            self._track = float(find("#diagram .track").getAttribute("width"))
        self._values = Elements("#diagram .output-value")
        layers = range(len(shape))
        self.neurons = [find_all("[data-layer='%d'] .neuron" % layer) for layer in layers]
        self._holders = [Elements("[data-layer='%d'] .neuron" % layer) for layer in layers]
        self._circles = [Elements("[data-layer='%d'] .light" % layer) for layer in layers]
        self._marked = None
        self._shown = self._lights = self._pointed = None
        self.folds.build(self.layout, shape)
        if at:
            self._restore(at, focused)

    def _restore(self, name, focused):
        """Give Tab's place, and the focus, to the neuron that had it before the diagram was rebuilt."""
        layer, index = [int(number) for number in name.split(":")]
        shape = self._state.network.shape
        layer = min(layer, len(shape) - 1)
        neuron = (layer, min(index, shape[layer] - 1))
        self.folds.show(neuron)
        self._name_neurons()
        at = self.folds.place(neuron)
        if at is not None:
            put(self._svg.querySelector("[tabindex='0']"), "tabindex", "-1")
            put(self.neurons[layer][at], "tabindex", "0")
            if focused:
                self.neurons[layer][at].focus()

    def _name_neurons(self):
        for layer, holders in enumerate(self._holders):
            names = ["%d:%d" % (layer, index) for index in self.folds.shown(layer)]
            holders.put("data-neuron", names)

    def _render_shown(self):
        self._bracket.put("d", self.layout.bracket(self._column.row))
        columns = self._column.columns
        self._which.write(pixel_column.describe(self._column.row, columns))
        put(self._svg, "data-column", "whole" if columns[-1] - columns[0] < SHOWN else "parted")
        self._name_neurons()
        self.folds.render()

    def _render_activations(self):
        state, answer = self._state, self._state.answer
        last = len(self.neurons) - 1
        for layer in range(last + 1):
            values = self._activations(layer)
            if layer and answer:
                array, start = answer.numbers(layer)
                start += self.folds.firsts[layer]
                self._holders[layer].number("data-activation", array, start)
            else:
                self._holders[layer].put("data-activation", ["%.6f" % value for value in values])
            if state.playing is not None and layer > state.playing:
                values = [0.0] * len(values)
            self._circles[layer].put("fill", [_grey(value) for value in values])
        self._values.write([words.number(value) if answer else "–" for value in values])
        if self.layout.across:
            self._bars.put("width", ["%.1f" % (self._track * value) for value in values])
        reached = state.playing is None or state.playing == last
        self._render_winner(int(answer.digit) if answer and answer.digit and reached else None)

    def _activations(self, layer):
        """List the activations of a layer's circles. The first layer shows only some of the pixels."""
        answer = self._state.answer
        if answer is None:
            return [0.0] * len(self.neurons[layer])
        if layer == 0:
            return self._column.values(answer)
        first = self.folds.firsts[layer]
        return answer.activations(layer)[first : first + len(self.neurons[layer])]

    def _render_winner(self, winner):
        outputs = range(self._state.network.shape[-1])
        self._digits.put("class", ["digit won" if at == winner else "digit" for at in outputs])
        self._winner.put("class", "winner" if winner is None else "winner on")
        if winner is not None:
            _place(self._winner, self.layout.frame(winner))

    def _render_pointed(self):
        """Light the edges of the neuron pointed at or, while the signal plays, those that it passes."""
        state = self._state
        lines = []
        if self._marked:
            put(self._marked, "class", "neuron")
            self._marked = None
        if not self._edges.ready:
            pass
        elif state.pointed is not None:
            at = self.folds.place(state.pointed)
            if at is not None:
                lines = self._edges.of(state.pointed[0], at)
                self._marked = self.neurons[state.pointed[0]][at]
                put(self._marked, "class", "neuron pointed")
        elif state.playing:
            lines = self._edges.signals(state.playing)
        pixel = state.pointed is not None and state.pointed[0] == 0
        self._spot.put("class", "spot on" if pixel else "spot")
        if pixel:
            _place(self._spot, self.layout.cell(state.pointed[1]))
        self._lit.innerHTML = edge_paths.paths(lines)
        put(self._lit, "class", "lit" if state.playing is None else "lit flowing")
        put(self._svg, "class", "dimmed" if lines or state.playing is not None else "")


def _place(rectangle, frame):
    """Give an SVG rectangle the place and size of a frame (left, top, width, height)."""
    for name, value in zip(("x", "y", "width", "height"), frame):
        rectangle.put(name, "%.1f" % value)


def _grey(activation):
    """Return the colour of a circle. An activation above 1, as ReLU gives, is as white as 1."""
    grey = int(min(activation, 1.0) * 255 + 0.5)
    if grey not in _greys:
        _greys[grey] = "rgb(%d %d %d)" % (grey, grey, grey)
    return _greys[grey]
