"""The browser as the page's modules use it: finding elements, hearing events, showing and hiding.

Public: ``document``, ``window``, ``root``, ``find``, ``find_all``, ``on``, ``kept``, ``put``, ``show``,
``disable``, ``paint``, ``sizes``, ``composing``, ``letter``, ``arrow``, ``TOLD_EARLY``, ``Elements`` and
``Once``.
"""

import native  # static/boot/native.mjs
from js import ImageData, Uint8ClampedArray, document
from pyscript.ffi import create_proxy

root = document.documentElement

# MicroPython 1.27: pyscript's own `window` is the module `js`, whose functions are called without it
# as their `this`; addEventListener refuses that ("Illegal invocation").
window = document.defaultView

# The arrow keys, as steps to the right and down.
_ARROWS = {"ArrowLeft": (-1, 0), "ArrowRight": (1, 0), "ArrowUp": (0, -1), "ArrowDown": (0, 1)}

# The last of the Latin letters, with all their accents, but for those of Vietnamese.
_LATIN = 0x24F

# Whether a pointer tells of its moves before the frame that they are for, and again in it: in Chromium, in a
# secure context.
TOLD_EARLY = hasattr(window, "onpointerrawupdate")

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


class Elements:
    """All elements that match a selector, written together. What an element already has is not written.

    Only this object may write the attributes and texts that it is used for.
    """

    def __init__(self, selector):
        self._elements = document.querySelectorAll(selector)
        self._written = {}

    def put(self, name, values):
        """Set an attribute of every element: one string for each, in the order of the page."""
        lines = self._lines(name, values)
        if lines:
            native.put(self._elements, name, lines)

    def number(self, name, array, first):
        """Set an attribute of every element to a number of a JavaScript array, with six decimals.

        The first element gets the number at ``first``, and so on.
        """
        self._written.pop(name, None)
        native.number(self._elements, name, array, first)

    def write(self, texts):
        """Set the text of every element."""
        lines = self._lines("", texts)
        if lines:
            native.write(self._elements, lines)

    def _lines(self, name, values):
        old = self._written.get(name, ())
        self._written[name] = values
        if values == old:
            return ""
        new = range(len(values))
        if old:
            new = [at for at in new if values[at] != old[at]]
        return "\n".join(["%d %s" % (at, values[at]) for at in new])


class Once:
    """One element, to which only what is new is written: a write costs more than a comparison.

    Only this object may write the attributes and the text that it is used for.
    """

    def __init__(self, element):
        self.element = element
        self._written = {}

    def put(self, name, value):
        """Set an attribute, or take it away where value is None."""
        if self._written.get(name, self) != value:
            self._written[name] = value
            put(self.element, name, value)

    def write(self, text):
        """Set the text."""
        if self._written.get("", self) != text:
            self._written[""] = text
            self.element.textContent = text

    def show(self, shown):
        """Show or hide the element."""
        if self._written.get("hidden", self) != shown:
            self._written["hidden"] = shown
            show(self.element, shown)


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


def screen():
    """Return the kind of screen, as static/style/tokens.css defines it: "phone", "tablet" or "desktop"."""
    return window.getComputedStyle(root).getPropertyValue("--screen").strip()


def composing(event):
    """Tell whether a key belongs to an input method, which is composing text with it."""
    # Safari 18 ends the composing before it tells of the last key; only the old number is left of it.
    return event.isComposing or event.keyCode == 229


def letter(event):
    """Give the key of an event in lower case, or "" if the key is meant for something else.

    A key with a letter of another script, such as я or ζ, is the Latin one in its place. On a layout with
    Latin letters the place says nothing: there Z may be where others have W.
    """
    key = getattr(event, "key", None)
    # Chromium fills in forms by events that have no key.
    if not isinstance(key, str) or event.defaultPrevented or composing(event):
        return ""
    if event.altKey or event.getModifierState("AltGraph"):
        return ""
    if len(key) == 1 and ord(key) > _LATIN and event.code.startswith("Key"):
        key = event.code[3:]
    return key.lower()


def arrow(event):
    """Give the step of an arrow key, or None. With Alt, Ctrl or Cmd it is the browser's: Alt+← goes back."""
    held = event.altKey or event.ctrlKey or event.metaKey
    return None if held else _ARROWS.get(event.key)
