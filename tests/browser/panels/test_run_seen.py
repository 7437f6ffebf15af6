"""What is seen of a training run: its charts, one step, its moments, and any two networks side by side."""

import re

import digits
import numpy as np
import oracle
import pytest
from access import CUT_OFF, violations
from learning import Learn
from pen import Pen
from selenium.webdriver.common.keys import Keys
from visits import PHONE, WIDE

from training import settings, weights

# Both charts as they are read: what is said, and what is written below.
CHARTS = """
return [...document.querySelectorAll('#learn-chart figure')].map((figure) => ({
  said: figure.querySelector('.plot').getAttribute('aria-valuetext'),
  at: Number(figure.querySelector('.plot').getAttribute('aria-valuenow')),
  reads: figure.querySelector('.reads').textContent,
}))
"""
ROWS = """return [...document.querySelectorAll('#learn-chart tbody tr')].map((row) =>
  [...row.cells].map((cell) => cell.textContent))"""
# Where the lines of the first chart are, in the window.
PLOT = """
const plot = document.querySelector('#learn-chart .u-over');
plot.scrollIntoView({ block: 'center', behavior: 'instant' });
const { left, top, width, height } = plot.getBoundingClientRect();
return [left, top, width, height];
"""
# How many pixels of a chart are as bright as its second line.
BRIGHT = """
const canvas = document.querySelector('#learn-chart canvas');
const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
let bright = 0;
for (let at = 0; at < data.length; at += 4) bright += data[at] > 240 && data[at + 2] > 240;
return bright;
"""
SIDES = """
return [...document.querySelectorAll('#compare .half')].map((side) => ({
  name: side.dataset.side,
  a: [...side.querySelectorAll('.layers circle')].map((circle) => Number(circle.dataset.a)),
}))
"""
STEP = """
const pixels = (canvas) =>
  [...canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data];
return {
  images: [...document.querySelectorAll('#learn-step .batch canvas')].map(pixels),
  captions: [...document.querySelectorAll('#learn-step figcaption')].map((each) => each.textContent),
  says: [...document.querySelectorAll('#learn-step li > p')].map((each) => each.textContent),
  gradient: pixels(document.querySelector('#learn-step li > canvas')),
}
"""


@pytest.fixture
def learn(visit):
    """The panel of a page with a 3 on the pad, which learns from few images."""
    visit.open(until="engine")
    visit.draw(digits.strokes(3)).settle()
    return Learn(visit).open("Settings").set("count", "5000")


def put(page, name, value, kind="input"):
    """Give a control a value, as a person would."""
    page.js(
        "const control = document.getElementById(arguments[0]); control.value = arguments[1];"
        "control.dispatchEvent(new Event(arguments[2], { bubbles: true }))",
        name,
        value,
        kind,
    )


def test_a_run_is_read_walked_through_and_compared(learn):
    """What the charts say is in the table, and a moment of the run is a network like any other."""
    page = learn.page
    learn.press("forget").press("start")
    learn.until(lambda run: run["images"] > 12_000, "there is something to read")
    learn.press("pause").is_("paused")
    page.js("document.querySelector('#learn-chart details').open = true")
    read(page)
    scrubbed(page, learn)
    compared(page)
    if page.driver.family == "chromium":
        for size in (PHONE, WIDE):
            page.resize(*size).frame()
            assert violations(page) == []
            # The table scrolls in a box of its own.
            parts = "'#learn :not(.rows *), #compare *'"
            assert page.js(CUT_OFF.replace("'body *'", parts)) == []


def read(page):
    """Walk through the charts by keyboard, and compare with the table."""
    page.until(ROWS + ".length > 0")
    rows = page.js(ROWS)
    assert 3 < len(rows) <= 40
    assert page.js(BRIGHT) > 50
    # A pointer reads the point below it, at either end. The last two can be less than a pixel apart.
    left, top, width, height = page.js(PLOT)
    for x, near in ((left, rows[:1]), (left + width - 1, rows[-2:])):
        Pen(page).at(x, top + height / 2)
        page.frame()
        for chart in page.js(CHARTS):
            assert chart["reads"].startswith(tuple(f"{row[0]} images: " for row in near))
    page.focus("#learn-chart .plot")
    heard = {}
    for key, at in (
        (Keys.HOME, 0),
        (Keys.ARROW_RIGHT, 1),
        (Keys.PAGE_UP, min(6, len(rows) - 1)),
        (Keys.END, len(rows) - 1),
        (Keys.ARROW_LEFT, len(rows) - 2),
        (Keys.ARROW_DOWN, len(rows) - 3),
    ):
        page.key(key)
        cost, accuracy = page.js(CHARTS)
        assert cost["at"] == accuracy["at"] == at
        count, training, test, right, read_right, _ = rows[at]
        for chart, mine, others in ((cost, training, test), (accuracy, right, read_right)):
            assert chart["said"].startswith(f"{count} images: training {mine}")
            assert chart["said"] == chart["reads"]
            assert others == "–" or f", test {others}." in chart["said"]
        heard[at] = cost["said"]
    assert len(set(heard.values())) == len(heard) > 3
    before = page.js(CHARTS)[0]["reads"]
    page.js("document.activeElement.blur()")
    page.frame()
    assert page.js(CHARTS)[0]["reads"] != before, "without a cursor, the newest values are read"


