"""The panels are made once, whatever happens while they are fetched."""

import pytest
from faults import HELD

READY = "return document.documentElement.dataset.panels === 'ready'"


@pytest.mark.only("chromium")
def test_trying_again_during_the_download_makes_the_panels_once(broken, site):
    """Made twice, they would take back two edits for one press of undo."""
    site.requests.clear()
    with site.breaking("py/panels.bin", HELD):
        broken.open(until="engine")
        broken.wait(lambda: "py/panels.bin" in site.requests, "the panels are asked for")
        # Pressed by script: the button shows only when something has failed, and all else works here.
        broken.js("for (let n = 0; n < 2; n++) document.getElementById('retry').click()")
        broken.frame()
    broken.until(READY, what="the panels are ready")
    assert site.requests.count("py/panels.bin") == 1
    assert broken.js("return document.querySelectorAll('#noise-value-said').length") == 1
