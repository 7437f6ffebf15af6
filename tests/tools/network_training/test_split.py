"""Test that every writer is in exactly one part, and that everybody gets the same split."""

from network_training import split


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
