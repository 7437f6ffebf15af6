"""The pen: against distances worked out one pixel and one piece at a time."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from preprocess import rasterise

coordinate = st.floats(-10, 40)
pieces = st.lists(st.tuples(*[coordinate] * 4), min_size=1, max_size=6)


def slowly(starts, ends, size, width):
    """Draw by the definition, in Python's own numbers: the oracle."""

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
def test_drawing_agrees_with_definition(drawn, width):
    """Any pieces, long, short, outside or across the edge, and any pen."""
    drawn = np.array(drawn)
    picture = rasterise.draw(drawn[:, :2], drawn[:, 2:], 16, width)
    assert picture == pytest.approx(
        np.array(slowly(drawn[:, :2], drawn[:, 2:], 16, width)), abs=1e-4
    )


def test_upright_line_is_as_wide_as_the_pen():
    """Across a line through pixel centres: a full pixel, two of 0.6, and nothing beyond."""
    picture = rasterise.draw(np.array([[5.0, 2.0]]), np.array([[5.0, 8.0]]), 11, 2.2)
    assert picture[5] == pytest.approx([0, 0, 0, 0, 0.6, 1, 0.6, 0, 0, 0, 0])
    assert picture[:, 5] == pytest.approx([0, 0.6, 1, 1, 1, 1, 1, 1, 1, 0.6, 0])
    assert picture.dtype == np.float32


def test_dot_is_round():
    """A piece from a point to itself."""
    point = np.array([[5.0, 5.0]])
    picture = rasterise.draw(point, point, 11, 3.0)
    assert picture == pytest.approx(picture.T)
    assert picture[5] == pytest.approx([0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0])
    assert picture[4, 4] == pytest.approx(2 - math.sqrt(2))


def test_more_pieces_than_one_round_takes(rng, monkeypatch):
    """Rounds of work change nothing: the nearest piece may be in any of them."""
    starts, ends = rng.uniform(0, 20, (2, 50, 2))
    once = rasterise.draw(starts, ends, 20)
    monkeypatch.setattr(rasterise, "PIECES_AT_ONCE", 7)
    assert np.array_equal(rasterise.draw(starts, ends, 20), once)


def test_nothing_to_draw_is_black():
    """No pieces, and pieces out of sight."""
    nowhere = np.array([[300.0, -200.0]])
    assert not rasterise.draw(np.empty((0, 2)), np.empty((0, 2)), 9).any()
    assert not rasterise.draw(nowhere, nowhere + 1, 9).any()
