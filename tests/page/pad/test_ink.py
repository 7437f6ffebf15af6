"""The ink on the pad: strokes, and undo and redo over them."""

import js
from support import close

from page.pad.ink import KEPT, NEAR, Digit, Ink


def array(size):
    """Make the array that the page makes."""
    return js.Float32Array.new(size)


def drawn(*strokes):
    """Return ink with these strokes, each a list of points, the pen lifted after each."""
    ink = Ink(array)
    for stroke in strokes:
        ink.begin(*stroke[0])
        for point in stroke[1:]:
            ink.extend(*point)
        ink.end()
    return ink


def packed(ink):
    """Return what the engine would get, as plain lists."""
    points, lengths = ink.pack()
    return [points[i] for i in range(points.length)], list(lengths)


def test_a_new_pad_is_empty():
    """Nothing is drawn, and there is nothing to undo, redo or send."""
    ink = Ink(array)
    assert len(ink.strokes) == 0
    assert not ink.drawing
    assert not ink.can_undo
    assert not ink.can_redo
    assert packed(ink) == ([], [])


def test_strokes_are_packed_in_the_order_in_which_they_were_drawn():
    """The engine gets x, y, x, y, … and the number of points of each stroke."""
    ink = drawn([(1, 2), (3, 4), (5, 6)], [(10, 20), (30, 40)])
    assert packed(ink) == ([1, 2, 3, 4, 5, 6, 10, 20, 30, 40], [3, 2])


def test_what_is_sent_is_one_float32_array():
    """A typed array reaches the worker unchanged; a list would be converted number by number."""
    points, _ = drawn([(1, 2), (3, 4)]).pack()
    assert points.constructor.name == "Float32Array"


def test_a_dot_is_ink():
    """A pen that is put down and lifted has drawn."""
    assert packed(drawn([(50, 60)])) == ([50, 60], [1])


def test_ink_is_there_while_the_pen_is_down():
    """The network follows the pen; it does not wait for the stroke's end."""
    ink = Ink(array)
    ink.begin(1, 1)
    ink.extend(2, 2)
    assert ink.drawing
    assert packed(ink) == ([1, 1, 2, 2], [2])


def test_a_stroke_of_thousands_of_points_keeps_them_all():
    """The array behind a stroke grows without losing or moving anything."""
    points = [(i % 100, (7 * i) % 100) for i in range(3000)]
    ink = drawn(points)
    numbers, lengths = packed(ink)
    assert lengths == [3000]
    assert numbers == [number for point in points for number in point]


def test_a_pen_that_rests_adds_nothing():
    """Points that near to the last one would be less than a pixel apart."""
    ink = drawn([(10, 10)])
    before = ink.version
    ink.begin(20, 20)
    assert not ink.extend(20, 20)
    assert not ink.extend(20 + NEAR / 2, 20 - NEAR / 2)
    assert ink.version == before + 1
    assert packed(ink) == ([10, 10, 20, 20], [1, 1])


def test_a_slow_pen_still_draws():
    """Small steps add up, since distance is measured from the last point kept."""
    ink = Ink(array)
    ink.begin(0, 0)
    for step in range(1, 101):
        ink.extend(step * NEAR / 4, 0)
    numbers, _ = packed(ink)
    assert close(numbers[-2], 25 * NEAR, within=NEAR)


def test_a_pen_that_is_up_does_not_draw():
    """A pointer that hovers, or whose stroke was removed, adds no ink."""
    ink = Ink(array)
    assert not ink.extend(5, 5)
    ink.begin(1, 1)
    ink.end()
    assert not ink.extend(50, 50)
    assert packed(ink) == ([1, 1], [1])


def test_putting_the_pen_down_twice_makes_two_strokes():
    """If the event of lifting the pen is lost, two strokes are not joined."""
    ink = Ink(array)
    ink.begin(1, 1)
    ink.begin(90, 90)
    assert packed(ink) == ([1, 1, 90, 90], [1, 1])


def test_undo_and_redo_go_back_and_forth_by_strokes():
    """Undo removes the last stroke; redo restores it with all of its points."""
    ink = drawn([(1, 1), (2, 2)], [(3, 3), (4, 4)])
    ink.undo()
    assert packed(ink) == ([1, 1, 2, 2], [2])
    ink.undo()
    assert packed(ink) == ([], [])
    assert not ink.can_undo
    ink.redo()
    ink.redo()
    assert packed(ink) == ([1, 1, 2, 2, 3, 3, 4, 4], [2, 2])
    assert not ink.can_redo


def test_undo_after_clear_brings_everything_back():
    """Clearing by mistake loses nothing."""
    ink = drawn([(1, 1)], [(2, 2)])
    ink.clear()
    assert packed(ink) == ([], [])
    ink.undo()
    assert packed(ink) == ([1, 1, 2, 2], [1, 1])
    ink.redo()
    assert packed(ink) == ([], [])


def test_clearing_an_empty_pad_is_not_a_step():
    """Undo takes back what a person saw happen."""
    ink = drawn([(1, 1)])
    ink.clear()
    ink.clear()
    ink.undo()
    assert packed(ink) == ([1, 1], [1])


def test_a_new_stroke_clears_what_could_be_redone():
    """After undo and a new stroke there is nothing left to redo."""
    ink = drawn([(1, 1)], [(2, 2)])
    ink.undo()
    ink.begin(3, 3)
    assert not ink.can_redo
    ink.redo()
    assert packed(ink) == ([1, 1, 3, 3], [1, 1])


def test_undo_and_redo_with_nothing_to_do_change_nothing():
    """Keys may be pressed at any time."""
    ink = drawn([(1, 1)])
    before = ink.version, ink.era
    ink.redo()
    assert (ink.version, ink.era) == before
    ink.undo()
    before = ink.version, ink.era
    ink.undo()
    assert (ink.version, ink.era) == before
    assert packed(ink) == ([], [])


