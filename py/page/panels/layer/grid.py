"""The grid of a product on the page: what a pointer means, and what to scroll into view."""

from page.dom import find


class Grid:
    """The sheets for W, a, b, z and σ(z). W and a scroll in their boxes."""

    def __init__(self):
        self._sheets = {part: find("#matrix [data-part='%s'] .sheet" % part) for part in "nWabzs"}

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

    def bring(self, column, columns):
        """Scroll a column of the matrix and its number in the vector into view, but never the page."""
        for part, along, size in (("W", "Left", "Width"), ("a", "Top", "Height")):
            sheet = self._sheets[part]
            box = sheet.parentNode
            cell = getattr(sheet, "offset" + size) / columns
            start, seen = getattr(box, "scroll" + along), getattr(box, "client" + size)
            if not start <= column * cell <= start + seen - cell:
                setattr(box, "scroll" + along, max(0, column * cell - seen / 2))


def _place(offset, length, count):
    """Return in which of ``count`` equal parts of a length an offset is, None if in none."""
    at = int(offset * count // length) if length else -1
    return at if 0 <= at < count else None
