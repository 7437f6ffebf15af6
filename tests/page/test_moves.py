"""Tests of the moves that a browser reports twice, or makes up."""

from page.moves import Moves


class Event:
    """A pointer event as the browser makes it, with the moves that it combines."""

    def __init__(self, kind, time, parts=(), trusted=True, place=None):
        self.type = "pointer" + kind
        self.timeStamp = time
        # By default each moment has a place of its own.
        self.clientX, self.clientY = place or (time, time)
        self.isTrusted = trusted
        self._parts = parts

    def getCoalescedEvents(self):  # noqa: N802, the browser's name
        return self._parts


def times(events):
    return [event.timeStamp for event in events]


def test_a_move_reported_early_is_due_again_in_its_frame():
    """The second report has the same time as the first, and leaving an element may come in between."""
    moves = Moves(pause=6, twice=True)
    assert moves.is_due(Event("rawupdate", 10.5))
    assert moves.is_due(Event("move", 10.5))
    assert not moves.is_due(Event("rawupdate", 10.6))


def test_early_reports_pause_but_those_of_a_frame_do_not():
    """A mouse that reports a thousand moves a second is looked at less often; the last place still counts."""
    moves = Moves(pause=6, twice=True)
    seen = [moves.is_due(Event("rawupdate", time)) for time in (100, 103, 105, 106)]
    assert seen == [True, False, False, True]
    assert moves.is_due(Event("move", 108))


def test_only_the_new_parts_of_a_combined_event_are_listed():
    """A frame's event repeats the parts that were reported early."""
    moves = Moves(twice=True)
    early = [Event("rawupdate", 1), Event("rawupdate", 2)]
    assert times(moves.new_parts(Event("rawupdate", 2, early))) == [1, 2]
    again = early + [Event("move", 3)]
    assert times(moves.new_parts(Event("move", 3, again))) == [3]
    assert moves.new_parts(Event("move", 3, again)) == []


def test_early_moves_with_the_same_time_are_all_new():
    """Firefox counts in milliseconds, and a pen may move twice in one."""
    moves = Moves(twice=True)
    assert times(moves.new_parts(Event("rawupdate", 7))) == [7]
    assert times(moves.new_parts(Event("rawupdate", 7))) == [7]
    assert moves.new_parts(Event("move", 7)) == []


def test_an_event_without_parts_is_its_own_move():
    """So it is over plain HTTP, and for what a script makes."""
    assert times(Moves(twice=True).new_parts(Event("move", 4))) == [4]


def test_every_move_of_a_script_is_due():
    """Its times need not grow."""
    moves = Moves(twice=True)
    assert moves.is_due(Event("move", 9))
    assert moves.is_due(Event("move", 0, trusted=False))
    assert times(moves.new_parts(Event("move", 0, trusted=False))) == [0]


def test_every_move_is_due_where_none_is_reported_twice():
    """Two moves may have the same time."""
    moves = Moves(pause=6, twice=False)
    assert moves.is_due(Event("move", 5))
    assert moves.is_due(Event("move", 5, place=(6, 5)))
    assert times(moves.new_parts(Event("move", 5))) == [5]


def test_another_press_begins_again():
    """A clock that was set back between two strokes does not swallow the second."""
    moves = Moves(twice=True)
    assert moves.is_due(Event("move", 50))
    moves.forget()
    assert moves.is_due(Event("move", 40))


def test_a_pointer_that_stands_still_does_not_move():
    """The page scrolls below it, and back after the pointer has left that way."""
    moves = Moves(twice=False)
    assert moves.is_due(Event("move", 5, place=(10, 10)))
    assert not moves.is_due(Event("move", 9, place=(10, 10)))
    moves.left(Event("leave", 12, place=(10, 10)))
    assert not moves.is_due(Event("move", 15, place=(10, 10)))
    assert moves.is_due(Event("move", 20, place=(10, 11)))


def test_a_pointer_that_comes_back_to_its_place_moves():
    moves = Moves(twice=False)
    assert moves.is_due(Event("move", 5, place=(10, 10)))
    moves.left(Event("leave", 12, place=(300, 10)))
    assert moves.is_due(Event("move", 15, place=(10, 10)))
