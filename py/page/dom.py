"""The browser as the page's modules use it: finding elements, handling events, writing what has changed."""

import native  # static/boot/native.mjs
from js import ImageData, Uint8ClampedArray, document
from pyscript.ffi import create_proxy

root = document.documentElement

# In MicroPython 1.27, PyScript's own `window` is the module `js`. Its functions are called without `this`,
# which addEventListener refuses ("Illegal invocation").
window = document.defaultView

# Each arrow key as a step to the right and down.
_ARROWS = {"ArrowLeft": (-1, 0), "ArrowRight": (1, 0), "ArrowUp": (0, -1), "ArrowDown": (0, 1)}

# The last Latin letter, accents included, except for those of Vietnamese.
_LATIN = 0x24F

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
    """Make a function that JavaScript may call at any time. Otherwise MicroPython would collect it."""
    proxy = create_proxy(function)
    _kept.append(proxy)
    return proxy


def on(target, kinds, function):
    """Call function(event) for each of the events; ``kinds`` names them, with spaces between."""
    proxy = kept(function)
    for kind in kinds.split():
        target.addEventListener(kind, proxy)


def put(element, name, value):
    """Set an attribute, or remove it if the value is None."""
    if value is None:
        element.removeAttribute(name)
    else:
        element.setAttribute(name, value)


class Elements:
    """All elements that match a selector, written together. Only what is new is written.

    Nobody else may write the same attributes and texts.
    """

    def __init__(self, selector):
        self._elements = document.querySelectorAll(selector)
        self._written = {}

    def put(self, name, values):
        """Set an attribute of every element to one of the strings, in the order of the page."""
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
    """One element. Only what is new is written, since a write costs more than a comparison.

    Nobody else may write the same attributes and text.
    """

    def __init__(self, element):
        self.element = element
        self._written = {}

    def put(self, name, value):
        """Set an attribute, or remove it if the value is None."""
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


def disable(element, disabled, refuge=None):
    """Disable a control. If it has the keyboard's focus, the focus moves on, so that it is not lost.

    refuge() returns the element that gets the focus instead; it is the pad unless given.
    """
    if disabled and not element.disabled and element.matches(":focus"):
        (refuge() if refuge else find("#pad")).focus()
    element.disabled = disabled


def paint(canvas, image, columns, rows):
    """Paint the bytes of an image on a canvas of the same size."""
    pixels = ImageData.new(Uint8ClampedArray.new(image.buffer), columns, rows)
    canvas.getContext("2d").putImageData(pixels, 0, 0)


def sizes(element, function):
    """Call function(width, height), in CSS pixels, now and whenever the element's size changes."""

    def measure(*_):
        function(element.clientWidth, element.clientHeight)

    window.ResizeObserver.new(kept(measure)).observe(element)


def on_density(function):
    """Call function() when the screen's pixels get denser or coarser: by zooming, or on another screen."""
    queries = []

    def watch():
        query = window.matchMedia("(resolution: %sdppx)" % window.devicePixelRatio)
        query.addEventListener("change", proxy)
        queries.append(query)

    def changed(*_):
        queries.pop().removeEventListener("change", proxy)
        watch()
        function()

    proxy = kept(changed)
    watch()


def screen():
    """Return the kind of screen, as static/style/tokens.css defines it: "phone", "tablet" or "desktop"."""
    return window.getComputedStyle(root).getPropertyValue("--screen").strip()


def composing(event):
    """Return whether an input method is composing text with a key."""
    # Safari 18 ends the composition before the event of the last key. Only the old key code tells.
    return event.isComposing or event.keyCode == 229


def letter(event):
    """Return the key of an event in lower case, or "" if it is meant for something else.

    A letter of another script, such as я or ζ, counts as the Latin letter on the same key. On a layout with
    Latin letters the key's place says nothing: Z may be where others have W.
    """
    key = getattr(event, "key", None)
    # When Chromium fills in a form, it sends events without a key.
    if not isinstance(key, str) or event.defaultPrevented or composing(event):
        return ""
    if event.altKey or event.getModifierState("AltGraph"):
        return ""
    if len(key) == 1 and ord(key) > _LATIN and event.code.startswith("Key"):
        key = event.code[3:]
    return key.lower()


def arrow(event):
    """Return the step of an arrow key, or None. With Alt, Ctrl or Cmd it belongs to the browser."""
    held = event.altKey or event.ctrlKey or event.metaKey
    return None if held else _ARROWS.get(event.key)
