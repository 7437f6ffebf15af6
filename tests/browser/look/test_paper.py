"""On paper: one page, on which all that counts is dark on white, with or without the backgrounds."""

import base64
import re

import digits
import pytest
from seen import Shot, box, look_into, media
from visits import PHONE, WIDE

# Inches. What is within the margins of the smaller of the two, in CSS pixels, is what both have room for.
PAPERS = {"A4": (8.27, 11.69), "Letter": (8.5, 11)}
PORTRAIT, LANDSCAPE = (718, 980), (980, 718)

# What browsers leave out unless one asks for it.
NO_BACKGROUNDS = """
const sheet = new CSSStyleSheet();
sheet.replaceSync('@media print { *, ::before, ::after { background: none !important } }');
document.adoptedStyleSheets.push(sheet);
"""

SHOWS = "return document.querySelector(arguments[0]).checkVisibility()"


@pytest.fixture
def drawn(page):
    """A page on which a 5 is drawn, with a neuron of the first hidden layer in view."""
    page.draw(digits.strokes(5)).settle()
    look_into(page, "1:3")
    return page


def pages(page, paper, landscape, backgrounds=False):
    """Print, and count the pages."""
    width, height = PAPERS[paper]
    options = {"landscape": landscape, "printBackground": backgrounds}
    options |= {"paperWidth": width, "paperHeight": height}
    printed = page.driver.execute_cdp_cmd("Page.printToPDF", options)
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", base64.b64decode(printed["data"])))


@pytest.mark.only("chromium")
def test_it_is_one_page(drawn):
    """Of either paper, both ways up, from a desk and from a phone; the sum is open on it, and then closed."""
    drawn.js(
        "window.sums = []; addEventListener('beforeprint', () => sums.push("
        "document.querySelector('#sum .formula math')?.checkVisibility()))"
    )
    assert not drawn.js("return document.getElementById('sum').open")
    for size in (WIDE, PHONE):
        drawn.resize(*size)
        counted = [
            pages(drawn, paper, landscape, backgrounds)
            for paper, landscape, backgrounds in [
                ("A4", False, True),
                ("A4", True, False),
                ("Letter", False, False),
            ]
        ]
        assert counted == [1, 1, 1]
    assert drawn.js("return sums") == [True] * 6
    assert not drawn.js("return document.getElementById('sum').open")


@pytest.mark.only("chromium")
def test_what_counts_is_dark_on_white(drawn):
    """Without backgrounds: ink, picture, lit neurons, answer, weights. Nothing lies over anything else."""
    drawn.js(NO_BACKGROUNDS)
    lit = drawn.activations()
    bright = max(range(16), key=lambda index: lit[f"2:{index}"])
    dark = min(range(16), key=lambda index: lit[f"2:{index}"])
    assert lit[f"2:{bright}"] > 0.9
    assert lit[f"2:{dark}"] < 0.1
    for start, size in ((WIDE, LANDSCAPE), (PHONE, PORTRAIT)):
        drawn.resize(*start)
        drawn.until("return !document.getAnimations().length")
        with media(drawn, "print"):
            drawn.resize(*size)
            shot = Shot(drawn)
            for part in ("#pad", "#picture", "#answer b", ".output-value", "#weights canvas"):
                found = shot.at(part, inner=0.9)
                assert found.darkest < 140, part
                assert found.lightest > 250, part
                assert found.mean > 150, part
            assert shot.at(f"[data-neuron='2:{bright}'] .light", inner=0.4).mean < 40
            assert shot.at(f"[data-neuron='2:{dark}'] .light", inner=0.4).mean > 215
            assert shot.at("[data-neuron='3:5'] .light", inner=0.4).mean < 40
            assert shot.at("#networks", inner=0.9).contrast > 200
            assert drawn.js(SHOWS, "#inside")
            assert "aircAruvnKk" in drawn.js("return document.querySelector('footer a').href")
            parts = [box(drawn, part) for part in (".paper", "#board", "#weights", "footer")]
            parts += [box(drawn, part) for part in ("#picture", "[data-layer='0']")]
            for left, top, width, height in parts:
                assert left >= 0
                assert top >= 0
                assert left + width <= size[0]
                assert top + height <= size[1]
            assert apart(parts[0], parts[1])
            assert apart(parts[1], parts[2])
            assert apart(parts[4], parts[5])


def apart(one, other):
    """Whether two boxes have no place in common."""
    return any(
        one[axis] + one[axis + 2] <= other[axis] or other[axis] + other[axis + 2] <= one[axis]
        for axis in (0, 1)
    )
