"""What was changed: how many neurons, and the buttons and keys that undo it."""

from page.dom import document, find, find_all, on, put, show
from page.widgets.undo_buttons import UndoButtons, undo_key

# Where Ctrl+Z means the edits. Everywhere else it means the drawing.
PLACES = ("#inside", "#changed", "#dials")


class Changes:
    """The line beside the network, and every button and key that undoes edits."""

    def __init__(self, state, edits):
        self._state = state
        self._edits = edits
        self._shown = None
        self._line = find("#changed")
        self._words = find("#changed span")
        self._said = ""
        names = ("undo", "redo", "put back")
        buttons = {name: find_all("[data-history='%s']" % name) for name in names}
        self._undo = UndoButtons(buttons, lambda name: edits.add(name, []), self._next_button)
        for place in PLACES:
            on(find(place), "keydown", self._key)

    def render(self):
        """Count the changed neurons, and enable what can be undone."""
        network = self._state.network
        if network is self._shown:
            return
        self._shown = network
        usable = {
            "undo": network.can_undo,
            "redo": network.can_redo,
            "put back": network.edited,
        }
        self._undo.render(usable)
        show(self._line, any(usable.values()))
        said = sentence(network)
        if said != self._said:
            self._said = self._words.textContent = said

    def _next_button(self):
        """Find another button that can be used, or else the line itself."""
        pressed = document.activeElement
        for button in pressed.parentNode.querySelectorAll("button:enabled"):
            if button is not pressed:
                return button
        put(self._line, "tabindex", "-1")
        return self._line

    def _key(self, event):
        undo = undo_key(event)  # before preventDefault, after which it is "" again
        if undo:
            # The page's own handler would take it for the drawing.
            event.stopPropagation()
            if event.target.matches("input[type='text'], textarea"):
                return  # there the browser undoes what was typed
            event.preventDefault()
            self._edits.add(undo, [])


def sentence(network):
    """Say how many neurons differ from those that were trained."""
    count = network.changes
    if count == 0:
        return "All dials are as trained."
    return "1 neuron changed" if count == 1 else "%d neurons changed" % count
