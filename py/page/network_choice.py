"""The choice of a network: radio buttons above the network, which follow ``state.chosen``."""

import asyncio

from page import networks
from page.dom import document, find, find_all, on


class NetworkChoice:
    """Has the engine use the network in ``state.chosen``, whoever has put its id there.

    Shipped networks have their buttons in the page. A button for each other network follows them.
    """

    def __init__(self, state, engine):
        self._state = state
        self._engine = engine
        self._followed = None
        self._listed = None
        self._choices = find("#networks")
        on(self._choices, "change", lambda event: state.change(chosen=event.target.value))
        self._list()
        self._check()
        state.watch(self._follow)

    def _follow(self):
        state = self._state
        another = state.chosen != self._followed
        if self._listed is not state.networks:
            self._list()
        if another:
            self._check()
            asyncio.create_task(self._engine.choose(state.chosen))

    def _check(self):
        self._followed = self._state.chosen
        self._mark()

    def _mark(self):
        for radio in find_all("#networks input"):
            radio.checked = radio.value == self._state.chosen

    def _list(self):
        """Make the buttons of the visitor's own networks. Their titles may be any text."""
        self._listed = self._state.networks
        wanted = {info.id: info for info in networks.own(self._listed)}
        for radio in find_all("#networks [data-own]"):
            info = wanted.pop(radio.value, None)
            if info is None:
                radio.parentElement.remove()
            else:
                _title(radio.nextElementSibling, info)
        for info in networks.own(self._listed):
            if info.id in wanted:
                self._choices.append(_choice(info))
        self._mark()


def _choice(info):
    label, radio = document.createElement("label"), document.createElement("input")
    for name, value in (("type", "radio"), ("name", "network"), ("data-own", "")):
        radio.setAttribute(name, value)
    radio.value = info.id
    title = document.createElement("span")
    _title(title, info)
    label.append(radio, title)
    return label


def _title(element, info):
    element.textContent = element.title = info.title
