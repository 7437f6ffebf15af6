"""The page on paper: its style sheet, fetched when one can already draw, and what has to be open there.

Public: ``Paper``.
"""

import asyncio

import js

from page.dom import document, find, on, put, window

SHEET = "static/style/print.css"


class Paper:
    """Before the page is printed, opens the weighted sum of the neuron in view; closes it afterwards."""

    def __init__(self, neuron):
        """neuron: the Neuron, which fills in what is open."""
        self._neuron = neuron
        self._sum = find("#sum")
        self._opened = False
        place = window.location
        put(find("footer"), "data-address", place.origin + place.pathname)
        on(window, "beforeprint", self._open)
        on(window, "afterprint", self._close)
        asyncio.create_task(_fetch())

    def _open(self, *_):
        self._opened = self._opened or not self._sum.open
        self._sum.open = True
        self._neuron.render()  # a frame from now is too late

    def _close(self, *_):
        if self._opened:
            self._opened = self._sum.open = False


async def _fetch():
    """Fetch the style sheet. Nobody is told if it does not come: all that is on the screen works."""
    try:
        answer = await window.fetch(SHEET)
        sheet = js.CSSStyleSheet.new()
        sheet.replaceSync(await answer.text())
        document.adoptedStyleSheets.push(sheet)
    except Exception:  # noqa: BLE001, whatever the browser threw
        pass
