"""Undo and redo, as buttons and as keys: for the drawing, and for the edits of the network.

The two histories are apart because what they hold is: strokes here, weights in the worker.
"""

from page.dom import disable, letter, on


class UndoButtons:
    """The buttons of one history. Several may do the same."""

    def __init__(self, buttons, act, refuge=None):
        """buttons: elements by the name of what they do; act(name) does it; refuge: see ``disable``."""
        self._buttons = buttons
        self._refuge = refuge
        for name, elements in buttons.items():
            for element in elements:
                on(element, "click", lambda event, name=name: act(name))

    def render(self, usable):
        """Enable the buttons of those actions that are true in ``usable``."""
        for name, elements in self._buttons.items():
            for element in elements:
                disable(element, not usable[name], self._refuge)


def undo_key(event):
    """Return "undo" or "redo" for a key that stands for it, else ""."""
    key = letter(event)
    # Asked first: an event that fills in a form has neither a key nor `ctrlKey`.
    if key not in ("y", "z") or not (event.ctrlKey or event.metaKey):
        return ""
    return "redo" if key == "y" or event.shiftKey else "undo"
