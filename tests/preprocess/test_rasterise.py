"""Test the pen against distances computed one pixel and one segment at a time."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from preprocess import rasterise

coordinate = st.floats(-10, 40)
pieces = st.lists(st.tuples(*[coordinate] * 4), min_size=1, max_size=6)


def slowly(starts, ends, size, width):
    """Draw by the definition, in plain Python. This is the oracle."""

    def distance(x, y, p, q):
        length = math.dist(p, q)
        share = 0.0
        if length:
            share = ((x - p[0]) * (q[0] - p[0]) + (y - p[1]) * (q[1] - p[1])) / length / length
        share = min(max(share, 0.0), 1.0)
        return math.dist((x, y), [a + share * (b - a) for a, b in zip(p, q, strict=True)])

    ends = list(zip(starts.tolist(), ends.tolist(), strict=True))
    return [
        [
            min(max(width / 2 + 0.5 - min(distance(x, y, p, q) for p, q in ends), 0), 1)
            for x in range(size)
        ]
        for y in range(size)
    ]


@given(pieces, st.sampled_from([0.5, 1.8, 2.2, 3.0]))
def test_drawing_agrees_with_the_definition(drawn, width):
    """Segments may be long, short, outside the image or across its edge."""
    drawn = np.array(drawn)
    picture = rasterise.draw(drawn[:, :2], drawn[:, 2:], 16, width)
    assert picture == pytest.approx(
        np.array(slowly(drawn[:, :2], drawn[:, 2:], 16, width)), abs=1e-4
    )


def test_an_upright_line_is_as_wide_as_the_pen():
    """A row across the line has one full pixel between two of 0.6."""
    picture = rasterise.draw(np.array([[5.0, 2.0]]), np.array([[5.0, 8.0]]), 11, 2.2)
    assert picture[5] == pytest.approx([0, 0, 0, 0, 0.6, 1, 0.6, 0, 0, 0, 0])
    assert picture[:, 5] == pytest.approx([0, 0.6, 1, 1, 1, 1, 1, 1, 1, 0.6, 0])
    assert picture.dtype == np.float32


def test_a_dot_is_round():
    """A dot is a segment from a point to itself."""
    point = np.array([[5.0, 5.0]])
    picture = rasterise.draw(point, point, 11, 3.0)
    assert picture == pytest.approx(picture.T)
    assert picture[5] == pytest.approx([0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0])
    assert picture[4, 4] == pytest.approx(2 - math.sqrt(2))


def test_drawing_in_chunks_changes_nothing(rng, monkeypatch):
    """The nearest segment may be in any chunk."""
    starts, ends = rng.uniform(0, 20, (2, 50, 2))
    once = rasterise.draw(starts, ends, 20)
    monkeypatch.setattr(rasterise, "SEGMENTS_AT_ONCE", 7)
    assert np.array_equal(rasterise.draw(starts, ends, 20), once)


def test_an_image_without_visible_segments_is_black():
    nowhere = np.array([[300.0, -200.0]])
    assert not rasterise.draw(np.empty((0, 2)), np.empty((0, 2)), 9).any()
    assert not rasterise.draw(nowhere, nowhere + 1, 9).any()
