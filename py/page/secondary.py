"""What is made when one can already draw: the panels, and smaller views around them."""

from page.diagram.bottom_sheet import BottomSheet
from page.diagram.edge_controls import EdgeControls
from page.diagram.edge_picking import EdgePicking
from page.pad.demo import Demo
from page.pad.test_digit import TestDigit
from page.panels.registry import Page, build_panels
from page.printing import Printing


def build(app):
    """Make every view, one at a time, in the order in which they are rendered."""
    state = app.state
    EdgePicking(state, app.diagram)
    Printing(app.render)
    digit = TestDigit(state, app.engine)
    app.keys["t"] = digit.put
    yield digit
    yield EdgeControls(state, app.diagram)
    yield from build_panels(Page(state, app.engine, app.edits, app.diagram, app.pad))
    yield BottomSheet(state, app.diagram)
    yield Demo(state, app.pad)
