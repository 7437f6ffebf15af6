"""The page as a test drives it: the contract's attributes and elements, and conditions instead of sleeps."""

import json

import drivers
import pen
from selenium.common.exceptions import (
    JavascriptException,
    NoSuchFrameException,
    TimeoutException,
    WebDriverException,
)
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.command import Command
from selenium.webdriver.support.wait import WebDriverWait

# A cold engine on a busy machine with two cores.
START = 60

# Anything that the page does by itself once it runs.
SOON = 15

WIDE, TABLET, PHONE = (1440, 900), (768, 1024), (360, 740)


# Notes on a button that nobody has clicked it yet. The note goes with the click.
AWAIT_CLICK = """
const button = document.getElementById(arguments[0]);
button.setAttribute('data-unclicked', '');
button.addEventListener('click', () => button.removeAttribute('data-unclicked'), { once: true });
"""
MISSED = "return document.getElementById(arguments[0])?.hasAttribute('data-unclicked')"


class Page:
    """One visit of the site in one browser."""

    def __init__(self, driver, site):
        self.driver = driver
        self.site = site
        self.size = None
        # What the test before has broken is no fault of this one, nor is what WebKitGTK 2.50 may die of when
        # a page is loaded in the place of another (see `starting`).
        if not drivers.alive(driver) or (driver.family == "webkit" and driver.used):
            drivers.revive(driver)
        driver.used = True

    def open(self, path="", until="page"):
        """Load the page anew and wait: "nothing", "page" for one can draw, "engine" for it answers."""
        return self.starting(lambda: self._load(path, until))

    def starting(self, start):
        """Do what loads the page, once more from the start if WebKitGTK's process dies of it.

        Of some sixty pages that WebKitGTK 2.50 loads in one process, one takes it along: when garbage is
        collected, a CheckedRef is counted down once too often (the assertion in WTF's CheckedRef.h, line
        290). A script that waits for the page then fails with an unknown error. Nothing of a page is lost
        that is only being loaded; to die twice, or later, is a failure.
        """
        try:
            start()
        except WebDriverException:
            if self.driver.family != "webkit" or drivers.alive(self.driver):
                raise
            drivers.revive(self.driver)
            self.resize(*(self.size or WIDE))
            start()
        return self

    def _load(self, path, until):
        pen.lift_all(self.driver)
        asked = len(self.site.requests)
        self.driver.get(self.site.address + path)
        if until != "nothing":
            self.until(
                "return document.documentElement.dataset.page === 'ready'",
                START,
                "the page is ready",
            )
        if until == "engine":
            self.until_engine("ready")
            # The page works all the same, only slower, so nothing else would notice.
            late = any("python_stdlib" in request for request in self.site.requests[asked:])
            assert not late, "Python started without its snapshot: the console says why"

    def js(self, script, *arguments):
        """Run JavaScript in the page and give what it returns."""
        return self.driver.execute_script(script, *arguments)

    def until(self, script, seconds=SOON, what=None):
        """Wait until a script returns something true, and give that."""

        def look(driver):
            try:
                return driver.execute_script(script)
            except (JavascriptException, NoSuchFrameException):
                return None  # the document is being changed

        try:
            return WebDriverWait(self.driver, seconds, poll_frequency=0.03).until(look)
        except TimeoutException:
            state = {"html": self.data(), "failure": self.failure(), "errors": self.errors()}
            if self.driver.family == "chromium":
                # It says why a request failed, which the page is not told.
                state["log"] = [entry["message"] for entry in self.driver.get_log("browser")[-20:]]
            told = json.dumps(state, indent=1)
            raise AssertionError(f"not within {seconds} s: {what or script}\n{told}") from None

    def wait(self, condition, what, seconds=SOON):
        """Wait until condition() is true."""
        try:
            WebDriverWait(self.driver, seconds, poll_frequency=0.03).until(lambda _: condition())
        except TimeoutException:
            told = what() if callable(what) else what
            raise AssertionError(f"not within {seconds} s: {told}") from None

    def data(self, name=None):
        """Give an attribute data-… of <html>, None if it is absent; or all of them."""
        every = self.js("return {...document.documentElement.dataset}")
        return every.get(name) if name else every

    def until_engine(self, state, seconds=START):
        """Wait for data-engine, and give up at once when it has failed instead."""
        found = self.until(
            "const now = document.documentElement.dataset.engine;"
            f"return ['{state}', 'failed'].includes(now) && now",
            seconds,
            f"the engine is {state}",
        )
        assert found == state, f"the engine is {found}: {self.failure()} {self.errors()}"

    def settle(self, seconds=SOON):
        """Wait until the answer to the ink as it is now has been painted."""
        self.frame()  # the attributes are as old as the last painted frame
        self.until(
            "const d = document.documentElement.dataset; return d.engine === 'ready' && d.ink === d.answered",
            seconds,
            "the ink is answered",
        )
        return self

    def frame(self):
        """Let the browser paint twice: what was scheduled has happened."""
        self.driver.execute_async_script(
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()))"
        )
        return self

    def pad(self):
        """Give the pad's left, top and side, in CSS pixels of the window; it is brought into view first."""
        return self.js(
            "const pad = document.getElementById('pad'); let box = pad.getBoundingClientRect();"
            "const seen = box.top >= 0 && box.bottom <= innerHeight;"
            "if (!seen) pad.scrollIntoView({ block: 'center', behavior: 'instant' });"
            "box = pad.getBoundingClientRect(); return [box.left, box.top, box.width]"
        )

    def draw(self, strokes, kind="mouse"):
        """Draw strokes with a pen of a kind."""
        pen.Pen(self, kind).draw(strokes)
        return self

    def answer(self):
        """Give the settled answer: the digit, or why there is none."""
        self.settle()
        given = self.js("return {...document.getElementById('answer').dataset}")
        return given["digit"] or given["why"]

    def words(self):
        """Give the answer's sentence as it is read."""
        return self.js("return document.getElementById('answer').innerText")

    def ink(self):
        """Give the ink's version."""
        return int(self.data("ink"))

    def inked(self):
        """Count the pixels of the pad that ink has lit."""
        return self.js(
            "const pad = document.getElementById('pad');"
            "const { data } = pad.getContext('2d').getImageData(0, 0, pad.width, pad.height);"
            "let lit = 0; for (let i = 3; i < data.length; i += 4) if (data[i] > 127) lit++; return lit"
        )

    def ink_box(self):
        """Give what the ink covers of the pad: left, top, right, bottom, 0 to 1; None if there is none."""
        return self.js(
            "const pad = document.getElementById('pad'), w = pad.width, h = pad.height;"
            "const { data } = pad.getContext('2d').getImageData(0, 0, w, h);"
            "let l = w, t = h, r = -1, b = -1;"
            "for (let y = 0; y < h; y++) for (let x = 0; x < w; x++) if (data[4 * (y * w + x) + 3] > 127)"
            "{ l = Math.min(l, x); r = Math.max(r, x); t = Math.min(t, y); b = Math.max(b, y); }"
            "return r < 0 ? null : [l / w, t / h, (r + 1) / w, (b + 1) / h]"
        )

    def activations(self):
        """Give the activation of every neuron that is an element, by "layer:index"."""
        found = self.js(
            "return [...document.querySelectorAll('[data-neuron]')]"
            ".map((e) => [e.dataset.neuron, e.dataset.activation])"
        )
        return {name: float(value) for name, value in found}

    def pixels(self):
        """Give the 784 pixel neurons as they are painted, 0 to 1, row by row."""
        return self.js(
            "const c = document.querySelector('#picture canvas, canvas#picture');"
            "const { data } = c.getContext('2d').getImageData(0, 0, 28, 28);"
            "return Array.from({ length: 784 }, (_, i) => data[4 * i] / 255)"
        )

    def press(self, name):
        """Press a button by its id, as a person does: as soon as it is enabled, and again after a miss.

        Drivers press a disabled button in vain, and beside one that the page moves at that moment.
        """
        self.wait(lambda: self.enabled(name), f"the button {name} is enabled")
        self.js(AWAIT_CLICK, name)
        self.driver.find_element(By.ID, name).click()
        self.frame()
        if self.js(MISSED, name):
            return self.press(name)
        return self

    def click(self, selector):
        """Click a control from a script, wherever the page is scrolled to, as soon as it is enabled."""
        clicked = (
            "const control = document.querySelector(arguments[0]);"
            "if (!control || control.disabled) return false; control.click(); return true"
        )
        self.wait(lambda: self.js(clicked, selector), f"{selector} is enabled")
        return self

    def enabled(self, name):
        """Whether a button can be pressed."""
        return not self.js("return document.getElementById(arguments[0]).disabled", name)

    def focus(self, selector):
        """Give an element the keyboard's focus, as soon as it is shown and enabled and takes it."""
        focused = (
            "const element = document.querySelector(arguments[0]);"
            "element?.focus({ focusVisible: true }); return element && document.activeElement === element"
        )
        self.wait(lambda: self.js(focused, selector), f"{selector} has the focus")
        return self

    def key(self, *keys):
        """Press keys together, wherever the focus is."""
        steps = [{"type": "keyDown", "value": key} for key in keys]
        steps += [{"type": "keyUp", "value": key} for key in reversed(keys)]
        chord = {"type": "key", "id": "keys", "actions": steps}
        self.driver.execute(Command.W3C_ACTIONS, {"actions": [chord]})
        return self.frame()

    def errors(self):
        """Give what nobody caught, and what was logged as an error, since the page was opened."""
        return self.js(
            "return globalThis.noted ? [...noted.errors, ...noted.refused] : ['no watch']"
        )

    def failure(self):
        """Give the sentence of the failure that shows, or ""."""
        return self.js(
            "const f = document.getElementById('failure'); return f && f.checkVisibility() ? f.innerText : ''"
        )

    def resize(self, width, height):
        """Make the page's viewport so large; gives what it is now, as WebKitGTK's is never under 447 wide."""
        driver = self.driver
        self.size = width, height
        wanted = [max(width, driver.least_width), height]
        if self.js("return [innerWidth, innerHeight]") == wanted:
            return self
        if driver.family == "chromium":
            metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
            driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        elif driver.family == "firefox":
            driver.browsing_context.set_viewport(
                context=driver.current_window_handle, viewport={"width": width, "height": height}
            )
        else:
            driver.set_window_size(width, height + driver.frame_height)
        self.wait(
            lambda: self.js("return [innerWidth, innerHeight]") == wanted, "the window's new size"
        )
        return self.frame()
