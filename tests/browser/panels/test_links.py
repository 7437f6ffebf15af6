"""What counts in a neuron and the edge that it comes by are one: pointing at either lights both."""

import digits
import pytest
from access import CUT_OFF, violations
from oracle import SIGMOID, WRITTEN, shipped
from panel import open_all
from pen import Pen
from pointing import middle
from selenium.webdriver.common.keys import Keys
from visits import PHONE

# What is lit: the bar, the cells of the pictures, the words, the edge, and where its source is on the screen.
LIT = """
const box = (e) => { const b = e.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; };
const one = (selector) => document.querySelector(selector);
const all = (selector) => [...document.querySelectorAll(selector)];
return {
  linked: one('#board').dataset.linked ?? null,
  bars: all('#parts .linked').map((bar) => bar.dataset.source),
  cells: all('.cells i').filter((cell) => !cell.hidden).map(box),
  pictures: all('.cells canvas').map(box),
  words: one('#linked').innerText.replaceAll('−', '-'),
  sign: one('#link path')?.getAttribute('class') ?? null,
  source: one('#link .source') && box(one('#link .source')),
  target: one('#link .target') && box(one('#link .target')),
};
"""


@pytest.fixture
def opened(page):
    """A page with a 3 on it and every part of the panel open."""
    page.draw(digits.strokes(3)).settle()
    open_all(page)
    return page


def pin(page, neuron):
    Pen(page).at(*middle(page, f"[data-neuron='{neuron}']"), press=True)
    page.until(f"return document.documentElement.dataset.looked === '{neuron}'")


def lit(page, linked):
    """Wait until a source is linked, and give what is lit then."""
    wanted = f"'{linked}'" if linked else "undefined"
    page.until(f"return document.getElementById('board').dataset.linked === {wanted}")
    return page.js(LIT)


def center(box):
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def said(words):
    """The three numbers of "…: weight w × activation a = product"."""
    name, rest = words.split(": weight ")
    weight, rest = rest.split(" × activation ")
    a, product = rest.split(" = ")
    return name, [float(number) for number in (weight, a, product)]


def check(page, found, source, target, weight, a):
    """All of it shows the same product."""
    layer, index = map(int, source.split(":"))
    name, numbers = said(found["words"])
    assert name == (
        f"row {index // 28}, column {index % 28}" if layer == 0 else f"neuron {index + 1}"
    )
    assert numbers == pytest.approx([weight, a, weight * a], abs=WRITTEN)
    assert found["sign"] == ("positive" if weight >= 0 else "negative")
    circle = page.js(
        "const b = document.querySelector(`[data-neuron='${arguments[0]}'] .light`)"
        ".getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]",
        target,
    )
    assert center(found["target"]) == pytest.approx(center(circle), abs=1)


def test_a_bar_and_its_edge_light_each_other(opened):
    """By mouse, by keyboard, and the other way round from the diagram."""
    pin(opened, "2:4")
    network = shipped(SIGMOID)
    a = opened.activations()
    source = opened.js("return document.querySelectorAll('#parts .term')[2].dataset.source")
    index = int(source.split(":")[1])

    Pen(opened).at(*middle(opened, f"#parts [data-source='{source}'] .name"))
    found = lit(opened, source)
    assert found["bars"] == [source]
    assert len(found["cells"]) == 2
    check(opened, found, source, "2:4", network["W1"][4][index], a[source])

    Pen(opened).at(*middle(opened, f"[data-neuron='{source}']"))
    assert lit(opened, source)["bars"] == [source]
    assert opened.data("looked") == opened.data("pointed") == "2:4", "what is pinned stays"
    other = next(
        f"1:{i}"
        for i in range(16)
        if not opened.js(
            "return document.querySelector(`#parts [data-source='${arguments[0]}']`)", f"1:{i}"
        )
    )
    Pen(opened).at(*middle(opened, f"[data-neuron='{other}']"))
    found = lit(opened, other)
    assert found["bars"] == []
    check(opened, found, other, "2:4", network["W1"][4][int(other[2:])], a[other])
    Pen(opened).at(2, 2)
    found = lit(opened, None)
    assert (found["bars"], found["cells"], found["sign"]) == ([], [], None)

    opened.focus("#parts .term")
    order = opened.js(
        "return [...document.querySelectorAll('#parts .term')].map((e) => e.dataset.source)"
    )
    assert lit(opened, order[0])["bars"] == order[:1]
    opened.key(Keys.ARROW_DOWN)
    assert lit(opened, order[1])["bars"] == order[1:2]
    stops = opened.js("return document.querySelectorAll(\"#parts .term[tabindex='0']\").length")
    assert stops == 1, "Tab has one stop in the list"


