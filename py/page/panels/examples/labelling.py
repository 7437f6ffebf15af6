"""Keeping the drawing on the pad as an example, under the digit that the visitor says it is."""

from page.dom import Once, find, find_all, letter, on
from page.panels.examples.example import MOST_POINTS, from_ink
from page.panels.examples.examples import MOST
from page.words import thousands

BLANK = "The pad is empty. Draw a digit first."
NOT_OWN = "This is a test digit, not one of yours. Clear the pad and draw your own."
FULL = "There is room for %s examples. Delete some first." % thousands(MOST)
TOO_LONG = "This drawing has more than %s points. Draw it with fewer strokes." % thousands(
    MOST_POINTS
)


class Labelling:
    """Ten buttons, and the same ten keys while the pad or the panel has the focus."""

    def __init__(self, page, examples):
        self._state = page.state
        self._pad = page.pad
        self._examples = examples
        self._panel = find("#examples")
        self._said = find("#examples-said")
        self._buttons = find_all("#examples .digits button")
        self._counts = [Once(button.querySelector("small")) for button in self._buttons]
        for button in self._buttons:
            on(button, "click", lambda event: self._keep(int(event.currentTarget.value)))
        on(find("#pad"), "keydown", self._press)
        on(self._panel, "keydown", self._press)

    def render(self):
        """Count the examples of each digit."""
        for digit, count in enumerate(self._examples.counts()):
            self._counts[digit].write("× %d" % count if count else "")

    def put(self, example):
        """Put an example on the pad, in place of whatever is there."""
        self._state.ink.clear()
        self._pad.redraw(example.places)
        self._said.textContent = "Your %d is on the pad." % example.digit

    def _press(self, event):
        key = letter(event)
        held = event.ctrlKey or event.metaKey or event.repeat
        if self._panel.open and len(key) == 1 and key in "0123456789" and not held:
            event.preventDefault()
            self._keep(int(key))

    def _keep(self, digit):
        self._said.textContent = self._kept(digit)
        self._state.changed()

    def _kept(self, digit):
        ink = self._state.ink
        if ink.digit:
            return NOT_OWN
        if not ink.own:
            return BLANK
        if self._examples.room < 1:
            return FULL
        if sum([stroke.count for stroke in ink.strokes]) > MOST_POINTS:
            return TOO_LONG
        self._examples.add([from_ink(ink, digit)])
        ink.clear()
        return "Kept as %s. Draw the next one." % with_article(digit)


def with_article(digit):
    """Write a digit with its article: "a 7", "an 8"."""
    return "an 8" if digit == 8 else "a %d" % digit
