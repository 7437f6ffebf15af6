"""Plays the signal through the network layer by layer, slowly, as the video does."""

import asyncio

from page.dom import Once, disable, find, on

# Seconds from one layer to the next.
PACE = 1.0


class Player:
    """The button that plays and stops."""

    def __init__(self, state):
        self._state = state
        self._button = find("#play")
        self._word = Once(find("#play span"))
        self._disabled = None
        self._round = 0
        on(self._button, "click", self.toggle)

    def toggle(self, *_):
        """Play from the input on, or stop."""
        self._round += 1
        if self._state.playing is not None:
            self._state.change(playing=None)
        elif self._ready():
            self._state.change(playing=0, pointed=None, pinned=False)
            asyncio.create_task(self._play(self._round))

    def render(self):
        """Enable the button while there is something to play, and stop if there no longer is."""
        if self._state.playing is not None and not self._ready():
            self._round += 1
            self._state.change(playing=None)
        playing = self._state.playing is not None
        if self._disabled != (not self._ready()):
            self._disabled = not self._ready()
            disable(self._button, self._disabled)
        self._word.write("stop" if playing else "layer by layer")

    def _ready(self):
        return self._state.engine == "ready" and self._state.ink.own

    async def _play(self, number):
        last = len(self._state.network.shape) - 1
        for layer in range(1, last + 1):
            await asyncio.sleep(PACE)
            if number != self._round or self._state.playing != layer - 1 or not self._ready():
                break
            self._state.change(playing=layer)
        else:
            await asyncio.sleep(PACE)
        if number == self._round:
            self._state.change(playing=None)
