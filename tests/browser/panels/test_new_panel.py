"""A new panel is one folder and one line in a list; a new engine function is one module."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]

# The folders that a build reads, besides node_modules. The cache is copied, since a build writes to it.
SOURCES = ("py", "static", "tools", "weights", "_cache")

PANEL = '''
import asyncio

from page.dom import find, on


class Panel:
    """Adds up three numbers when it is opened."""

    def __init__(self, page):
        self._engine = page.engine
        self._sum = find("#adding output")
        on(find("#adding"), "toggle", lambda event: asyncio.create_task(self._add()))

    def render(self):
        """Nothing here depends on the state."""

    async def _add(self):
        self._sum.textContent = str(await self._engine.ask("add_up", [1, 2, 39]))
'''
HTML = """<!-- place: below -->
<details class="panel" id="adding">
  <summary>Adding</summary>
  <output></output>
</details>
"""
CSS = "#adding output {\n  text-indent: 7px;\n}\n"
ENGINE = '''
from engine.offer import offered


@offered
def add_up(numbers):
    """Return the sum of some numbers."""
    return sum(numbers)
'''


@pytest.fixture(scope="module")
def with_a_new_panel(tmp_path_factory):
    """Build the site from a copy of the tree that has one panel and one engine function more."""
    copy = tmp_path_factory.mktemp("tree")
    ignored = shutil.ignore_patterns("__pycache__", ".*")
    for path in ROOT.iterdir():
        if path.is_file():
            shutil.copyfile(path, copy / path.name)
        elif path.name in SOURCES:
            shutil.copytree(path, copy / path.name, ignore=ignored)
    (copy / "node_modules").symlink_to(ROOT / "node_modules")

    panels = copy / "py/page/panels"
    (panels / "adding").mkdir()
    for name, content in (("panel.py", PANEL), ("panel.html", HTML), ("panel.css", CSS)):
        (panels / "adding" / name).write_text(content, "utf-8")
    listed = (panels / "__init__.py").read_text("utf-8")
    listed, count = re.subn(r"(?m)^(PANELS = \()", r'\1"adding", ', listed)
    assert count == 1
    (panels / "__init__.py").write_text(listed, "utf-8")
    (copy / "py/engine/adding.py").write_text(ENGINE, "utf-8")

    build = [sys.executable, copy / "tools/build.py"]
    done = subprocess.run(build, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return copy / "_site"


@pytest.mark.only("chromium")
def test_a_folder_a_line_and_a_module_make_a_panel_that_works(visit, site, with_a_new_panel):
    """The panel asks its own engine function, shows the result, and has its own style."""
    site.deploy(with_a_new_panel)
    visit.open(until="engine")
    visit.until("return document.documentElement.dataset.panels === 'ready'")
    visit.js("document.getElementById('adding').open = true")
    shown = visit.until("return document.querySelector('#adding output').textContent")
    style = "return getComputedStyle(document.querySelector('#adding output')).textIndent"
    assert (shown, visit.js(style)) == ("42", "7px")
    order = "return [...document.querySelectorAll('#adding, #matrix')].map((panel) => panel.id)"
    assert visit.js(order) == ["adding", "matrix"]
