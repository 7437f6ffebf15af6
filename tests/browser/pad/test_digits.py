"""Draw a digit, and the network answers: the way that a visitor goes, and whether it is honest."""

from pathlib import Path

import digits
import numpy as np
import pytest
from pen import KINDS, Pen

WEIGHTS = Path(__file__).parents[3] / "weights"

# The picture is painted in 256 greys, so a pixel read from it is off by up to 1/510.
GREY = 1 / 510


@pytest.mark.parametrize("digit", range(10))
def test_a_drawn_digit_is_read(page, digit):
    """The whole way: pointer events in, the answer in words out."""
    page.draw(digits.strokes(digit))
    assert page.answer() == str(digit)
    assert page.words().startswith(str(digit))


def test_activations_follow_the_pen_while_it_is_down(page):
    """Live means before the pen is lifted: each part of the stroke changes the neurons."""
    stroke = digits.strokes(3)[0]
    pen = Pen(page)
    pen.down(stroke[0])
    shown = [page.settle().activations()]
    for third in range(1, 4):
        pen.move(stroke[1 + (third - 1) * len(stroke) // 3 : 1 + third * len(stroke) // 3])
        shown.append(page.settle().activations())
    answer = page.answer()
    pen.up()
    hidden = [[value for name, value in now.items() if name[0] != "0"] for now in shown]
    assert len({tuple(values) for values in hidden}) == 4
    assert answer == "3"


@pytest.mark.only("chromium")
def test_neurons_hold_what_the_weights_make_of_the_picture(page):
    """Take the painted pixels and the shipped weights, multiply by hand, and get the same 42 numbers."""
    page.draw(digits.strokes(5)).settle()
    shown = page.activations()
    a = np.array(page.pixels())
    with np.load(WEIGHTS / f"{page.data('network')}.npz", allow_pickle=False) as arrays:
        W = sorted(name for name in arrays.files if name.startswith("W"))
        layers = [(arrays[name].astype(float), arrays[name.replace("W", "b")]) for name in W]
    off = np.full_like(a, GREY)
    for layer, (W, b) in enumerate(layers, start=1):
        z = W @ a + b.ravel().astype(float)
        # How far the greys can have moved a sum; the sigmoid's slope is never above 1/4.
        off = np.abs(W) @ off / 4
        a = 1 / (1 + np.exp(-z))
        found = [shown[f"{layer}:{index}"] for index in range(len(a))]
        assert np.all(np.abs(found - a) <= off + 1e-4), (layer, found, a)
    assert int(np.argmax(a)) == 5


@pytest.mark.only("chromium")
def test_the_column_holds_pixels_of_the_picture(page):
    """What is unrolled beside the picture is the picture's, and some of it is ink."""
    page.draw(digits.strokes(8)).settle()
    pixels = page.pixels()
    column = {name: value for name, value in page.activations().items() if name.startswith("0:")}
    assert len(column) == 12
    for name, value in column.items():
        assert value == pytest.approx(pixels[int(name[2:])], abs=GREY + 1e-4)
    assert max(column.values()) > 0.5


def test_an_empty_pad_has_no_answer(page):
    """The outputs of a black picture are not a digit."""
    assert page.answer() == "blank"
    assert not any(character.isdigit() for character in page.words())


def test_a_cleared_pad_has_no_answer(page):
    """What was drawn before is not answered any longer."""
    page.draw(digits.strokes(4)).settle()
    page.press("clear")
    assert page.answer() == "blank"
    assert max(page.pixels()) == 0


def test_a_dot_counts_as_ink(page):
    """Putting the pen down and lifting it is a drawing."""
    pen = Pen(page)
    pen.down((0.5, 0.5))
    pen.up()
    assert page.answer() != "blank"
    assert max(page.pixels()) > 0.5


@pytest.mark.only("chromium")
def test_an_answer_is_the_brightest_output_or_none(page):
    """On a scribble the network may say what it likes, as long as the outputs say the same."""
    scribble = [(0.5 + 0.4 * np.cos(k), 0.5 + 0.4 * np.sin(2.4 * k)) for k in range(40)]
    page.draw([scribble])
    answer = page.answer()
    shown = page.activations()
    outputs = [shown[f"3:{digit}"] for digit in range(10)]
    if answer == "unsure":
        assert not any(character.isdigit() for character in page.words().split("\n")[0])
    else:
        assert int(answer) == int(np.argmax(outputs))
        assert f"{max(outputs):.2f}" in page.words()


@pytest.mark.only("chromium")
def test_a_drawing_is_answered_wherever_and_however_small_it_is(page):
    """Place and size on the pad cannot matter."""
    small = [[(0.65 + 0.3 * x, 0.05 + 0.3 * y) for x, y in stroke] for stroke in digits.strokes(2)]
    page.draw(small)
    assert page.answer() == "2"


@pytest.mark.only("chromium")
def test_slant_is_taken_out_only_while_the_switch_is_on(page):
    """A 1 that leans by 45° stands upright in the picture, and leans again when that is switched off."""

    def width():
        picture = np.array(page.pixels()).reshape(28, 28)
        return np.ptp(np.flatnonzero(picture.max(axis=0) > 0.2)) + 1

    page.draw([[(0.2 + 0.6 * t / 9, 0.8 - 0.6 * t / 9) for t in range(10)]]).settle()
    upright = width()
    page.press("straighten")
    page.wait(lambda: width() > 1.5 * upright, "the picture leans")


@pytest.mark.parametrize("kind", ["touch", "pen"])
def test_finger_and_stylus_draw_like_a_mouse(page, kind):
    """A 4 has two strokes, which must not be joined."""
    if kind not in KINDS[page.driver.family]:
        pytest.skip(f"{page.driver.family}'s driver has no {kind}")
    page.draw(digits.strokes(4), kind)
    assert page.answer() == "4"
    page.press("undo")
    assert page.answer() != "blank"
    page.press("undo")
    assert page.answer() == "blank"
