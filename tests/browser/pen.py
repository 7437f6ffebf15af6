"""Pens for the tests: mouse, finger and stylus as the browser's own input, by W3C pointer actions.

A ``Pen`` draws on the pad in the pad's own measure, 0 to 1 both ways; places beyond that lie outside the
pad. The browser remembers between the calls where the pen is and whether it is down.

"""

from selenium.webdriver.common.actions.pointer_input import PointerInput
from selenium.webdriver.remote.command import Command

LEFT, RIGHT = 0, 2

# What each browser's driver can do. WebKitGTK 2.50 makes mouse events of touches; Firefox 153's knows no pen.
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
        actions = self._actions()
        for stroke in strokes:
            self._move(actions, stroke[:1])
            actions.create_pointer_down(button=LEFT)
            self._move(actions, stroke[1:])
            actions.create_pointer_up(button=LEFT)
        self._perform(actions)

    def down(self, place, button=LEFT):
        """Put the pen down at a place."""
        actions = self._actions()
        self._move(actions, [place])
        actions.create_pointer_down(button=button)
        self._perform(actions)

    def move(self, places):
        """Move through places."""
        actions = self._actions()
        self._move(actions, places)
        self._perform(actions)

    def up(self, button=LEFT):
        """Lift the pen where it is."""
        actions = self._actions()
        actions.create_pointer_up(button=button)
        self._perform(actions)

    def at(self, x, y, press=False):
        """Go to a place of the window, in CSS pixels, and press there if asked to."""
        actions = self._actions()
        actions.create_pointer_move(x=round(x), y=round(y), duration=0)
        if press:
            actions.create_pointer_down(button=LEFT)
            actions.create_pointer_up(button=LEFT)
        self._perform(actions)

    def _actions(self):
        return PointerInput(self._kind, self._kind)

    def _move(self, actions, places):
        left, top, side = self._page.pad()
        for x, y in places:
            x, y = round(left + x * side), round(top + y * side)
            actions.create_pointer_move(x=x, y=y, duration=0)

    def _perform(self, *actions):
        self._page.driver.execute(
            Command.W3C_ACTIONS, {"actions": [one.encode() for one in actions]}
        )


def lift_all(driver):
    """Lift whatever is down in the browser's memory."""
    driver.execute(Command.W3C_CLEAR_ACTIONS)


class Fingers:
    """Several fingers on the pad at once, by name."""

    def __init__(self, page):
        self._page = page
        self._places = {}
        self._numbers = {}

    def down(self, name, place):
        """Put another finger down."""
        self._numbers.setdefault(name, len(self._numbers) + 2)
        self._step(name, place, "create_pointer_down", "touchStart")

    def move(self, name, place):
        """Move a finger."""
        self._step(name, place, None, "touchMove")

    def up(self, name):
        """Lift a finger; the others stay."""
        self._step(
            name, None, "create_pointer_up", "touchMove" if len(self._places) > 1 else "touchEnd"
        )

    def _step(self, name, place, press, event):
        """Do one thing with one finger.

        Chromium 156's driver forgets the others when one of several is lifted, so there it goes by the
        browser's own protocol.
        """
        if place:
            self._places[name] = place
        else:
            del self._places[name]
        left, top, side = self._page.pad()
        where = {
            n: (round(left + x * side), round(top + y * side)) for n, (x, y) in self._places.items()
        }
        driver = self._page.driver
        if driver.family == "chromium":
            points = [{"x": x, "y": y, "id": self._numbers[n]} for n, (x, y) in where.items()]
            if event == "touchEnd":
                points = []
            driver.execute_cdp_cmd(
                "Input.dispatchTouchEvent", {"type": event, "touchPoints": points}
            )
            return
        finger = PointerInput("touch", f"finger {name}")
        if place:
            finger.create_pointer_move(x=where[name][0], y=where[name][1], duration=0)
        if press:
            getattr(finger, press)(button=LEFT)
        driver.execute(Command.W3C_ACTIONS, {"actions": [finger.encode()]})
