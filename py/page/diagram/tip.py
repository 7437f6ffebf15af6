"""The tip: the activation of the neuron that is pointed at, as a number in its circle or beside it."""

from page import words
from page.dom import Once, find

# On circles brighter than this, black text is easier to read than white.
BRIGHT = 0.46

# From this radius on, a circle has room for its number.
ROOMY = 10


class Tip:
    """The SVG text on a board that has just been built."""

    def __init__(self, state, plan, folds):
        self._state = state
        self._plan = plan
        self._folds = folds
        self._text = Once(find("#diagram .tip"))

    def render(self):
        """Write the number, or nothing if the signal has not come that far."""
        pointed, answer = self._state.pointed, self._state.answer
        at = self._folds.place(pointed) if pointed and answer else None
        playing = self._state.playing
        if at is None or (playing is not None and pointed[0] > playing):
            self._text.write("")
            return
        x, y = self._plan.layers[pointed[0]][at]
        value = answer.activation(pointed[0], pointed[1])
        # What has no room inside goes above the circle or, in a column, beside it.
        across, radius = self._plan.across, self._plan.radii[pointed[0]]
        inside = across and radius >= ROOMY
        self._text.write(words.number(value))
        self._text.put("x", "%.1f" % (x if inside or not across else x + 1.35 * radius + 22))
        self._text.put("y", "%.1f" % (y + 4 if across else y - 1.35 * (radius + 4) - 6))
        kind = "tip outside" if not inside else "tip on-bright" if value > BRIGHT else "tip"
        self._text.put("class", kind)
