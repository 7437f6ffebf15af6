"""Leaving the page: the browser asks first while something would be lost."""

from page.dom import kept, window


class Leaving:
    """Has the browser ask before the page is closed."""

    def __init__(self):
        self._asking = kept(_ask)
        self._warns = False

    def warn(self, warns):
        """Ask from now on, or no longer. A page that may ask is not kept for the Back button."""
        if warns != self._warns:
            self._warns = warns
            change = window.addEventListener if warns else window.removeEventListener
            change("beforeunload", self._asking)


def _ask(event):
    event.preventDefault()
    event.returnValue = True  # Chromium before 119 asks only then
