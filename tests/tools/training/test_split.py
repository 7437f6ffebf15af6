"""The split: no writer is on both sides of it, and everybody splits alike."""

from training import split


def test_writer_is_in_one_part_for_ever():
    """These are what anybody's Python says, on any day."""
    parts = [split.part(f"pendigits_tra-w{n:03}") for n in range(1, 31)]
    assert [parts.count(part) for part in split.PARTS] == [21, 3, 6]
    assert split.part("pendigits_tra-w001") == PARTS_OF_FIRST[0]
    assert split.part("unipen_1a-w001") == PARTS_OF_FIRST[1]


PARTS_OF_FIRST = ("training", "training")


def test_parts_are_two_thirds_and_two_sixths():
    """Of six thousand invented writers, to a few per cent."""
    parts = [split.part(f"writer {n}") for n in range(6000)]
    for part, share in zip(split.PARTS, (4 / 6, 1 / 6, 1 / 6), strict=True):
        assert abs(parts.count(part) / 6000 - share) < 0.03
