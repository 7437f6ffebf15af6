"""The charts: cost and accuracy over the images seen, on training images and on test images.

uPlot draws them. It is fetched when they are first shown, and knows nothing of keyboards and screen
readers: each chart is also a slider, whose value is said, and all its numbers are in a table.
"""

import asyncio
import json

import js
from pyscript.ffi import to_js

from boot import modules
from page import failures, touches
from page.dom import Once, arrow, find, find_all, on, put, show, sizes
from page.engine_client.replies import numbers
from page.panels.learn.charts import axes, table

# What draws a chart, and what that needs.
MODULE, UPLOT = "static/chart/chart.mjs", "runtime/uplot/"

# Which numbers of a point are on each chart, and the names of its lines.
COLUMNS = (["x", 0, 1, "", ""], ["x", "", "", 0, 1])
NAMES = ["training", "test"]

ACCURACY = json.dumps(axes.accuracy().fields)

# CSS pixels for each tick on the axis of images.
TICK = 48

# The rows by which Page Up and Page Down move the cursor.
PAGE = 5

# More rows than there are.
ALL = 1000

KEYS = {"PageUp": PAGE, "PageDown": -PAGE, "Home": -ALL, "End": ALL}

FIGURE = (
    '<figure data-chart="%s"><figcaption><b>%s</b> %s</figcaption>'
    '<div class="plot" role="slider" tabindex="0" aria-label="%s by images seen" aria-valuemin="0"'
    ' aria-valuemax="0" aria-valuenow="0" aria-valuetext="%s" aria-describedby="chart-help"></div>'
    '<p class="reads"></p></figure>'
)
EMPTY = "Nothing has been learned yet."
MARKUP = (
    '<div class="charts">%s%s</div>'
    '<p id="chart-help" class="hint">The axes of images and of the cost are logarithmic: equal steps are'
    " equal factors, so the first second has as much room as the next minute. The left end is the network"
    " before its first image. Point at a chart to read it, or walk through it with the arrow keys.</p>"
    '<p class="trouble" role="alert"></p>'
    '<details class="more"><summary>The same numbers as a table</summary>'
    '<div class="rows" role="region" tabindex="0" aria-label="Cost and accuracy">'
    "<table></table></div></details>"
)


