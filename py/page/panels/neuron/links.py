"""Links a neuron of the layer before to its edge, its bar and its cell: pointing at one lights them all."""

from page import words
from page.dom import find, find_all, on, put

HINT = "Point at a place in the pictures to see its weight."


class Links:
    """Handles pointing inside the panel, and shows ``state.linked`` there and on the board."""

    def __init__(self, state, diagram):
        self._state = state
        self._diagram = diagram
        self._board = find("#board")
        self._edge = find("#link")
        self._line = find("#linked")
        self._cells = find_all("#inside .cells i")
        self._lit = []
        self._shown = None
        inside = find("#inside")
        on(inside, "pointerover click focusin", self._point)
        on(inside, "pointerleave focusout", lambda event: self._state.change(linked=None))
        for canvas in find_all("#inside .cells canvas"):
            on(canvas, "pointermove click", self._point_at_cell)

    def render(self):
        """Show the link: its line of text, cell, bar, edge, and both ends."""
        state = self._state
        linked = state.linked if state.looked and state.answer else None
        shown = None
        if linked:
            ends = (self._diagram.place(linked), self._diagram.place(state.looked))
            shown = (linked, state.looked, state.answer, state.answer.terms, ends)
        if shown == self._shown:
            return
        self._shown = shown
        self._line.textContent = (
            words.product(linked, state.looked, state.answer) if linked else HINT
        )
        put(self._board, "data-linked", "%d:%d" % linked if linked else None)
        self._render_cells(linked)
        for element in self._lit:
            element.classList.remove("linked")
        self._lit = find_all("#inside [data-source='%d:%d']" % linked) if linked else []
        for element in self._lit:
            element.classList.add("linked")
        self._edge.innerHTML = self._draw(linked, ends) if linked else ""

    def _render_cells(self, linked):
        """Put a frame round the source's cell in the pictures."""
        for cell in self._cells:
            cell.hidden = linked is None
        if linked is None:
            return
        columns, rows = self._state.network.grid(self._state.looked[0])
        place = (linked[1] % columns / columns, linked[1] // columns / rows, 1 / columns, 1 / rows)
        for cell in self._cells:
            for name, value in zip(("left", "top", "width", "height"), place):
                cell.style.setProperty(name, "%.3f%%" % (100 * value))

    def _draw(self, linked, ends):
        """Draw the edge on top of all others, from circle to circle, with a ring round each end."""
        state = self._state
        (x1, y1, r1), (x2, y2, r2) = ends
        length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5 or 1
        dx, dy = (x2 - x1) / length, (y2 - y1) / length
        weight = state.network.weight(state.looked[0], state.looked[1], linked[1])
        ring = '<circle class="%s" cx="%.1f" cy="%.1f" r="%.1f"/>'
        return '<path class="%s" d="M%.1f %.1fL%.1f %.1f"/>' % (
            "positive" if weight >= 0 else "negative",
            x1 + dx * r1,
            y1 + dy * r1,
            x2 - dx * r2,
            y2 - dy * r2,
        ) + (ring % ("source", x1, y1, r1) + ring % ("target", x2, y2, r2))

    def _point(self, event):
        """Link the element's source. A picture finds its source by the pointer's place."""
        target = event.target
        if target.matches("canvas"):
            return
        element = target.closest("[data-source]")
        linked = None
        if element is not None:
            layer, index = element.getAttribute("data-source").split(":")
            linked = (int(layer), int(index))
        self._state.link(linked)

    def _point_at_cell(self, event):
        looked = self._state.looked
        if looked is None:
            return
        columns, rows = self._state.network.grid(self._state.looked[0])
        box = event.target.getBoundingClientRect()
        column = int((event.clientX - box.left) / box.width * columns)
        row = int((event.clientY - box.top) / box.height * rows)
        if 0 <= column < columns and 0 <= row < rows:
            self._state.change(linked=(looked[0] - 1, row * columns + column))
