"""The grid of a product on the page: what a pointer means, and what has to be scrolled into sight.

Public: ``Grid``.
"""

from page.dom import find


class Grid:
    """The sheets on which W, a, b, z and what becomes of it are written; W and a scroll in their boxes."""

    def __init__(self):
        self._sheets = {part: find("#matrix [data-part='%s'] .sheet" % part) for part in "nWabzs"}

    def meant(self, event, rows, columns):
        """Find the row and the place of the column that a pointer means; None for what it does not."""
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
        """Scroll a column into sight in the matrix, and its number in the vector; never the page."""
        for part, along, size in (("W", "Left", "Width"), ("a", "Top", "Height")):
            sheet = self._sheets[part]
            box = sheet.parentNode
            cell = getattr(sheet, "offset" + size) / columns
            start, seen = getattr(box, "scroll" + along), getattr(box, "client" + size)
            if not start <= column * cell <= start + seen - cell:
                setattr(box, "scroll" + along, max(0, column * cell - seen / 2))


def _place(offset, length, count):
    """Find which of so many equal parts of a length an offset is in, None for none."""
    at = int(offset * count // length) if length else -1
    return at if 0 <= at < count else None