class Chart:
    """Both charts, their common cursor, and the table."""

    def __init__(self, page):
        self._state = page.state
        self._learning = page.learning
        room = self._room = find("#learn-chart")
        cost = FIGURE % ("cost", "Cost", "how wrong it is: learning brings it down", "Cost", EMPTY)
        right = ("accuracy", "Accuracy", "how many digits it reads correctly", "Accuracy", EMPTY)
        room.innerHTML = MARKUP % (cost, FIGURE % right)
        self._plots = find_all("#learn-chart .plot")
        self._reads = [Once(element) for element in find_all("#learn-chart .reads")]
        self._trouble = Once(find("#learn-chart .trouble"))
        self._details = find("#learn-chart details")
        self._table = find("#learn-chart table")
        self._loading = ""
        self._charts = ()
        self._width = 0
        self._taken = 0
        self._last = None
        self._span = axes.Span()
        self._cursor = -1
        self._shown = self._tabled = self._marked = None
        self._kept = []
        on(find("#learn"), "toggle", lambda event: self._toggle())
        on(self._details, "toggle", lambda event: self._state.changed())
        for at, plot in enumerate(self._plots):
            touches.take_across(plot)
            on(plot, "pointermove pointerdown", lambda event, at=at: self._point(at, event))
            on(plot, "pointerleave", self._leave)
            on(plot, "blur", lambda event: self._move(-1))
            on(plot, "focus", lambda event: self._focus())
            on(plot, "keydown", self._press)
            sizes(plot, lambda width, height, at=at: self._resize(at, width))

    def render(self):
        """Show what is new. The panel calls this while it is open. Before a run there is nothing to show."""
        show(self._room, bool(self._learning.run.progress))
        if not self._charts:
            if not self._loading:
                self._loading = "loading"
                asyncio.create_task(self._load())
        else:
            self._take()
        self._render_table()
        run = self._learning.run
        kept = run.progress.get("checkpoints")
        key = (len(run.points), self._last, len(run.marks), self._cursor, kept, self._charts)
        if key == self._shown:
            return
        self._shown = key
        self._kept = numbers(kept) if kept else []
        self._read()
        if self._charts and self._width:
            self._draw()

    def _toggle(self):
        if self._loading == "failed":
            self._loading = ""

    async def _load(self):
        try:
            module = await modules.load(MODULE, UPLOT)
            await module.load()
        except Exception as error:  # noqa: BLE001, whatever failed, the panel has to say so
            said = "Could not fetch the charts (%s). Close this panel and open it to try again."
            self._trouble.write(said % failures.text(error))
            self._loading = "failed"
            return
        self._trouble.write("")
        self._charts = [
            module.chart(plot, to_js(NAMES), to_js(columns))
            for plot, columns in zip(self._plots, COLUMNS)
        ]
        self._state.changed()

    def _take(self):
        """Give the charts the points that they do not have."""
        points = self._learning.run.points
        count = len(points)
        if count < self._taken or (self._taken and points[self._taken - 1] is not self._last):
            # Another run, or one that went back.
            self._taken = 0
            self._cursor = -1
            self._span = axes.Span()
            for chart in self._charts:
                chart.clear()
        if count > self._taken:
            self._span.add(points[self._taken :])
            flat = [number for point in points[self._taken :] for number in point]
            array = js.Float64Array.new(to_js(flat))
            for chart in self._charts:
                chart.add(array)
        self._taken = count
        self._last = points[-1] if points else None

    def _draw(self):
        marks = [[mark["images"], "change"] for mark in self._learning.run.marks]
        marks = json.dumps(marks + [[count, "kept"] for count in self._kept])
        across = json.dumps(self._span.images(max(3, self._width // TICK)).fields)
        up = (json.dumps(self._span.cost().fields), ACCURACY)
        for chart, axis in zip(self._charts, up):
            if marks != self._marked:
                chart.mark(marks)
            chart.draw(across, axis, self._cursor)
        self._marked = marks

    def _read(self):
        """Write the values at the cursor below the charts, or the newest ones."""
        points = self._learning.run.points
        if not points:
            sentences = [EMPTY] * 2
        else:
            at = self._cursor if self._cursor >= 0 else len(points) - 1
            sentences = [table.sentence(points, at, chart) for chart in (0, 1)]
            if self._cursor >= 0:
                note = self._note(at)
                sentences = [sentence + note for sentence in sentences]
        for line, sentence in zip(self._reads, sentences):
            line.write(sentence)

    def _note(self, at):
        """Write what happened at a point, as another sentence."""
        run = self._learning.run
        said = table.notes(run.points, run.marks, self._kept).get(at)
        return " %s%s." % (said[0].upper(), said[1:]) if said else ""

    def _render_table(self):
        run = self._learning.run
        if not self._details.open:
            return
        key = (len(run.points), self._last, len(run.marks))
        if run.status == "running":
            # About once a second, so that it can be read meanwhile.
            key = (key[0] // 8, key[2])
        if key != self._tabled:
            self._tabled = key
            self._table.innerHTML = table.table(run.points, run.marks)

    # The cursor.

    def _point(self, at, event):
        if self._charts:
            self._move(self._charts[at].at(event.clientX))

    def _leave(self, event):
        # A finger that is lifted leaves as well, and what it pointed at should stay to be read.
        if event.pointerType == "mouse":
            self._move(-1)

    def _focus(self):
        """Begin at the newest point. From then on only keys move the cursor, however much is learned."""
        if self._cursor < 0:
            self._step(ALL)

    def _press(self, event):
        way = arrow(event)
        if way:
            self._step(way[0] - way[1])
        elif event.key in KEYS:
            self._step(KEYS[event.key])
        else:
            return
        event.preventDefault()

    def _step(self, rows):
        """Move the cursor by so many rows of the table, and have it said."""
        run = self._learning.run
        if not run.points:
            return
        stops = table.stops(run.points, run.marks)
        here = self._cursor if self._cursor >= 0 else stops[-1]
        near = [at for at, index in enumerate(stops) if index <= here][-1]
        at = min(max(near + rows, 0), len(stops) - 1)
        self._move(stops[at])
        note = self._note(stops[at])
        for chart, plot in enumerate(self._plots):
            put(plot, "aria-valuemax", str(len(stops) - 1))
            put(plot, "aria-valuenow", str(at))
            put(plot, "aria-valuetext", table.sentence(run.points, stops[at], chart) + note)

    def _move(self, index):
        if index != self._cursor:
            self._cursor = index
            self._state.changed()

    def _resize(self, at, width):
        self._width = width
        if self._charts:
            self._charts[at].resize()
            self._shown = None
            self._state.changed()
