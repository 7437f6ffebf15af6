"""Test that negatives have ink where promised, and that held-back kinds never get into training."""

from collections import namedtuple

import numpy as np
import pytest

from network_training import glyphs, negatives
from preprocess.normalise import SIZE, from_strokes

Digit = namedtuple("Digit", "digit strokes")
DIGITS = [
    Digit(3, [np.array([(0.0, 0), (5, 1), (6, 4), (3, 5), (7, 7), (6, 11), (0, 12)])]),
    Digit(1, [np.array([(0.0, 0), (0, 10)])]),
    Digit(4, [np.array([(3.0, 0), (0, 6), (6, 6)]), np.array([(5.0, 3), (4.5, 10)])]),
]


@pytest.fixture
def rng():
    """Random numbers, the same for every test and run."""
    return np.random.default_rng(20171005)


@pytest.mark.parametrize(
    "kind", [k for k in (*negatives.KINDS, *negatives.OF_DIGITS) if k not in negatives.IMAGES]
)
def test_strokes_always_have_ink(kind, rng):
    """Of each kind, two hundred drawings have finite points and an image that is not black."""
    for _ in range(200):
        strokes = negatives.draw(kind, rng, DIGITS)
        assert all(stroke.ndim == 2 and stroke.shape[1] == 2 and len(stroke) for stroke in strokes)
        assert from_strokes(strokes).pixels.max() > 0.9


@pytest.mark.parametrize("kind", negatives.IMAGES)
def test_images_have_the_networks_size_and_range(kind, rng):
    """Noise and a filled pad have ink. A blank has nearly none."""
    for _ in range(50):
        picture = negatives.draw(kind, rng)
        assert picture.shape == (SIZE, SIZE)
        assert 0 <= picture.min() <= picture.max() <= 1
        assert (picture.max() <= 0.05) == (kind == "blank")


def test_equal_seeds_give_equal_negatives():
    for kind in negatives.KINDS:
        one, other = (negatives.draw(kind, np.random.default_rng(5)) for _ in range(2))
        assert all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def test_two_existing_kinds_are_held_back():
    assert len(set(negatives.HELD_BACK)) == 2
    assert set(negatives.HELD_BACK) <= set(negatives.KINDS)


def test_several_digits_stand_side_by_side(rng):
    """No digit begins before the previous one ends."""
    for _ in range(20):
        one, other = negatives.several(rng, [DIGITS[0].strokes, DIGITS[1].strokes])
        assert one[:, 0].max() < other[:, 0].min()


def test_half_a_digit_is_not_the_whole(rng):
    """Half a ring lies on one side of its middle, and its sides differ by at most a third."""
    angles = np.linspace(0, 6.2, 60)
    ring = np.column_stack([np.cos(angles), np.sin(angles)])
    for _ in range(20):
        kept = np.concatenate(negatives.half(rng, [ring]))
        sides = [(kept > -0.01).all(axis=0), (kept < 0.01).all(axis=0)]
        assert np.any(sides)
        assert np.ptp(kept, axis=0).min() > 0.6


def test_half_a_line_is_never_used(rng):
    """Half a 1 would be a 1. If no digit can be halved, something else is drawn."""
    assert negatives.half(rng, DIGITS[1].strokes) == []
    assert negatives.draw("half", rng, DIGITS[1:2])


def test_negatives_that_cannot_be_made_are_refused(rng):
    """The kind is unknown, or digits are needed and there are none."""
    for kind in ("unicorn", "several"):
        with pytest.raises(ValueError, match=r"cannot make negatives of kind .* from 0 digits"):
            negatives.draw(kind, rng)


@pytest.mark.parametrize("alphabet", [glyphs.LETTERS, glyphs.SIGNS, glyphs.DIGITS])
def test_glyphs_are_lines_on_a_grid(alphabet):
    """Each stroke has two or more points within 4 by 6, tails and the bar of a root aside."""
    for line in [line for glyph in alphabet.values() for line in glyphs.lines(glyph)]:
        assert len(line) >= 2
        assert (0 <= line).all()
        assert (line <= (8, 8)).all()


def test_a_written_glyph_is_near_its_lines(rng):
    """Its corners move, but by less than half the glyph. All glyphs have their turn."""
    seen = set()
    for _ in range(500):
        name, strokes = glyphs.written(glyphs.DIGITS, rng)
        seen.add(name)
        lines = glyphs.lines(glyphs.DIGITS[name])
        assert len(strokes) == len(lines)
        for stroke, line in zip(strokes, lines, strict=True):
            assert stroke[[0, -1]] == pytest.approx(line[[0, -1]], abs=5 * glyphs.UNSTEADY)
            assert not np.array_equal(stroke[[0, -1]], line[[0, -1]])
    assert seen == set(glyphs.DIGITS)


def test_shapes_of_digits_are_named_by_their_digit():
    """All ten digits are there."""
    assert {int(name[0]) for name in glyphs.DIGITS} == set(range(10))


def test_rounding_keeps_the_ends():
    """Chaikin's corners are worked out by hand."""
    corner = np.array([(0.0, 0), (4, 0), (4, 4)])
    assert glyphs.rounded(corner, 0) is corner
    assert glyphs.rounded(corner, 1).tolist() == [[0, 0], [1, 0], [3, 0], [4, 1], [4, 3], [4, 4]]