def test_undo_in_mid_stroke_takes_that_stroke_and_lifts_the_pen():
    """Until the pen is put down again, it draws nothing."""
    ink = drawn([(1, 1)])
    ink.begin(5, 5)
    ink.undo()
    assert not ink.drawing
    assert not ink.extend(50, 50)
    assert packed(ink) == ([1, 1], [1])


def test_clear_in_mid_stroke_lifts_the_pen():
    """Until the pen is put down again, it draws nothing."""
    ink = drawn([(1, 1)])
    ink.begin(5, 5)
    ink.clear()
    assert not ink.drawing
    assert not ink.extend(50, 50)
    assert packed(ink) == ([], [])


def test_every_change_raises_the_version():
    """So an answer to older ink can be recognised."""
    ink = Ink(array)
    seen = [ink.version]

    def look():
        assert ink.version > seen[-1]
        seen.append(ink.version)

    ink.begin(1, 1)
    look()
    ink.extend(5, 5)
    look()
    ink.end()
    assert ink.version == seen[-1]
    ink.undo()
    look()
    ink.redo()
    look()
    ink.clear()
    look()


def test_the_era_changes_only_when_ink_is_removed_or_restored():
    """An answer to a little less of the same ink may be shown; one to cleared ink may not."""
    ink = drawn([(1, 1), (5, 5)], [(9, 9)])
    assert ink.era == 0
    ink.undo()
    assert ink.era == 1
    ink.redo()
    assert ink.era == 2
    ink.clear()
    assert ink.era == 3


def test_a_test_digit_replaces_strokes_until_it_is_undone():
    """Put, drawn over, cleared: each is a step of undo, and there are never both on the pad."""
    ink = drawn([(1, 1)])
    digit, other = Digit(4, 7, None), Digit(5, 2, None)
    ink.put(digit)
    assert (ink.strokes, ink.digit) == ((), digit)
    assert not ink.blank
    ink.put(other)
    assert ink.digit is other
    ink.begin(3, 3)
    ink.end()
    assert packed(ink) == ([3, 3], [1])
    assert ink.digit is None
    ink.clear()
    assert ink.blank
    seen = []
    while ink.can_undo:
        ink.undo()
        seen.append((ink.digit and ink.digit.label, len(ink.strokes)))
    assert seen == [(None, 1), (2, 0), (7, 0), (None, 1), (None, 0)]
    ink.redo()
    ink.redo()
    assert ink.digit is digit


def test_a_test_digit_is_another_era():
    """An answer to a drawing is out of date for the digit that replaces it, and the other way round."""
    ink = drawn([(1, 1)])
    ink.put(Digit(4, 7, None))
    assert (ink.era, ink.version) == (1, 2)
    ink.begin(3, 3)
    assert (ink.era, ink.version) == (2, 3)
    ink.extend(9, 9)
    assert ink.era == 2


def test_a_test_digit_lifts_the_pen():
    """Until the pen is put down again, it draws nothing."""
    ink = Ink(array)
    ink.begin(1, 1)
    ink.put(Digit(4, 7, None))
    assert not ink.drawing
    assert not ink.extend(50, 50)


def test_the_history_has_a_limit():
    """A day of drawing does not fill the memory, and what is on the pad is never lost."""
    ink = drawn(*[[(at % 90, 5)] for at in range(KEPT + 3)])
    undone = 0
    while ink.can_undo:
        ink.undo()
        undone += 1
    assert undone == KEPT
    assert len(ink.strokes) == 3


def example(*points):
    """Return ink with an example on it, the pen lifted."""
    ink = Ink(array)
    for point in points:
        if not ink.drawing:
            assert ink.show(*point)
        ink.extend(*point)
    ink.end()
    return ink


def test_an_example_is_answered_like_a_drawing_but_has_no_history():
    """There is nothing to undo, redo or clear."""
    ink = example((1, 1), (5, 5))
    assert packed(ink) == ([1, 1, 5, 5], [2])
    assert ink.example
    assert not ink.blank
    assert not ink.own
    assert not ink.can_undo
    ink.clear()
    assert ink.blank
    assert not ink.can_undo
    assert not ink.can_redo


def test_whatever_the_visitor_does_begins_on_an_empty_pad():
    """A stroke, a test digit, undo and redo: the example is gone, and undo does not bring it back."""
    ink = example((1, 1), (5, 5))
    era = ink.era
    ink.begin(9, 9)
    assert packed(ink) == ([9, 9], [1])
    assert ink.own
    assert ink.era == era + 1
    ink.end()
    ink.undo()
    assert ink.blank
    assert not ink.can_undo
    for change in ("undo", "redo"):
        ink = example((1, 1))
        getattr(ink, change)()
        assert ink.blank
    ink = example((1, 1))
    ink.put(Digit(4, 7, None))
    assert ink.own
    ink.undo()
    assert ink.blank


def test_an_example_that_is_swept_away_lifts_its_pen():
    """Its pen draws nothing afterwards, and an answer to it is out of date."""
    ink = Ink(array)
    ink.show(1, 1)
    version, era = ink.version, ink.era
    assert ink.sweep()
    assert ink.blank
    assert not ink.extend(50, 50)
    assert (ink.version, ink.era) == (version + 1, era + 1)
    assert not ink.sweep()


def test_an_example_does_not_start_on_a_drawing():
    """Nor in mid-stroke."""
    ink = drawn([(1, 1)])
    assert not ink.show(5, 5)
    ink.begin(2, 2)
    assert not ink.show(5, 5)
    assert ink.drawing
    assert packed(ink) == ([1, 1, 2, 2], [1, 1])
