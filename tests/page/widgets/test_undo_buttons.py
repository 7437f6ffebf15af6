"""Which keys undo and redo, for the drawing and for the edits alike."""

from page.widgets.undo_buttons import undo_key


class Event:
    """A key event as a browser sends it."""

    def __init__(self, key, code="", **held):
        self.key, self.code, self.keyCode = key, code, 0
        self.altKey = self.ctrlKey = self.metaKey = self.shiftKey = False
        self.isComposing = self.defaultPrevented = False
        self.getModifierState = lambda name: False
        for name, value in held.items():
            setattr(self, name, value)


def test_control_or_command_z_undoes():
    """A Mac has Command, and a Russian keyboard has я on the key."""
    assert undo_key(Event("z", ctrlKey=True)) == "undo"
    assert undo_key(Event("z", metaKey=True)) == "undo"
    assert undo_key(Event("я", "KeyZ", ctrlKey=True)) == "undo"


def test_shift_or_y_redoes():
    """Shift with Z is usual on macOS, Y on Windows."""
    assert undo_key(Event("Z", ctrlKey=True, shiftKey=True)) == "redo"
    assert undo_key(Event("y", ctrlKey=True)) == "redo"


def test_other_keys_do_neither():
    """Nor does Z alone, or with Alt."""
    assert undo_key(Event("z")) == ""
    assert undo_key(Event("x", ctrlKey=True)) == ""
    assert undo_key(Event("z", ctrlKey=True, altKey=True)) == ""


def test_an_event_without_a_key_does_neither():
    """Chromium sends such events when it fills in a form."""

    class Filled:
        pass

    assert undo_key(Filled()) == ""
