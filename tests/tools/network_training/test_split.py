"""Test that every writer and character is in one part, and that everybody gets the same split."""

from collections import Counter

import pytest

from network_training import split
from network_training.lookalikes import LOOKALIKES


def test_a_writer_stays_in_the_same_part_for_ever():
    """Any Python gives these values at any time."""
    parts = [split.part(f"pendigits_tra-w{n:03}") for n in range(1, 31)]
    assert [parts.count(part) for part in split.PARTS] == [21, 3, 6]
    assert split.part("pendigits_tra-w001") == PARTS_OF_FIRST[0]
    assert split.part("unipen_1a-w001") == PARTS_OF_FIRST[1]


PARTS_OF_FIRST = ("training", "training")


def test_a_sixth_of_the_writers_is_for_validation_and_a_sixth_for_testing():
    """This holds to a few per cent for six thousand invented writers."""
    parts = [split.part(f"writer {n}") for n in range(6000)]
    for part, share in zip(split.PARTS, (4 / 6, 1 / 6, 1 / 6), strict=True):
        assert abs(parts.count(part) / 6000 - share) < 0.03


@pytest.mark.parametrize(
    ("label", "part"),
    [
        ("Korean/character02", "validation"),
        ("Greek/character01", "test"),
        ("Balinese/character01", "training"),
        ("Latin/character05", "training"),
    ],
)
def test_a_character_stays_in_the_same_part_for_ever(label, part):
    """Any Python gives these values at any time."""
    assert split.character_part(label) == part


def test_about_fifteen_percent_of_the_characters_are_for_validation_and_for_testing():
    """This holds to two per cent for six thousand invented ones. Letters are all for training."""
    parts = Counter(split.character_part(f"Runic/{n}") for n in range(6000))
    assert set(parts) == set(split.PARTS)
    assert abs(parts["validation"] / 6000 - 0.15) < 0.02
    assert abs(parts["test"] / 6000 - 0.15) < 0.02
    assert {split.character_part(f"Latin/{n}") for n in range(100)} == {"training"}
    assert len({split.character_part(f"Latinesque/{n}") for n in range(100)}) == 3


def test_lookalikes_are_labels_in_order():
    """Each is there once, so that a new one has one place."""
    assert LOOKALIKES == tuple(sorted(set(LOOKALIKES)))
    assert all(label.count("/") == 1 for label in LOOKALIKES)
