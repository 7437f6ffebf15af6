"""The panel of one layer: its weights as a matrix, times the layer before, plus the biases (at 13:40).

While it is open it asks the engine for the product of each new answer, one question at a time. A slider goes
through the product term by term.
"""

import asyncio

from page.dom import arrow, find, on, paint, put, screen, show
from page.engine_client.replies import has
from page.moves import Moves
from page.panels.layer import product
from page.panels.layer.grid import Grid
from page.widgets.layer_choice import choices

HINT = "Point at a weight to read it, or go from weight to weight with the arrow keys."


class Panel:
    """The choice of a layer, the product, the slider, and sentences about them."""

    def __init__(self, page):
        state = self._state = page.state
        self._engine = page.engine
        self._panel = find("#matrix")
        self._layers = find("#matrix .layers div")
        self._parts = find("#matrix .product")
        self._grid = Grid()
        self._canvas = find("#matrix canvas")
        self._cells = find("#matrix .numbers")
        self._texts = {part: find("#matrix [data-part='%s'] pre" % part) for part in "nabzs"}
        self._slider = find("#matrix input[type='range']")
        self._term = find("#matrix .adds")
        self._cell = find("#matrix .reads")
        self._folded = find("#matrix .folded")
        self._layer = 1
        self._step = None  # None is the last step
        self._product = self._answer = self._shape = None
        self._how = self._numbered = self._lit = None
        self._asking = False
        self._moves = Moves()
        on(self._panel, "toggle", lambda event: state.changed())
        on(self._layers, "change", self._choose)
        on(self._slider, "input", self._scrub)
        on(self._parts, "pointermove", self._hover)
        on(self._parts, "pointerleave", self._leave)
        on(self._parts, "click", self._click)
        on(find("#matrix [data-part='W']"), "keydown", self._key)

    def render(self):
        """Show the product of the layer, if the panel is open."""
        state = self._state
        if not self._panel.open or not state.network.ready:
            return
        if (state.network.form, self._layer) != self._shape:
            self._offer()
        if state.answer and state.answer is not self._answer and not self._asking:
            self._asking = True
            asyncio.create_task(self._ask())
        if self._product:
            self._render_step()
            self._render_pointed()

    def _offer(self):
        """Offer the layers of this network, and count its weights and biases."""
        network = self._state.network
        self._layer = min(self._layer, len(network.shape) - 1)
        self._shape = (network.form, self._layer)
        self._layers.innerHTML = choices("matrix-layer", network.shape, self._layer)
        self._forget()

    def _choose(self, event):
        self._layer = int(event.target.value)
        self._shape = (self._state.network.form, self._layer)
        self._forget()
        self._state.changed()

    def _forget(self):
        """Forget the product, so that the new one is asked for, and write what depends on the layer alone."""
        self._product = self._answer = None
        put(self._panel, "data-answered", None)
        network, layer = self._state.network, self._layer
        relu = network.is_relu(layer)
        find("#matrix .equation").innerHTML = product.equation(layer, relu)
        find("#matrix .counted").innerHTML = product.count(network.shape, layer)
        find("#matrix .squishing").textContent = "ReLU" if relu else "σ"
        for part, number in (("a", layer - 1), ("s", layer)):
            caption = "a" + "⁽%s⁾" % "⁰¹²³⁴⁵"[number]
            find("#matrix [data-part='%s'] .caption" % part).textContent = caption

    async def _ask(self):
        """Ask for the product until it belongs to the newest answer."""
        state = self._state
        while self._panel.open and state.answer and state.answer is not self._answer:
            answer, layer, network = state.answer, self._layer, state.network
            put(self._panel, "data-answered", None)
            reply = await self._engine.ask("layer", layer)
            if not has(reply, "b"):
                break
            same = layer == self._layer and network.form == state.network.form
            if same and reply.b.length == network.shape[layer]:
                self._answer = answer
                self._take(product.Product(layer, network, reply))
        self._asking = False
        if self._answer is state.answer and state.answer:
            put(self._panel, "data-answered", str(state.answer.version))

    def _take(self, shown):
        """Show another product."""
        self._product, self._how = shown, None
        wide, rows = len(shown.columns), shown.rows
        style = self._parts.style
        style.setProperty("--columns", str(wide))
        style.setProperty("--rows", str(rows))
        put(self._parts, "data-wide", "" if wide > product.NUMBERED else None)
        show(self._canvas, wide > 0)
        if wide:
            self._canvas.width, self._canvas.height = wide, rows
            paint(self._canvas, shown.image, wide, rows)
        numbered = (shown.network, shown.layer, shown.columns)
        if numbered != self._numbered:
            self._numbered = numbered
            self._cells.innerHTML = shown.cells()
        self._texts["n"].textContent = "\n".join([str(shown.name(row)) for row in range(rows)])
        self._texts["a"].textContent = product.lines(shown.before)
        self._texts["b"].textContent = product.lines(shown.b)
        self._folded.textContent = shown.folded()
        self._slider.max = shown.last
        self._slider.value = self._now()
        self.render()

    def _now(self):
        last = self._product.last
        return last if self._step is None else min(self._step, last)

    def _scrub(self, event):
        step = int(event.target.value)
        self._step = None if self._product is None or step == self._product.last else step
        self._how = None
        self._state.link(None)
        self._state.changed()

    def _render_step(self):
        """Show the sums so far, and what was added last in the row of the neuron in view."""
        shown, step, row = self._product, self._now(), self._row()
        how = (step, row)
        if how == self._how:
            return
        if self._how is None or self._how[0] != step:
            wide, done = len(shown.columns), step == shown.last
            after = product.lines(shown.after) if done else "\n".join(["·"] * shown.rows)
            self._texts["z"].textContent = product.lines(shown.sums(step))
            self._texts["s"].textContent = after
            self._parts.style.setProperty("--terms", str(min(step, wide)))
            put(self._parts, "data-step", "sum" if step <= wide else "squished" if done else "bias")
        self._how = how
        text = shown.term(row or 0, step)
        self._term.textContent = text
        put(self._slider, "aria-valuetext", text)

    def _row(self):
        """Return the row of the neuron pointed at or in view, None if that is in another layer."""
        for neuron in (self._state.pointed, self._state.looked):
            if neuron and neuron[0] == self._layer:
                return neuron[1]
        return None

    def _column(self):
        """Return the place of the column that is pointed at, or else of the one that was added last."""
        state, shown = self._state, self._product
        for neuron in (state.linked, state.pointed):
            if neuron and neuron[0] == self._layer - 1:
                return product.column_of(shown.columns, neuron[1])
        step = self._now()
        return step - 1 if 0 < step <= len(shown.columns) else None

    def _render_pointed(self):
        """Light the row and the column, and write what is where they cross."""
        row, column, shown = self._row(), self._column(), self._product
        if self._lit == (row, column, shown):
            return
        before = self._lit or (None, None)
        if column not in (None, before[1]):
            self._grid.bring_column(column, len(shown.columns))
        if row not in (None, before[0]):
            self._grid.bring_row(row, shown.rows)
        self._lit = (row, column, shown)
        for name, at in (("row", row), ("column", column)):
            put(self._parts, "data-" + name, None if at is None else str(at))
            if at is not None:
                self._parts.style.setProperty("--" + name, str(at))
        self._cell.textContent = HINT if None in (row, column) else shown.cell(row, column)

    def _meant(self, event):
        shown = self._product
        return self._grid.meant(event, shown.rows, len(shown.columns)) if shown else (None, None)

    def _hover(self, event):
        if event.pointerType == "touch" or not self._moves.is_due(event):
            return
        if self._state.pinned:
            self._state.link(self._source(self._meant(event)[1]))
        else:
            self._point(self._meant(event), False)

    def _leave(self, event):
        self._moves.left(event)
        if event.pointerType == "touch":
            return
        if self._state.pinned:
            self._state.link(None)
        else:
            self._state.point(None)

    def _click(self, event):
        self._point(self._meant(event), _may_pin())

    def _point(self, meant, pinned):
        """Point at the neuron of a row, at the edge into it from a column, or at the neuron of a column."""
        row, source = meant[0], self._source(meant[1])
        state, layer = self._state, self._layer
        if row is not None:
            state.point((layer, row), pinned, source)
        elif source and state.looked and state.looked[0] == layer:
            state.link(source)
        else:
            state.point(source, pinned and source is not None)

    def _source(self, at):
        """Return the neuron of the layer before whose column is at a place, None for no place."""
        return None if at is None else (self._layer - 1, self._product.columns[at])

    def _key(self, event):
        shown = self._product
        if event.key == "Escape":
            self._state.point(None)
        elif arrow(event) and shown and shown.columns:
            event.preventDefault()
            across, down = arrow(event)
            row, at = self._row(), self._column()
            row = 0 if row is None else min(max(row + down, 0), shown.rows - 1)
            at = 0 if at is None else min(max(at + across, 0), len(shown.columns) - 1)
            self._point((row, at), _may_pin())


def _may_pin():
    """Whether a neuron may be pinned. On a phone, its sheet would cover the matrix."""
    return screen() != "phone"
