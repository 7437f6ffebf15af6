"""Which key an event means, for any layout, input method or modifier."""

from page.dom import arrow, letter

# The letters on the keys C, L, T, Y and Z in layouts of other scripts.
LAYOUTS = {
    "Russian": "сденя",
    "Greek": "ψλτυζ",
    "Hebrew": "בךאטז",
    "Arabic": "ؤمفغئ",
    "Persian": "زمفغظ",
    "Korean": "ㅊㅣㅅㅛㅋ",
    "Thai": "แสะัผ",
}


class Event:
    """A key event as a browser sends it."""

    def __init__(self, key, code="", held=(), keyCode=0, **fields):
        self.key = key
        self.code = code
        self.keyCode = keyCode
        self.altKey = self.ctrlKey = self.metaKey = False
        self.isComposing = self.defaultPrevented = False
        self.getModifierState = lambda name: name in held
        for name, value in fields.items():
            setattr(self, name, value)


def test_a_letter_of_another_script_is_the_latin_one_on_its_key():
    """On Russian, Greek, Hebrew, Arabic and other keyboards, with Ctrl and without."""
    for letters in LAYOUTS.values():
        for key, latin in zip(letters, "cltyz"):
            code = "Key" + latin.upper()
            assert letter(Event(key, code)) == latin
            assert letter(Event(key, code, ctrlKey=True)) == latin


def test_a_latin_letter_is_itself_wherever_it_is():
    """On a Dvorak, AZERTY, QWERTZ, Bépo or Turkish keyboard, and with CapsLock."""
    assert letter(Event("z", "Slash")) == "z"
    assert letter(Event(";", "KeyZ")) == ";"
    assert letter(Event("j", "KeyC")) == "j"
    assert letter(Event("z", "KeyW")) == "z"
    assert letter(Event("w", "KeyZ")) == "w"
    assert letter(Event("y", "KeyZ")) == "y"
    assert letter(Event("à", "KeyZ")) != "z"
    assert letter(Event("è", "KeyT")) != "t"
    assert letter(Event("ı", "KeyI")) != "i"
    assert letter(Event("Z", "KeyZ")) == "z"
    assert letter(Event("Я", "KeyZ")) == "z"


def test_other_keys_have_their_names():
    """A letter on another kind of key, such as б, is no Latin letter."""
    assert letter(Event("Delete", "Delete")) == "delete"
    assert letter(Event("б", "Comma")) == "б"
    assert letter(Event("Dead", "KeyZ")) == "dead"


def test_a_key_meant_for_something_else_is_ignored():
    """Composed text, AltGr and Option, a key that was handled already, a form filled in by the browser."""
    assert letter(Event("Process", "KeyC")) != "c"
    assert letter(Event("c", "KeyC", isComposing=True)) == ""
    assert letter(Event("c", "KeyC", keyCode=229)) == ""
    assert letter(Event("c", "KeyC", held=("AltGraph",))) == ""
    assert letter(Event("z", "KeyZ", altKey=True, ctrlKey=True)) == ""
    assert letter(Event("я", "KeyZ", altKey=True, metaKey=True)) == ""
    assert letter(Event("c", "KeyC", defaultPrevented=True)) == ""
    assert letter(object()) == ""


def test_an_arrow_key_counts_only_without_a_modifier():
    """Alt with an arrow goes back in the browser's history, Cmd or Ctrl with an arrow to an end."""
    assert arrow(Event("ArrowLeft")) == (-1, 0)
    assert arrow(Event("ArrowDown")) == (0, 1)
    assert arrow(Event("ArrowLeft", altKey=True)) is None
    assert arrow(Event("ArrowLeft", metaKey=True)) is None
    assert arrow(Event("ArrowLeft", ctrlKey=True)) is None
    assert arrow(Event("Enter")) is None
