"""Limits that keep the project easy to read, and definitions that must stay in one place."""

import re
import subprocess
from collections import Counter
from pathlib import Path, PurePath

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = subprocess.run(
    ["git", "ls-files", "--cached", "--others", "--exclude-standard", "py", "static", "tools"],
    cwd=ROOT,
    capture_output=True,
    text=True,
    check=True,
).stdout.split()
FILES = [name for name in FILES if (ROOT / name).is_file()]
SHEETS = [name for name in FILES if name.endswith(".css")]

# The definitions: of colours on the screen and on paper, and of breakpoints.
TOKENS, PAPER = "static/style/tokens.css", "static/style/print/tokens.css"
BREAKPOINTS = "static/style/breakpoints.css"

COLOUR = re.compile(
    r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b(?![^{}]*\{)|\b(?:rgb|hsl|oklch)a?\("
)
WIDTH = re.compile(r"@(?:media|container)[^{]*\d(?:px|em)")
WINDOW = re.compile(r"innerWidth [<>]|matchMedia\([^)]*width")


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


def uses(pattern, css):
    """Return where a pattern occurs in a style sheet, comments left out."""
    return pattern.findall(re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))


def test_the_page_can_be_read_in_five_minutes():
    """A panel belongs in its own folder, a long text in a file of its own."""
    assert len(text("index.html").splitlines()) <= 300


@pytest.mark.parametrize("name", SHEETS)
def test_a_style_sheet_has_one_subject(name):
    """Past 300 lines it has two: split it, and import the new sheet where the old one is."""
    assert len(text(name).splitlines()) <= 300


def test_a_folder_can_be_taken_in_at_a_glance():
    """Past 15 modules it holds more than one subject: give one of them a folder."""
    modules = [PurePath(name) for name in FILES if name.endswith((".py", ".js", ".mjs", ".css"))]
    counts = Counter(path.parent for path in modules if path.name != "__init__.py")
    assert {str(folder): count for folder, count in counts.items() if count > 15} == {}


def test_colours_are_defined_once():
    """Elsewhere they have names, so that contrast and paper can change them."""
    found = {name: uses(COLOUR, text(name)) for name in SHEETS if name not in (TOKENS, PAPER)}
    assert {name: colours for name, colours in found.items() if colours} == {}
    assert uses(COLOUR, text(TOKENS))


def test_breakpoints_are_defined_once():
    """Elsewhere they have names: `@media (--phone)`, and `screen()` in Python."""
    found = {name: uses(WIDTH, text(name)) for name in SHEETS}
    assert {name: widths for name, widths in found.items() if widths} == {}
    assert "@custom-media --phone" in text(BREAKPOINTS)
    scripts = [name for name in FILES if name.startswith(("py/page", "static"))]
    scripts = [name for name in scripts if name.endswith((".py", ".js", ".mjs"))]
    assert [name for name in scripts if WINDOW.search(text(name))] == []


def test_only_the_list_and_its_folder_name_a_panel():
    """A new panel is a folder and a word in PANELS."""
    panels = re.findall(
        r'"(\w+)"', re.search(r"PANELS = \((.*?)\)", text("py/page/panels/__init__.py"))[1]
    )
    assert panels
    elsewhere = [text("index.html"), *(text(name) for name in SHEETS if "/panels/" not in name)]
    assert [name for name in panels if any(f"panels/{name}" in each for each in elsewhere)] == []
