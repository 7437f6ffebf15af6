"""Ink side by side: found as by trying every way to part the strokes, and whatever the slant."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from preprocess import strokes
from preprocess.normalise import from_strokes
from preprocess.parts import ROOM, TALL, are_apart

# In units of the pad, of which a digit is some 200 tall.
ONE = [(100.0, 50.0), (100.0, 250.0)]
OVAL = [
    (200 + 50 * np.cos(turn), 150 + 100 * np.sin(turn)) for turn in np.linspace(0, 2 * np.pi, 40)
]


def slanted(stroke, slope):
    """Slant a stroke to the right."""
    return [(x - slope * (y - 150), y) for x, y in stroke]


def tried(drawing):
    """Part the strokes in every way, and say whether one leaves two parts of enough height and room."""
    arrays = [np.array(stroke, float) for stroke in drawing]
    height = np.ptp(np.concatenate(arrays)[:, 1])
    for chosen in range(1, 2 ** len(arrays) - 1):
        left = np.concatenate([a for at, a in enumerate(arrays) if chosen >> at & 1])
        right = np.concatenate([a for at, a in enumerate(arrays) if not chosen >> at & 1])
        room = right[:, 0].min() - left[:, 0].max()
        if room >= ROOM and min(np.ptp(left[:, 1]), np.ptp(right[:, 1])) >= TALL * height:
            return True
    return False


places = st.tuples(*[st.integers(0, 12).map(lambda half: half / 2)] * 2)


@given(st.lists(st.lists(places, min_size=1, max_size=4), min_size=1, max_size=5))
def test_every_way_to_part_the_strokes_is_tried(drawing):
    begins = np.cumsum([len(stroke) for stroke in drawing[:-1]], dtype=int)
    points = np.concatenate(drawing)
    joined = ~np.isin(np.arange(1, len(points)), begins)
    assert are_apart(strokes.Strokes(points, joined, np.eye(2, 3))) == tried(drawing)


@pytest.mark.parametrize("slope", [-0.4, 0.0, 0.4])
def test_two_digits_are_apart_however_they_slant(slope):
    """Slanted, the boxes of a 1 and a 0 overlap."""
    ten = [slanted(ONE, slope), slanted(OVAL, slope)]
    assert from_strokes(ten).apart
    assert from_strokes(ten[::-1]).apart
    assert not from_strokes(ten[1:]).apart


def test_a_stroke_through_another_is_no_part_of_its_own():
    """A slashed 0, and what is empty."""
    slash = [(245.0, 60.0), (155.0, 240.0)]
    assert not from_strokes([OVAL, slash]).apart
    assert not from_strokes([]).apart


def test_a_part_is_as_tall_as_a_digit():
    """A comma beside a digit is not."""
    beside = [(300.0, 200.0), (300.0, 250.0)]
    assert not from_strokes([OVAL, beside]).apart


def test_the_first_points_of_strokes_are_known():
    ink = strokes.check([[(0, 0), (1, 1)], [(2, 2)], [], [(3, 3), (4, 4), (5, 5)]])
    assert ink.begins.tolist() == [0, 2, 3]
