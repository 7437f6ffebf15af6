"""The page on paper: its style sheet, which nobody waits for, and what has to be open there."""

import asyncio

from boot import deferred
from page.dom import find, on, put, window

SHEET = "static/style/print.css"


class Printing:
    """Opens the weighted sum of the neuron in view before the page is printed, and closes it afterwards."""

    def __init__(self, render):
        """render() renders the page at once."""
        self._render = render
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
        self._render()  # in the next frame it would be too late

    def _close(self, *_):
        if self._opened:
            self._opened = self._sum.open = False


async def _fetch():
    """Fetch the style sheet. A failure is not reported, since everything on the screen works without it."""
    try:
        response = await window.fetch(SHEET)
        deferred.apply(await response.text())
    except Exception:  # noqa: BLE001, whatever the browser threw
        pass
