"""Where to point: the middle of an element, and the way into the diagram by keyboard."""

from pen import Pen
from selenium.webdriver.common.keys import Keys


def middle(page, selector):
    """Scroll to an element and return where its middle is in the window."""
    # Firefox 153 scrolls to the origin of an SVG group, which leaves half of a neuron above the window.
    return page.js(
        "const e = document.querySelector(arguments[0]);"
        "e.scrollIntoView({ block: 'nearest', behavior: 'instant' });"
        "const top = e.getBoundingClientRect().top;"
        "if (top < 0) scrollBy({ top, behavior: 'instant' });"
        "const b = e.getBoundingClientRect(); return [b.left + b.width / 2, b.top + b.height / 2]",
        selector,
    )


def tab_into_the_diagram(page):
    """Press Tab from the top of the page until the focus is on a neuron; give every stop on the way."""
    Pen(page).at(2, 2, press=True)  # Tab goes on from the last click
    stops = []
    for _ in range(30):
        page.key(Keys.TAB)
        stop = page.js(
            "const e = document.activeElement, s = getComputedStyle(e);"
            "return { id: e.id, neuron: e.dataset.neuron, seen: e.matches(':focus-visible') }"
        )
        stops.append(stop)
        if stop["neuron"]:
            return stops
    raise AssertionError(f"Tab does not reach the diagram: {stops}")
