"""What has been turned: how much, with undo, redo and putting all back, beside the network.

Public: ``Changed``.
"""

from page.dom import find, find_all, letter, on, put, show

# Where Ctrl+Z means the dials. Everywhere else it means the drawing.
PLACES = ("#inside", "#changed", "#dials")


class Changed:
    """The line beside the network, and every button and key that undoes what was turned."""

    def __init__(self, state, turning):
        self._state = state
        self._turning = turning
        self._shown = None
        self._line = find("#changed")
        self._words = find("#changed span")
        self._said = ""
        self._buttons = {
            action: find_all("[data-history='%s']" % action)
            for action in ("undo", "redo", "put back")
        }
        for action in self._buttons:
            for button in self._buttons[action]:
                on(button, "click", lambda event, action=action: turning.turn(action, []))
        for place in PLACES:
            on(find(place), "keydown", self._key)

    def render(self):
        """Count what was turned, and offer what can be undone."""
        network = self._state.network
        if network is self._shown:
            return
        self._shown = network
        usable = {
            "undo": network.can_undo,
            "redo": network.can_redo,
            "put back": network.edited,
        }
        for action, buttons in self._buttons.items():
            for button in buttons:
                _disable(button, not usable[action], self._line)
        show(self._line, any(usable.values()))
        said = sentence(network)
        if said != self._said:
            self._said = self._words.textContent = said

    def _key(self, event):
        key = letter(event)
        if key not in ("z", "y") or not (event.ctrlKey or event.metaKey):
            return
        # The page's own handler would take it for the drawing.
        event.stopPropagation()
        if event.target.matches("input[type='text'], textarea"):
            return  # there the browser undoes what was typed
        event.preventDefault()
        self._turning.turn("redo" if key == "y" or event.shiftKey else "undo", [])


def sentence(network):
    """Say how many neurons are not as they were trained."""
    layers = range(1, len(network.shape))
    count = sum(
        [network.changed(layer, i) for layer in layers for i in range(network.shape[layer])]
    )
    if count == 0:
        return "All dials are as they were trained."
    return "1 neuron changed" if count == 1 else "%d neurons changed" % count


def _disable(button, disabled, line):
    """Disable a button; the keyboard's focus goes on to the next one that can be used."""
    focused = disabled and not button.disabled and button.matches(":focus")
    button.disabled = disabled
    if focused:
        other = button.parentNode.querySelector("button:enabled")
        if other is None:
            put(line, "tabindex", "-1")
            other = line
        other.focus()
