"""The choice of a network: radio buttons above the network, which follow ``state.chosen``."""

import asyncio

from page.dom import find, find_all, on


class NetworkChoice:
    """Has the engine use the network in ``state.chosen``, whoever has put its name there."""

    def __init__(self, state, engine):
        self._state = state
        self._engine = engine
        self._followed = state.chosen
        on(find("#networks"), "change", lambda event: self._state.change(chosen=event.target.value))
        state.watch(self._follow)

    def _follow(self):
        chosen = self._state.chosen
        if chosen != self._followed:
            self._followed = chosen
            for radio in find_all("#networks input"):
                radio.checked = radio.value == chosen
            asyncio.create_task(self._engine.choose(chosen))
