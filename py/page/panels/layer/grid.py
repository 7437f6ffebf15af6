"""The grid of a product on the page: what a pointer means, and what to scroll into view."""

from page.dom import find, on


class Grid:
    """The sheets for W, a, b, z and σ(z), which scroll in their boxes: those with the same rows together."""

    def __init__(self):
        self._sheets = {part: find("#matrix [data-part='%s'] .sheet" % part) for part in "nWabzs"}
        self._rows = [self._sheets[part].parentNode for part in "nWbzs"]
        for box in self._rows:
            on(box, "scroll", self._scroll)

    def meant(self, event, rows, columns):
        """Return the row and the column's place that a pointer means, None for what it does not mean."""
        part = event.target.closest("[data-part]")
        if part is None:
            return None, None
        name = part.getAttribute("data-part")
        box = self._sheets[name].getBoundingClientRect()
        across, down = event.clientX - box.left, event.clientY - box.top
        if name == "a":
            return None, _place(down, box.height, columns)
        column = _place(across, box.width, columns) if name == "W" else None
        return _place(down, box.height, rows), column

    def bring_column(self, column, columns):
        """Scroll a column of the matrix and its number in the vector into view, but never the page."""
        self._bring("W", "Left", "Width", column, columns)
        self._bring("a", "Top", "Height", column, columns)

    def bring_row(self, row, rows):
        """Scroll a row into view, as above."""
        self._bring("W", "Top", "Height", row, rows)

    def _bring(self, part, along, size, at, count):
        sheet = self._sheets[part]
        box = sheet.parentNode
        cell = getattr(sheet, "offset" + size) / count
        start, seen = getattr(box, "scroll" + along), getattr(box, "client" + size)
        if not start <= at * cell <= start + seen - cell:
            setattr(box, "scroll" + along, max(0, at * cell - seen / 2))

    def _scroll(self, event):
        top = event.target.scrollTop
        for box in self._rows:
            box.scrollTop = top


def _place(offset, length, count):
    """Return in which of ``count`` equal parts of a length an offset is, None if in none."""
    at = int(offset * count // length) if length else -1
    return at if 0 <= at < count else None
