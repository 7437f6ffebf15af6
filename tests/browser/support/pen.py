"""Pens for the tests: mouse, finger and stylus as the browser's own input events.

A ``Pen`` draws on the pad in the pad's own measure, 0 to 1 both ways; places beyond that lie outside the
pad. The browser remembers between the calls where the pen is and whether it is down. ``Fingers`` are several
at once. ``lift_all`` ends whatever is still down.

All goes by W3C pointer actions, but for two things that Chromium 156's driver gets wrong, and which go by the
browser's own protocol there: a mouse that is down over several calls loses its capture, and when one of
several fingers is lifted, it forgets the others.
"""

from selenium.webdriver.common.actions.pointer_input import PointerInput
from selenium.webdriver.remote.command import Command

LEFT, RIGHT = 0, 2

# What each browser's driver can do. WebKitGTK 2.50 makes mouse events of touches; Firefox 153's driver
# knows no pen.
KINDS = {
    "chromium": ("mouse", "touch", "pen"),
    "firefox": ("mouse", "touch"),
    "webkit": ("mouse", "pen"),
}


class Pen:
    """One pointer of a kind: "mouse", "touch" or "pen"."""

    def __init__(self, page, kind="mouse"):
        self._page = page
        self._kind = kind

    def draw(self, strokes):
        """Draw whole strokes, each from putting the pen down to lifting it."""
        steps = []
        for stroke in strokes:
            first, *rest = self._places(stroke)
            steps += [("move", *first), ("down", LEFT)]
            steps += [("move", *place) for place in rest]
            steps += [("up", LEFT)]
        self._perform(steps)

    def down(self, place, button=LEFT):
        """Go to a place and put the pen down."""
        self._perform([("move", *self._places([place])[0]), ("down", button)])

    def move(self, places):
        """Move through places."""
        self._perform([("move", *place) for place in self._places(places)])

    def up(self, button=LEFT):
        """Lift the pen where it is."""
        self._perform([("up", button)])

    def at(self, x, y, press=False):
        """Go to a place of the window, in CSS pixels, and press there if asked to."""
        pressed = [("down", LEFT), ("up", LEFT)] if press else []
        self._perform([("move", round(x), round(y)), *pressed])

    def through(self, places):
        """Press at the first of some places of the window, in CSS pixels, go through the others, lift."""
        first, *rest = [(round(x), round(y)) for x, y in places]
        moves = [("move", *place) for place in rest]
        self._perform([("move", *first), ("down", LEFT), *moves, ("up", LEFT)])

    def _places(self, places):
        left, top, side = self._page.pad()
        return [(round(left + x * side), round(top + y * side)) for x, y in places]

    def _perform(self, steps):
        driver = self._page.driver
        if driver.family == "chromium" and self._kind == "mouse":
            for step in steps:
                _mouse(driver, *step)
            return
        pointer = PointerInput(self._kind, self._kind)
        for name, *values in steps:
            if name == "move":
                pointer.create_pointer_move(x=values[0], y=values[1], duration=0)
            elif name == "down":
                pointer.create_pointer_down(button=values[0])
            else:
                pointer.create_pointer_up(button=values[0])
        _act(driver, pointer)


class Fingers:
    """Several fingers on the pad at once, by name."""

    def __init__(self, page):
        self._page = page
        self._places = {}
        self._numbers = {}

    def down(self, name, place):
        """Put another finger down."""
        self._numbers.setdefault(name, len(self._numbers))
        self._places[name] = place
        self._step(name, "touchStart", press="create_pointer_down")

    def move(self, name, place):
        """Move a finger."""
        self._places[name] = place
        self._step(name, "touchMove")

    def up(self, name):
        """Lift a finger; the others stay."""
        del self._places[name]
        self._step(name, "touchMove" if self._places else "touchEnd", press="create_pointer_up")

    def _step(self, name, event, press=None):
        left, top, side = self._page.pad()
        where = {
            finger: (round(left + x * side), round(top + y * side))
            for finger, (x, y) in self._places.items()
        }
        driver = self._page.driver
        if driver.family == "chromium":
            points = [{"x": x, "y": y, "id": self._numbers[f]} for f, (x, y) in where.items()]
            touch = {"type": event, "touchPoints": points}
            driver.execute_cdp_cmd("Input.dispatchTouchEvent", touch)
            return
        finger = PointerInput("touch", f"finger {name}")
        if name in where:
            finger.create_pointer_move(x=where[name][0], y=where[name][1], duration=0)
        if press:
            getattr(finger, press)(button=LEFT)
        _act(driver, finger)


def lift_all(driver):
    """Lift whatever is down."""
    if driver.family == "chromium":
        for button in list(_held(driver)):
            _mouse(driver, "up", button)
    driver.execute(Command.W3C_CLEAR_ACTIONS)


def _act(driver, pointer):
    driver.execute(Command.W3C_ACTIONS, {"actions": [pointer.encode()]})


def _held(driver):
    """Give the buttons that are down in Chromium, the first one first."""
    if not hasattr(driver, "held"):
        driver.held, driver.mouse_at = [], (0, 0)
    return driver.held


def _mouse(driver, name, *values):
    names = {LEFT: "left", RIGHT: "right"}
    held = _held(driver)
    event = {"type": "mouseMoved", "button": names[held[0]] if held else "none"}
    if name == "move":
        driver.mouse_at = values
    else:
        event = {"type": "mousePressed", "button": names[values[0]], "clickCount": 1}
        if name == "up":
            event["type"] = "mouseReleased"
            held.remove(values[0])
        else:
            held.append(values[0])
    event["buttons"] = sum({LEFT: 1, RIGHT: 2}[button] for button in held)
    event["x"], event["y"] = driver.mouse_at
    driver.execute_cdp_cmd("Input.dispatchMouseEvent", event)