def test_a_place_in_the_pictures_and_its_pixel_light_each_other(opened):
    """Row 14, column 9 of the weights; the pixel's own place where the column does not show it."""
    pin(opened, "1:5")
    network = shipped(SIGMOID)
    shown = opened.pixels()
    for picture, row, column in (("weights", 2, 9), ("products", 14, 17)):
        index = 28 * row + column
        selector = f"#{picture} canvas"
        middle(opened, selector)
        left, top, right = opened.js(
            f"const b = document.querySelector('{selector}').getBoundingClientRect();"
            "return [b.left, b.top, b.right]"
        )
        side = (right - left) / 28
        x, y = left + (column + 0.5) * side, top + (row + 0.5) * side
        Pen(opened).at(x, y)
        found = lit(opened, f"0:{index}")
        check(opened, found, f"0:{index}", "1:5", network["W0"][5][index], shown[index])
        cell = found["cells"][("weights", "products").index(picture)]
        assert center(cell) == pytest.approx((x, y), abs=side)
    middle(opened, "#picture")
    x, y, right = opened.js(
        "const p = document.getElementById('picture').getBoundingClientRect();"
        "return [p.left, p.top, p.right]"
    )
    side = (right - x) / 28
    place = x + 9.5 * side, y + 2.5 * side
    Pen(opened).at(*place)
    found = lit(opened, "0:65")
    assert center(found["source"]) == pytest.approx(place, abs=side)
    assert found["bars"] == []
    check(opened, found, "0:65", "1:5", network["W0"][5][65], shown[65])


@pytest.mark.only("chromium")
def test_a_neuron_whose_dials_were_turned_is_marked(opened):
    """To be seen and to be heard, until it is put back."""
    pin(opened, "2:6")
    marked = "return [...document.querySelectorAll('[data-changed]')].map((e) => e.dataset.neuron).join()"
    label = "return document.querySelector(\"[data-neuron='2:6']\").getAttribute('aria-label')"
    ring = "return getComputedStyle(document.querySelector(\"[data-neuron='2:%d'] .ring\")).strokeDasharray"
    assert opened.js(marked) == ""
    assert "changed" not in opened.js(label)
    opened.click("#flip")
    opened.until(f"return (() => {{ {marked} }})() === '2:6'")
    opened.settle()
    assert opened.js(label).endswith(", changed")
    assert opened.js(ring % 6) != opened.js(ring % 7), "not by colour alone"
    opened.click("#neuron-back")
    opened.until(f"return (() => {{ {marked} }})() === ''")
    opened.settle()
    assert "changed" not in opened.js(label)


def test_on_a_phone_the_panel_is_a_sheet(opened):
    """It leaves the pad free and the neuron in sight, scrolls in itself, and can be closed."""
    opened.resize(*PHONE)
    opened.until("return document.getElementById('diagram').dataset.way === 'down'")
    pin(opened, "3:5")
    opened.frame()
    tops = (
        "const box = (s) => document.querySelector(s).getBoundingClientRect();"
        "const sheet = document.querySelector('.status');"
        "return { sheet: [box('.status').top, box('.status').bottom], pad: box('#pad').bottom,"
        " neuron: box(\"[data-neuron='3:5'] .light\").bottom, window: innerHeight,"
        " scrolls: sheet.scrollHeight > sheet.clientHeight,"
        " fixed: getComputedStyle(sheet).position === 'fixed' }"
    )
    found = opened.js(tops)
    assert found["fixed"]
    assert found["sheet"][1] == pytest.approx(found["window"], abs=1)
    assert found["neuron"] < found["sheet"][0]
    assert found["scrolls"]
    assert violations(opened) == []
    assert opened.js(CUT_OFF) == []
    opened.js("scrollTo(0, 0)")
    found = opened.js(tops)
    assert found["pad"] < found["sheet"][0]
    opened.press("close")
    opened.until("return !('pinned' in document.documentElement.dataset)")
    assert not opened.js(tops)["fixed"]
