"""Makes the panels that ``PANELS`` lists."""

from page.engine_client.learning import Learning
from page.panels import PANELS


class Page:
    """What a panel may use of the page.

    ``state`` is what to show, ``engine`` answers questions (``ask``), ``edits`` changes the network,
    ``diagram`` tells where its neurons are, ``pad`` draws strokes, and ``learning`` is the training run.
    """

    def __init__(self, state, engine, edits, diagram, pad):
        self.state = state
        self.engine = engine
        self.edits = edits
        self.diagram = diagram
        self.pad = pad
        self.learning = Learning(state, engine)


def build_panels(page):
    """Make each panel, one at a time."""
    for name in PANELS:
        module = __import__("page.panels.%s.panel" % name, None, None, ["Panel"])
        yield module.Panel(page)
