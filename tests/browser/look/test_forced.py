"""Forced colours, light and dark: pictures keep their own ground, and no state is told by a colour alone."""

import digits
import pytest
from seen import Shot, look_into, media

# Of each group of choices: the marks, other than colours, that the chosen one has and another has not.
DIFFERENT = """
const marks = ['textDecorationLine', 'borderBottomStyle', 'outlineStyle', 'fontWeight'];
const face = (input) => getComputedStyle(input.nextElementSibling);
const chosen = document.querySelectorAll("[type=radio]:checked");
const names = new Set([...chosen].map((input) => input.name));
return [...names].map((name) => {
  const inputs = [...document.getElementsByName(name)];
  const [chosen, other] = [true, false].map((is) => face(inputs.find((e) => e.checked === is)));
  return [name, marks.filter((mark) => chosen[mark] !== other[mark])];
});
"""

# What a class or an attribute does to the line around an element.
LINE = """
const [selector, change] = arguments;
const element = document.querySelector(selector);
const line = () => {
  const { outlineStyle, outlineWidth, borderTopStyle, borderTopWidth } = getComputedStyle(element);
  return [outlineStyle, outlineWidth, borderTopStyle, borderTopWidth].join();
};
const before = line();
const toggle = () =>
  change === 'linked' ? element.classList.toggle(change) : element.toggleAttribute(change);
toggle();
const after = line();
toggle();
return [before, after];
"""

OPEN = "for (const e of document.querySelectorAll('#sum, #parts, #bias')) e.open = true"

STYLE = "return getComputedStyle(document.querySelector(arguments[0]))[arguments[1]]"


@pytest.fixture
def opened(page):
    """A page with an answer, a neuron in view, and what explains it open."""
    page.draw(digits.strokes(5)).settle()
    look_into(page, "1:3")
    page.js(OPEN)
    page.until("return document.querySelector('#bias .curve') && document.querySelector('.term')")
    page.until("return !document.getAnimations().length")
    return page


@pytest.mark.only("chromium")
def test_nothing_is_lost(opened):
    """Ink, picture, winner, what is chosen, pointed at, disabled or wrong: each is seen, and by a form."""
    page = opened
    for scheme in ("light", "dark"):
        with media(page, forced_colors="active", prefers_color_scheme=scheme):
            shot = Shot(page)
            paper = 255 if scheme == "light" else 0
            assert abs(shot.at(".tagline").mean - paper) < 60, "the page is the user's own"
            for part in ("#pad", "#picture"):
                found = shot.at(part, inner=0.9)
                assert found.darkest < 20, part
                assert found.lightest > 230, part
                assert found.mean < 120, part
            for part in (".digit.won", ".winner", ".output-value", ".title"):
                assert shot.at(part).contrast > 130, part
            assert shot.at("[data-digit] b", inner=0.9).contrast > 200
            assert shot.at("[data-neuron='3:5'] .light", inner=0.4).mean > 230
            assert shot.at("[data-neuron='3:0'] .light", inner=0.4).mean < 25
            chosen = dict(page.js(DIFFERENT))
            assert {"network", "edges", "paint", "file"} <= chosen.keys()
            assert [name for name, marks in chosen.items() if not marks] == []
            for part, change in (
                (".term:not(.linked)", "linked"),
                ("#bias-value", "aria-invalid"),
                ("#clear", "disabled"),
            ):
                before, after = page.js(LINE, part, change)
                assert before != after, part
            assert page.js(STYLE, "#progress", "borderTopStyle") == "solid"
            assert page.js(STYLE, ".cells i", "boxShadow") != "none"
            assert page.js(STYLE, "#matrix .row", "forcedColorAdjust") == "none"
            page.js("document.querySelector('#bias').scrollIntoView({ block: 'end' })")
            shot = Shot(page)
            assert shot.at("#bias .curve").contrast > 200
            assert shot.at("#weights canvas", inner=0.9).darkest < 20
            assert shot.at(".term:not([hidden]) rect", inner=0.5).contrast < 10
            assert abs(shot.at(".term:not([hidden]) rect", inner=0.5).mean - paper) > 200
            page.js("scrollTo(0, 0)")
