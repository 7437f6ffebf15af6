"""Networks beside each other as markup: circles and dots are where the numbers put them."""

import math
import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from engine import comparison

SIZES = (784, 16, 10)
A = [index / 10 for index in range(26)]


def elements(markup, name):
    return [e.attrib for e in ET.fromstring(f"<svg>{markup}</svg>").iter(name)]


def test_a_circle_is_as_bright_as_its_neuron_but_no_brighter_than_white():
    circles = elements(comparison.layers(SIZES, A, "3"), "circle")
    assert [c["data-of"] for c in circles] == [f"{1 + (i > 15)}:{i % 16}" for i in range(26)]
    for circle, a in zip(circles, A, strict=True):
        assert float(circle["data-a"]) == pytest.approx(a)
        grey = [int(part) for part in re.findall(r"\d+", circle["fill"])]
        assert grey == pytest.approx([255 * min(a, 1)] * 3, abs=0.51)


def test_circles_do_not_touch():
    circles = elements(comparison.layers((784, 16, 16, 10), A + A[:16], ""), "circle")
    places = [(float(c["cx"]), float(c["cy"])) for c in circles]
    nearest = min(math.dist(p, q) for i, p in enumerate(places) for q in places[:i])
    assert nearest > 2 * comparison.RADIUS + 2
    assert all(comparison.RADIUS < x < comparison.WIDTH - comparison.RADIUS for x, _ in places)


@pytest.mark.parametrize("relu", [False, True])
def test_dots_are_on_the_curve(relu):
    """Every dot lies between two points of the curve that is drawn, and on the line between them."""
    z = [-15.0, -3.0, -0.5, 0.0, 2.0, 7.5]
    a = [max(0.0, s) if relu else 1 / (1 + math.exp(-s)) for s in z]
    markup = comparison.curve(z, a, relu)
    path = next(e["d"] for e in elements(markup, "path") if e["class"] == "curve")
    points = [tuple(map(float, p.split())) for p in path[1:].split("L")]
    dots = [(float(c["cx"]), float(c["cy"])) for c in elements(markup, "circle")]
    assert len(dots) == len(z)
    for x, y in dots:
        (x1, y1), (x2, y2) = next(
            pair for pair in pairwise(points) if pair[0][0] <= x <= pair[1][0]
        )
        share = (x - x1) / (x2 - x1)
        assert y == pytest.approx(y1 + share * (y2 - y1), abs=1.5)
    assert dots == sorted(dots)


def test_the_axis_reaches_as_far_as_the_neurons():
    ends = {}
    for furthest in (1, 7.9, 8.1, 33):
        labels = re.findall(r">([−\d]+)</text>", comparison.curve([-furthest], [0], True))
        ends[furthest] = labels
    assert ends == {
        1: ["−8", "0", "8"],
        7.9: ["−8", "0", "8"],
        8.1: ["−16", "0", "16"],
        33: ["−64", "0", "64"],
    }


def test_a_sigmoid_is_drawn_however_far_a_neuron_is():
    """Typed weights reach 1,000 each, so a sum may be where e^−z is no number any more."""
    markup = comparison.curve([-5000.0], [0.0], False)
    path = next(e["d"] for e in elements(markup, "path") if e["class"] == "curve")
    heights = [float(point.split()[1]) for point in path[1:].split("L")]
    assert heights[0] == max(heights)
    assert heights[-1] == min(heights)
    assert heights == sorted(heights, reverse=True)


def test_every_activation_is_spoken():
    said = comparison.spoken(SIZES, A)
    assert re.findall(r"\d\.\d\d", said) == [f"{a:.2f}" for a in A]
    assert said.startswith("Hidden layer 1: 0.00, 0.10,")
    assert "Outputs 0 to 9: 1.60," in said
