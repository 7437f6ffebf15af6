"""The panel in which the network forgets, and learns again in front of the visitor."""

from page.dom import find, find_all, on
from page.panels.learn.charts.chart import Chart
from page.panels.learn.checkpoints import Checkpoints
from page.panels.learn.controls import Controls
from page.panels.learn.gallery import Gallery
from page.panels.learn.hints import Hints
from page.panels.learn.one_step import OneStep
from page.panels.learn.settings import Settings
from page.panels.learn.shape import Shape


class Panel:
    """The controls and the views of a training run. Nothing is rendered while the panel is closed."""

    def __init__(self, page):
        self._panel = find("#learn")
        self._views = [
            Controls(page),
            Hints(page),
            Gallery(page),
            Chart(page),
            OneStep(page),
            Shape(page),
            Settings(page),
            Checkpoints(page),
        ]
        on(self._panel, "toggle", lambda event: page.state.changed())
        for details in find_all("#learn .more"):
            on(details, "toggle", lambda event: page.state.changed())

    def render(self):
        """Render every view, if the panel is open."""
        if self._panel.open:
            for view in self._views:
                view.render()
