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


ASKING = "Keep it as"


class Labelling:
    """Ten buttons in the panel, the same below the pad, and ten keys while either has the focus."""

    def __init__(self, page, examples):
        self._state = page.state
        self._pad = page.pad
        self._examples = examples
        self._panel = find("#examples")
        self._said = find("#examples-said")
        self._row = Once(find("#keep-as"))
        self._title = Once(find("#keep-as-title"))
        self._version = self._counted = None
        self._counts = [Once(count) for count in find_all("#examples .digits small")]
        find("#keep-as .digits").innerHTML = find("#examples .digits").innerHTML
        for digits in find_all(".digits"):
            on(digits, "click", self._choose)
        for place in ("#pad", "#keep-as", "#examples"):
            on(find(place), "keydown", self._press)

    def render(self):
        """Offer to keep what is on the pad while the panel is open, and count the examples of each digit."""
        self._row.show(self._panel.open)
        ink = self._state.ink
        if ink.version != self._version:
            self._version = ink.version
            if ink.own or not self._said.textContent:
                self._title.write(ASKING)
        if self._examples.all is not self._counted:
            self._counted = self._examples.all
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

    def _choose(self, event):
        button = event.target.closest("button")
        if button:
            self._keep(int(button.value))

    def _keep(self, digit):
        said = self._kept(digit)
        self._said.textContent = said
        self._title.write(said)
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
