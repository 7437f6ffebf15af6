"""Undo, redo and clear, by button and by key."""

import digits
import pytest
from selenium.webdriver.common.keys import Keys

ONE, CROSSBAR = digits.strokes(7)
COMMAND = {"ctrl": Keys.CONTROL, "cmd": Keys.META}


@pytest.mark.only("chromium")
def test_buttons_can_be_pressed_only_when_they_do_something(visit):
    """Empty, drawn, undone, redone, cleared: five states of three buttons."""

    def enabled():
        visit.frame()
        return "".join(name[0] for name in ("undo", "redo", "clear") if visit.enabled(name))

    visit.open()
    assert enabled() == ""
    visit.draw([ONE])
    assert enabled() == "uc"
    drawn = visit.inked()
    visit.press("undo")
    assert enabled() == "r"
    visit.press("redo")
    assert enabled() == "uc"
    visit.press("clear")
    assert enabled() == "u"
    visit.press("undo")
    assert enabled() == "urc"
    assert visit.inked() == drawn


@pytest.mark.parametrize("command", COMMAND)
def test_keys_undo_and_redo(page, command):
    """Ctrl or ⌘ with Z takes strokes away one by one; with Shift, or Y, they come back."""
    held = COMMAND[command]
    page.draw([ONE, CROSSBAR]).settle()
    both = page.inked()
    page.key(held, "z")
    page.settle()
    one = page.inked()
    assert 0 < one < both
    page.key(held, "z")
    assert page.answer() == "blank"
    page.key(held, Keys.SHIFT, "z")
    page.key(held, "y")
    page.settle()
    assert page.inked() == both
    assert page.answer() == "7"


@pytest.mark.parametrize("key", [Keys.DELETE, "c"])
def test_keys_clear(page, key):
    """What was cleared can be undone, as nobody should lose a drawing to a key."""
    page.draw([ONE]).settle()
    page.key(key)
    assert page.answer() == "blank"
    assert page.inked() == 0
    page.press("undo")
    assert page.answer() != "blank"
    assert page.inked() > 0


# Presses a key on whatever has the focus; tells whether the page took it for itself.
PRESS = """
const [key, code, fields] = arguments;
const event = new KeyboardEvent('keydown', {
  key, code, bubbles: true, composed: true, cancelable: true, ...fields
});
(document.activeElement ?? document).dispatchEvent(event);
return event.defaultPrevented;
"""


def test_letters_are_keys_of_the_pad_and_the_network_alone(page):
    """Elsewhere they may be spoken, or searched for: nothing is cleared, played or put on the pad."""
    page.draw([ONE]).settle()
    drawn, ink = page.inked(), page.ink()
    elsewhere = ("", "#play", "#undo", "#networks :checked", "#which-digit", "#code summary")
    for place in elsewhere:
        page.js(
            "document.activeElement?.blur();"
            "if (arguments[0]) document.querySelector(arguments[0]).focus()",
            place,
        )
        for key in ("c", "a", "t", "l", Keys.DELETE):
            page.key(key)
        assert (page.ink(), page.data("playing"), page.inked()) == (ink, None, drawn), place
    for event in ("keydown", "keyup"):  # a form is filled in, and nothing has the focus
        page.js("document.body.dispatchEvent(new Event(arguments[0], { bubbles: true }))", event)
    page.focus('[data-neuron="1:0"]')
    assert page.js(PRESS, "l", "KeyL", {})
    page.frame()
    assert page.data("playing") == "0"
    assert not page.js(PRESS, "l", "KeyL", {"repeat": True})
    page.key("l")
    assert page.data("playing") is None
    page.key("c")
    assert page.inked() == 0


def test_to_draw_gives_the_pad_the_focus(page):
    """Whoever draws and then presses C means the pad, with a finger and a keyboard as well."""
    for kind in ("mouse",) if page.driver.family == "webkit" else ("mouse", "touch"):
        page.js("document.activeElement?.blur()")
        page.draw([ONE], kind)
        assert page.js("return document.activeElement.id") == "pad", kind
        assert not page.js("return document.activeElement.matches(':focus-visible')"), kind


def test_keys_are_where_they_are_on_other_keyboards(page):
    """Cyrillic letters count by their place, on Dvorak the letter does; AltGr means something else."""
    page.draw([ONE, CROSSBAR]).settle()
    both, ink = page.inked(), page.ink()
    page.focus("#pad")
    for key, code, fields in (
        (";", "KeyZ", {"ctrlKey": True}),
        ("ż", "KeyZ", {"ctrlKey": True, "altKey": True}),
        ("я", "KeyZ", {"ctrlKey": True, "altKey": True}),
        ("с", "KeyC", {"isComposing": True}),
        ("Process", "KeyC", {"keyCode": 229}),
        ("j", "KeyC", {}),
    ):
        assert not page.js(PRESS, key, code, fields), key
    assert page.frame().ink() == ink
    assert page.js(PRESS, "я", "KeyZ", {"ctrlKey": True})
    page.settle()
    assert 0 < page.inked() < both
    assert page.js(PRESS, "Я", "KeyZ", {"ctrlKey": True, "shiftKey": True})
    page.settle()
    assert page.inked() == both
    assert page.js(PRESS, "с", "KeyC", {})
    assert page.answer() == "blank"


def test_nothing_is_left_of_what_was_cleared(page):
    """Not even at the pad's very edges: its canvas is square, as the ink's measure is."""
    page.draw([[(0.5, 0.5), (0, 0), (0, 1), (1, 1), (1, 0), (0, 0)]])
    page.press("clear")
    page.wait(lambda: page.inked() == 0, "nothing is left")
    assert page.js("const pad = document.getElementById('pad'); return pad.width - pad.height") == 0


def test_copying_text_does_not_clear(page):
    """Ctrl+C is the browser's."""
    page.draw([ONE]).settle()
    page.key(Keys.CONTROL, "c")
    assert page.inked() > 0


@pytest.mark.only("chromium")
def test_a_new_stroke_ends_what_could_be_redone(page):
    """After it there is no way back to what had been undone."""
    page.draw([ONE]).press("undo")
    page.draw([CROSSBAR]).frame()
    assert not page.enabled("redo")


def test_the_answer_is_announced_when_the_pen_is_lifted(page):
    """A screen reader hears the answer, but not every change of it while the pen moves."""
    page.draw(digits.strokes(2)).settle()
    page.until("return noted.spoken.at(-1)?.includes('2')", what="the answer is announced")
    assert len(page.js("return noted.spoken")) <= 2


@pytest.mark.only("chromium")
def test_the_same_answer_to_another_drawing_is_announced_too(page):
    """Changed and changed back before the words were out: they are still to be said."""
    page.draw(digits.strokes(2)).settle()
    # Both keys in one task: no frame comes in between.
    page.js(
        "for (const shiftKey of [false, true]) document.getElementById('pad').dispatchEvent("
        "new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, shiftKey, bubbles: true }))"
    )
    page.settle()
    page.until("return noted.spoken.at(-1)?.includes('2')", what="the answer is announced")


def test_one_can_draw_by_keyboard(page):
    """Arrow keys move the pen on the pad, Space puts it down and lifts it."""
    page.focus("#pad")
    for _ in range(5):
        page.key(Keys.ARROW_UP)
    page.key(" ")
    for _ in range(10):
        page.key(Keys.ARROW_DOWN)
    page.key(" ")
    assert page.answer() == "1"
