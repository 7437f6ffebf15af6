"""The comparison panel: two networks side by side on the same drawing, at first the two that are shipped.

While it is open it follows the pen. At most one question is open at a time.
"""

import asyncio

from page import networks
from page.dom import Once, document, find, find_all, on, put, show
from page.networks import SHIPPED
from page.panels.compare.side import Side, frame
from page.widgets.download import Download

# What the panel is called with the two shipped networks, and with any others.
TITLES = ("Two activations", "Two networks")


class Panel:
    """The sides, and how well their networks read the test digits."""

    def __init__(self, page):
        state = self._state = page.state
        self._worker = page.engine
        self._room = find("#compare")
        self._title = Once(find("#compare summary span"))
        self._subtitle = Once(find("#compare summary small"))
        self._choices = find("#compare .which")
        self._selects = find_all("#compare .which select")
        again = find("#compare .again")
        self._download = Download(state, find("#compare .fetch"), again, self._fetch)
        self._asked = None
        self._asking = False
        self._fetched = False
        self._shown = None
        self._replies = self._compared = None
        self._wanted = state.compared
        self._listed = None
        self._pair = []
        self._sides = []
        on(self._room, "toggle", lambda event: state.changed())
        for select in self._selects:
            on(select, "change", lambda event: self._choose())

    def render(self):
        """Ask about what is new, and show the last replies."""
        state = self._state
        if state.engine != "ready":
            # A worker that has ended never replies.
            self._asking, self._asked, self._fetched = False, None, False
        if state.compared != self._wanted:
            self._show_wanted()
        if not self._room.open:
            return
        self._find_pair()
        self._download.render()
        if state.engine == "ready":
            if not self._fetched and not state.digits:
                self._fetch()
            self._ask()
        current = self._compared and self._compared is state.answer
        put(self._room, "data-compared", str(self._compared.version) if current else None)
        key = (self._replies, state.network)
        if key != self._shown:
            self._shown = key
            for side in self._sides:
                side.render_use(side.info.id == state.network.name)
            for side, reply in zip(self._sides, self._replies or ()):
                side.render(reply)

    def _find_pair(self):
        """Make the sides anew if other networks are to be compared, or one has another shape now."""
        state = self._state
        pair = [self._info(at) for at in (0, 1)]
        if len(pair) != len(self._pair) or any(a is not b for a, b in zip(pair, self._pair)):
            self._build(pair)
        if self._listed is not state.networks:
            self._listed = state.networks
            self._list()

    def _info(self, at):
        """Return the info of a network that is wanted, or a shipped one's if it is there no longer."""
        try:
            return networks.find(self._state.networks, self._wanted[at])
        except KeyError:
            return SHIPPED[at]

    def _build(self, pair):
        self._pair = pair
        self._replies = self._compared = self._shown = None
        find("#compare .pair").innerHTML = "".join([frame(info) for info in pair])
        halves = find_all("#compare .half")
        self._sides = [Side(info, element) for info, element in zip(pair, halves)]
        for side in self._sides:
            on(side.use, "click", lambda event, name=side.info.id: self._use(name))
        ours = [info.id for info in pair] == [info.id for info in SHIPPED]
        self._title.write(TITLES[0] if ours else TITLES[1])
        self._subtitle.write("%s and %s on the same drawing" % tuple([info.title for info in pair]))
        self._listed = None

    def _list(self):
        """Offer every network on either side, once there are others than the shipped ones."""
        show(self._choices, len(self._state.networks) > len(SHIPPED))
        for select, info in zip(self._selects, self._pair):
            options = []
            for each in self._state.networks:
                option = document.createElement("option")
                option.value = each.id
                option.textContent = each.title
                options.append(option)
            select.replaceChildren(*options)
            select.value = info.id

    def _choose(self):
        self._wanted = tuple([select.value for select in self._selects])
        self._state.change(compared=self._wanted)

    def _show_wanted(self):
        """Open the panel: another one asks for this comparison."""
        self._wanted = self._state.compared
        self._room.open = True
        summary = find("#compare summary")
        summary.scrollIntoView()
        summary.focus()

    def _fetch(self):
        self._fetched = True
        asyncio.create_task(self._worker.fetch_digits())

    def _ask(self):
        """Ask about the ink of the last answer, if that or a network is new: the engine still has it."""
        dials = [self._worker.networks.dials.get(info.id) for info in self._pair]
        wanted = (self._state.answer, self._state.digits == "ready", self._pair, dials)
        if wanted != self._asked and wanted[0] and not self._asking:
            self._asked, self._asking = wanted, True
            asyncio.create_task(self._hear())

    async def _hear(self):
        answer, pair = self._state.answer, self._pair
        replies = await self._worker.compare([info.id for info in pair])
        if replies is not None:
            self._asking = False
            if pair is self._pair:
                self._replies, self._compared = replies, answer
            self._state.changed()

    def _use(self, name):
        """Have the page use a network."""
        self._state.change(chosen=name)
