"""The largest contributions to a neuron's weighted sum, as a list of bars.

Every bar is a button, so that the keyboard can reach it. Tab stops once; the arrow keys move along the list.
"""

from page.dom import arrow, find, find_all, on, put
from page.words import number, short_name

# How many bars there are.
SHOWN = 8

# The size of a bar in its own units. The longest reaches from the middle to one end.
WIDTH, HEIGHT = 200.0, 12.0


class Contributions:
    """The list of bars. Its buttons are never replaced, since one of them may have the focus."""

    def __init__(self):
        button = '<li><button type="button" class="term" tabindex="%d"></button></li>'
        find("#parts ol").innerHTML = "".join([button % (-1 if at else 0) for at in range(SHOWN)])
        self._buttons = find_all("#parts .term")
        self._shown = [None] * SHOWN
        self._tabbed = 0
        on(find("#parts ol"), "keydown", self._key)

    def render(self, terms):
        """Show the largest products of a neuron's Terms."""
        rows = draw(terms)
        for at, button in enumerate(self._buttons):
            row = rows[at] if at < len(rows) else ("", "")
            if row != self._shown[at]:
                self._shown[at] = row
                source, button.innerHTML = row
                put(button, "data-source", source or None)
                button.hidden = not source

    def _key(self, event):
        """Move along the bars."""
        count = len([row for row in self._shown if row and row[0]])
        step = arrow(event)
        if step and count:
            event.preventDefault()
            put(self._buttons[self._tabbed], "tabindex", "-1")
            at = self._at(event.target) + sum(step)
            self._tabbed = min(max(at, 0), count - 1)
            put(self._buttons[self._tabbed], "tabindex", "0")
            self._buttons[self._tabbed].focus()

    def _at(self, target):
        """Return the place of the button that an event comes from."""
        source = target.closest(".term").getAttribute("data-source")
        return [row and row[0] for row in self._shown].index(source)


def draw(terms):
    """List the largest products as (source, markup). Positive bars go to the right."""
    layer, middle = terms.neuron[0] - 1, WIDTH / 2
    rows = []
    for at in range(min(SHOWN, len(terms.products))):
        product, source = terms.products[at], terms.sources[at]
        length = max(middle * abs(product) / (terms.strongest or 1), 1.0)
        markup = (
            '<span class="name">%s</span>'
            '<svg class="%s" viewBox="0 0 %d %d" preserveAspectRatio="none" aria-hidden="true">'
            '<path class="axis" d="M%.1f -8V20"/>'
            '<rect x="%.1f" y="0" width="%.1f" height="%d"/></svg><span class="value"'
            ' translate="no">%s</span>'
            % (
                short_name(layer, source),
                "positive" if product >= 0 else "negative",
                WIDTH,
                HEIGHT,
                middle,
                middle if product >= 0 else middle - length,
                length,
                HEIGHT,
                signed(product),
            )
        )
        rows.append(("%d:%d" % (layer, source), markup))
    return rows


def signed(value):
    """Write a number with its sign, even if that is a plus."""
    return ("+" if value >= 0 else "") + number(value)