def scrubbed(page, learn):
    """Go back to the start of the run and forward to its end, on what is on the pad."""
    learn.open("Moments")
    page.settle()
    now = page.activations()
    images = learn.run()["images"]
    put(page, "learn-moment", "0")
    page.wait(lambda: page.settle().activations() != now, "another network answers")
    first = page.activations()
    assert max(first[f"3:{digit}"] for digit in range(10)) < 0.5, "random weights read nothing"
    said = "return document.getElementById('learn-moment').getAttribute('aria-valuetext')"
    assert page.js(said).startswith("before the first image (moment 1 of ")
    page.press("learn-keep")
    titles = page.js("return document.getElementById('networks').innerText")
    assert "after 0 images" in titles
    page.focus("#learn-moment")
    page.key(Keys.END)
    page.wait(lambda: page.settle().activations() == now, "the newest network answers")
    assert page.js(said) == f"now, after {images:,} images"


def compared(page):
    """Compare the run as it is with its own start."""
    page.press("learn-compare")
    page.until("return document.getElementById('compare').open")
    page.until("return document.activeElement.parentElement.id === 'compare'")
    shown = (
        "return document.getElementById('compare').dataset.compared"
        " === document.documentElement.dataset.ink"
    )
    page.until(shown)
    learned, shipped = page.js(SIDES)
    assert [learned["name"], shipped["name"]] == ["learned", oracle.SIGMOID]
    ours = page.activations()
    sizes = ((1, 16), (2, 16), (3, 10))
    ours = [ours[f"{layer}:{index}"] for layer, size in sizes for index in range(size)]
    assert learned["a"] == pytest.approx(ours, abs=2e-4)
    put(page, "compare-other", "moment-0", "change")
    page.until("return document.querySelector('#compare [data-side=moment-0] circle')")
    page.until(shown)
    learned, start = page.js(SIDES)
    assert start["name"] == "moment-0"
    assert learned["a"] == pytest.approx(ours, abs=2e-4)
    assert max(start["a"][-10:]) < 0.5
    page.click("#compare [data-side=moment-0] .use")
    page.until("return document.documentElement.dataset.network === 'moment-0'")
    page.settle()
    now = page.activations()
    now = [now[f"{layer}:{index}"] for layer, size in sizes for index in range(size)]
    assert start["a"] == pytest.approx(now, abs=2e-4)


@pytest.mark.only("chromium")
def test_a_step_is_numpys(learn):
    """Pictures, answers, cost, gradient and step are what formulas written here make of the same weights."""
    page = learn.page
    learn.open("One step").set("optimiser", "descent")
    put(page, "learn-batch", "16", "change")
    put(page, "learn-rate", "0.25", "change")
    learn.press("forget").is_("idle")
    page.click('#learn-gallery [data-at="4"]')
    learn.press("one")
    page.until("return document.querySelectorAll('#learn-step li').length === 4", 30)
    shown = page.js(STEP)
    captions = [re.fullmatch(r"([✓✗]) (\d)(?: not (\d))?", text) for text in shown["captions"]]
    assert len(captions) == 16
    labels = np.array([int(found[3] or found[2]) for found in captions])
    x = np.round(np.array(shown["images"])[:, ::4] / 17).T / 15
    assert (x > 0).any(axis=0).all()

    network = untrained()
    cost, right, answers, slopes = lesson(network, x, labels)
    assert [int(found[2]) for found in captions] == answers.tolist()
    assert [found[1] == "✓" for found in captions] == (answers == labels).tolist()
    _, answer, way, step = shown["says"]
    assert f"reads {right} of the 16 correctly. Its cost is {cost:.3f}:" in answer
    assert "hidden layer 1, neuron 5 of 16" in way
    after, *_ = lesson({name: network[name] - 0.25 * slopes[name] for name in network}, x, labels)
    assert f"the cost fell from {cost:.3f} to {after:.3f}." in step
    row = slopes["W0"][4]
    assert f"none by more than {0.25 * np.abs(row).max():.4f}." in step
    red, _, blue, _ = np.array(shown["gradient"]).reshape(-1, 4).T
    strong = np.abs(row) > np.abs(row).max() / 4
    assert strong.sum() > 10
    assert ((blue > red) == (row < 0))[strong].all(), "a weight goes up where its slope is negative"
    slowly(page, learn)


def untrained():
    """Give the weights of the default settings before anything is learned, by their names in a file."""
    made = weights.random(settings.Settings((784, 16, 16, 10), "sigmoid"))
    pairs = enumerate(zip(made.W, made.b, strict=True))
    return {
        f"{name}{layer}": array.astype(np.float64)
        for layer, pair in pairs
        for name, array in zip("Wb", pair, strict=True)
    }


def lesson(network, x, labels):
    """Work out a batch's cost, how many are right, the answers, and the slope of the cost by every dial."""
    a, _ = oracle.feedforward(network, x)
    y = np.eye(10)[labels].T
    cost = -(y * np.log(a[3]) + (1 - y) * np.log(1 - a[3])).sum() / len(labels)
    answers = a[3].argmax(axis=0)
    slopes, delta = {}, (a[3] - y) / len(labels)
    for layer in (2, 1, 0):
        slopes[f"W{layer}"] = delta @ a[layer].T
        slopes[f"b{layer}"] = delta.sum(axis=1, keepdims=True)
        delta = network[f"W{layer}"].T @ delta * a[layer] * (1 - a[layer])
    return cost, (answers == labels).sum(), answers, slopes


def slowly(page, learn):
    """Slow motion takes step after step, until its part is closed or the run goes on."""
    pressed = "return document.getElementById('learn-slow').getAttribute('aria-pressed') === 'true'"
    images = learn.run()["images"]
    learn.press("slow").until(lambda run: run["images"] == images + 32, "two more steps")
    assert page.js(pressed)
    page.js("document.getElementById('learn-step').closest('details').open = false")
    page.until(pressed.replace("=== 'true'", "=== 'false'"))
    learn.open("One step").press("slow").until(
        lambda run: run["images"] == images + 48, "one more step"
    )
    learn.press("start").is_("running")
    page.until(pressed.replace("=== 'true'", "=== 'false'"), 10)
    learn.is_("running")
