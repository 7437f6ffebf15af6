"""Which pixels of a row the column shows: those with ink.

A row has more pixels than the column has places, and most are black. The column shows two runs of six.
"""

from page.diagram.layout import PIXELS, SHOWN

HALF = SHOWN // 2

# A pixel darker than this does not count as ink.
FAINT = 0.02


class PixelColumn:
    """The pixels in the column now: their ``row`` and ``columns``, and ``pixels``, their input neurons."""

    def __init__(self, state):
        self._state = state
        self._seen = None
        self.row = PIXELS // 2
        self.columns = choose([0.0] * PIXELS)

    @property
    def pixels(self):
        """The input neurons in the column, as indices in the input layer."""
        return [self.row * PIXELS + column for column in self.columns]

    def values(self, answer):
        """The activations of the pixels in the column."""
        row = answer.pixels(self.row)
        return [row[column] for column in self.columns]

    def render(self):
        """Follow the ink, or the pixel that is pointed at. The row does not change while the pen is down."""
        answer, pointed = self._state.answer, self._state.pointed
        pixel = pointed[1] if pointed and pointed[0] == 0 else None
        if pixel is not None and pixel in self.pixels:
            return
        key = (answer, pixel, self._state.ink.drawing)
        if key == self._seen:
            return
        self._seen = key
        row = self.row if answer is None else answer.row
        if pixel is not None:
            row = pixel // PIXELS
        elif answer and self._state.ink.drawing and max(answer.pixels(self.row)) > FAINT:
            row = self.row
        values = answer.pixels(row) if answer else [0.0] * PIXELS
        self.row, self.columns = row, choose(values, None if pixel is None else pixel % PIXELS)


def choose(values, must=None):
    """Choose the columns of a row to show: SHOWN of them, ascending.

    values: the row's activations; must: a column that has to be among them, or None. Of ink too wide for
    the column, both ends are shown.
    """
    inked = [column for column in range(PIXELS) if values[column] > FAINT] or [PIXELS // 2]
    if must is not None:
        return _around(must)
    if inked[-1] - inked[0] < SHOWN:
        return _around((inked[0] + inked[-1] + 1) // 2)
    first, last = max(0, inked[0] - 1), min(PIXELS - 1, inked[-1] + 1)
    return list(range(first, first + HALF)) + list(range(last - HALF + 1, last + 1))


def describe(row, columns):
    """Say which pixels are shown: "row 14, columns 5–10 and 17–22". A line must not break after a dash."""
    if columns[-1] - columns[0] == SHOWN - 1:
        return "row %d, columns %d–\u2060%d" % (row, columns[0], columns[-1])
    ends = (row, columns[0], columns[HALF - 1], columns[HALF], columns[-1])
    return "row %d, columns %d–\u2060%d and %d–\u2060%d" % ends


def _around(column):
    first = min(max(column - HALF, 0), PIXELS - SHOWN)
    return list(range(first, first + SHOWN))
