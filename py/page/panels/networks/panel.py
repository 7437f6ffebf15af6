"""The panel of the visitor's own networks: download the one in use, open one from a file, keep some."""

from page.dom import Once, find, on
from page.panels.networks.downloads import Downloads
from page.panels.networks.kept import Kept
from page.panels.networks.naming import described
from page.panels.networks.opening import Opening


class Panel:
    """What is in use, and the three parts."""

    def __init__(self, page):
        self._state = page.state
        self._panel = find("#own-networks")
        self._in_use = Once(find("#own-networks .in-use"))
        self._downloads = Downloads(page)
        opening = Opening(page)
        self._kept = Kept(page, opening)
        self._parts = (self._downloads, opening, self._kept)
        on(self._panel, "toggle", lambda event: self._toggle())
        if self._panel.open:
            self._kept.look()

    def render(self):
        """Render every part, if the panel is open."""
        if not self._panel.open:
            return
        network = self._state.network
        self._in_use.write(described(network))
        ready = self._state.engine == "ready" and network.ready
        for part in self._parts:
            part.render(ready)

    def _toggle(self):
        if self._panel.open:
            self._kept.look()
        self._state.changed()
