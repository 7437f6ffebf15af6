"""The gallery: what each neuron of the first layer after the input looks for, as a picture of its weights."""

import asyncio

from js import ImageData, Uint8ClampedArray

from page import words
from page.diagram.layout import PIXELS
from page.dom import arrow, find, on, put, show

# The most pictures, and how many of them are painted in one frame.
MOST, AT_ONCE = 128, 32

# A key in the gallery: the first and the last picture.
ENDS = {"Home": 0, "End": -1}


class Gallery:
    """A button for each neuron, with its weights painted on it. It opens the neuron."""

    def __init__(self, page):
        self._state = page.state
        self._engine = page.engine
        self._learning = page.learning
        self._box = find("#learn-gallery")
        self._title = find("#learn-gallery h3")
        self._grid = find("#learn-gallery div")
        self._buttons = []
        self._contexts = []
        self._key = self._asked = self._shown = None
        self._images = None
        self._next = 0
        on(self._grid, "click", self._open)
        on(self._grid, "keydown", self._press)

    def render(self):
        """Paint the weights of the network in use, a part in each frame if they are many."""
        network = self._state.network
        if not network.ready:
            return
        seen = network.shape[0] == PIXELS * PIXELS
        show(self._box, seen)
        if not seen:
            return
        if network is not self._shown:
            self._find(network)
        if self._images is not None and self._next < len(self._buttons):
            self._paint()

    def _find(self, network):
        """Take the run's own pictures of this network, or ask for them."""
        pictures = self._learning.run.pictures
        if pictures and pictures[0] is network:
            self._take(network, pictures[1])
        elif self._asked is None and self._state.engine == "ready":
            self._asked = network
            asyncio.create_task(self._ask(network))

    async def _ask(self, network):
        images = await self._engine.ask("gallery")
        self._asked = None
        if images is not None and network is self._state.network:
            self._take(network, images)
            self._state.changed()

    def _take(self, network, images):
        count = min(network.shape[1], MOST)
        if (network.name, tuple(network.shape)) != self._key:
            self._key = (network.name, tuple(network.shape))
            self._build(network, count)
        self._shown = network
        # A picture below the other, so that one image holds them all.
        self._images = ImageData.new(Uint8ClampedArray.new(images.buffer), PIXELS, PIXELS * count)
        self._next = 0

    def _build(self, network, count):
        last = len(network.shape) == 2
        self._title.textContent = (
            "What the outputs look for" if last else "What hidden layer 1 looks for"
        )
        names = ["output %d" % at if last else words.short_name(1, at) for at in range(count)]
        button = '<button type="button" data-at="%d" title="%s" aria-label="%s" tabindex="%d">%s</button>'
        canvas = '<canvas width="%d" height="%d"></canvas>' % (PIXELS, PIXELS)
        self._grid.innerHTML = "".join(
            [
                button % (at, name, name[0].upper() + name[1:] + ": its weights", -(at > 0), canvas)
                for at, name in enumerate(names)
            ]
        )
        put(self._grid, "data-many", "" if count > AT_ONCE else None)
        self._buttons = list(self._grid.children)
        self._contexts = []

    def _paint(self):
        first, self._next = self._next, min(self._next + AT_ONCE, len(self._buttons))
        for at in range(first, self._next):
            if at == len(self._contexts):
                self._contexts.append(self._buttons[at].firstElementChild.getContext("2d"))
            top = at * PIXELS
            self._contexts[at].putImageData(self._images, 0, -top, 0, top, PIXELS, PIXELS)
        if self._next < len(self._buttons):
            self._state.changed()  # the rest is for the next frame

    def _open(self, event):
        button = event.target.closest("button")
        if button:
            self._choose(button)
            self._state.point((1, int(button.getAttribute("data-at"))), pinned=True)

    def _press(self, event):
        """Move the focus: the gallery is one stop of the Tab key."""
        button = event.target.closest("button")
        step = arrow(event)
        if not button or not (step or event.key in ENDS):
            return
        event.preventDefault()
        at, count = int(button.getAttribute("data-at")), len(self._buttons)
        if step:
            across = self._columns()
            at += step[0] + step[1] * across
        else:
            at = ENDS[event.key] % count
        if 0 <= at < count:
            self._choose(self._buttons[at])
            self._buttons[at].focus()

    def _choose(self, button):
        for each in self._grid.querySelectorAll("[tabindex='0']"):
            put(each, "tabindex", "-1")
        put(button, "tabindex", "0")

    def _columns(self):
        """Count the pictures in a row."""
        top = self._buttons[0].offsetTop
        for at, button in enumerate(self._buttons):
            if button.offsetTop != top:
                return at
        return len(self._buttons)
