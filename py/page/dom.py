"""The browser as the page's modules use it: finding elements, hearing events, showing and hiding.

Public: ``document``, ``window``, ``root``, ``ARROWS``, ``find``, ``find_all``, ``on``, ``kept``, ``put``,
``show``, ``disable``, ``paint``, ``sizes``.
"""

from js import ImageData, Uint8ClampedArray, document
from pyscript.ffi import create_proxy

root = document.documentElement

# MicroPython 1.27: pyscript's own `window` is the module `js`, whose functions are called without it
# as their `this`; addEventListener refuses that ("Illegal invocation").
window = document.defaultView

# The arrow keys, as steps to the right and down.
ARROWS = {"ArrowLeft": (-1, 0), "ArrowRight": (1, 0), "ArrowUp": (0, -1), "ArrowDown": (0, 1)}

_kept = []


def find(selector):
    """Return the first element that matches a CSS selector. Raises LookupError if there is none."""
    element = document.querySelector(selector)
    if element is None:
        raise LookupError("the page has no " + selector)
    return element


def find_all(selector):
    """List all elements that match a CSS selector, in the order of the page."""
    return list(document.querySelectorAll(selector))


def kept(function):
    """Make a function that JavaScript may call at any time: MicroPython would collect it otherwise."""
    proxy = create_proxy(function)
    _kept.append(proxy)
    return proxy


def on(target, kinds, function):
    """Call function(event) for each of the events, named in one string with spaces between."""
    proxy = kept(function)
    for kind in kinds.split():
        target.addEventListener(kind, proxy)


def put(element, name, value):
    """Set an attribute, or take it away where value is None."""
    if value is None:
        element.removeAttribute(name)
    else:
        element.setAttribute(name, value)


def show(element, shown):
    """Show or hide an element."""
    element.hidden = not shown


def disable(element, disabled):
    """Disable a button or the like, and keep the keyboard's focus on the page if it was there."""
    if disabled and not element.disabled and element.matches(":focus"):
        find("#pad").focus()
    element.disabled = disabled


def paint(canvas, image, columns, rows):
    """Put the bytes of an image on a canvas of the same size."""
    pixels = ImageData.new(Uint8ClampedArray.new(image.buffer), columns, rows)
    canvas.getContext("2d").putImageData(pixels, 0, 0)


def sizes(element, function):
    """Call function(width, height) in CSS pixels now and whenever the element's size has changed."""

    def measure(*_):
        function(element.clientWidth, element.clientHeight)

    window.ResizeObserver.new(kept(measure)).observe(element)
