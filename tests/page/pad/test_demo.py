"""The path of the demonstration's pen."""

from support import close

from page.pad.demo import BEAT, DIGIT, STEP, places


def test_the_pen_goes_through_every_place():
    """At every beat it is where the list says."""
    numbers = [float(number) for number in DIGIT.split()]
    way = places(DIGIT)
    assert len(way) == (len(numbers) // 2 - 1) * (BEAT // STEP) + 1
    for at, (x, y) in enumerate(every(way, BEAT // STEP)):
        assert close(x, numbers[2 * at])
        assert close(y, numbers[2 * at + 1])


def test_the_pen_moves_as_a_hand_does():
    """It stays on the pad, jumps nowhere, and begins and ends slowly."""
    way = places(DIGIT)
    steps = [distance(*two) for two in zip(way, way[1:])]
    assert max(steps) < 5
    assert steps[0] < max(steps) / 3
    assert steps[-1] < max(steps) / 3
    assert all(10 < x < 90 and 5 < y < 85 for x, y in way)


def every(items, step):
    """Return every nth item: MicroPython 1.27 has no slices with a step."""
    return [items[at] for at in range(0, len(items), step)]


def distance(one, other):
    """Return the distance between two places."""
    return ((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5
