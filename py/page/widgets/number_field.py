"""Reads numbers that people type, and explains what is wrong with any other input."""

from page.dom import composing, document, on, put
from page.words import number

# The largest weight or bias that can be typed.
LARGEST = 1000

_DIGITS = "0123456789"

# The zero of each set of digits that people type; the other nine follow it. Arabic, Persian, Hindi, Bengali,
# Thai, and the full-width digits of East Asian keyboards.
_ZEROS = "٠۰०০๐０"

# What other keyboards write for these. With the spaces are the invisible marks of right-to-left text.
_MEANT = {
    "-": "−–—‐‑﹣－",
    "+": "＋",
    ".": "٫．。",
    ",": "，",
    "'": "’٬",
    " ": "\u00a0\u2009\u202f\u3000\u200e\u200f\u061c",
}


def read(text, low, high):
    """Read a number from low to high. Returns (value, "") or (None, a sentence that says what is wrong).

    The decimal mark is a point or a comma. A number that may have a thousands separator is refused.
    """
    typed = text.strip()[:24]
    text = _plain(text).strip()
    if not text:
        return None, "Type a number, such as 0.5."
    if _has_thousands(text):
        why = "“%s” may have a thousands separator. Type it without one, as in 1234.5."
        return None, why % typed
    text = text.replace(",", ".")
    if not _is_decimal(text):
        return None, "“%s” is not a number. Type one such as −0.5." % typed
    value = float(text)
    if value == 0 and text[0] == "-":
        return None, "There is no negative zero: type 0."
    if not low <= value <= high:
        return None, "Type a number from %s to %s." % (_short(low), _short(high))
    return value, ""


def _plain(text):
    """Replace what other keyboards write with ASCII."""
    for zero in _ZEROS:
        for digit in _DIGITS:
            text = text.replace(chr(ord(zero) + int(digit)), digit)
    for plain, others in _MEANT.items():
        for other in others:
            text = text.replace(other, plain)
    return text


def _has_thousands(text):
    """Return whether a mark may separate thousands: in 1,500 and 1.234,5, but not in 0,500 or 1500,125."""
    mantissa = _unsigned(text.lower().partition("e")[0])
    marks = [character for character in mantissa if character not in _DIGITS]
    if not marks or any(mark not in ",.' " for mark in marks):
        return False
    if len(marks) > 1:
        return True
    whole, mark, part = mantissa.partition(marks[0])
    return mark != "." and len(part) == 3 and 0 < len(whole) < 4 and whole[0] != "0"


def _is_decimal(text):
    """Return whether a text is digits with an optional sign, point and exponent: no hex, nan or 1_000."""
    mantissa, exponential, exponent = text.lower().partition("e")
    whole, _, part = _unsigned(mantissa).partition(".")
    return _are_digits(whole + part) and (not exponential or _are_digits(_unsigned(exponent)))


def _unsigned(text):
    return text[1:] if text[:1] in ("+", "-") else text


def _are_digits(text):
    return bool(text) and all(character in _DIGITS for character in text)


def _short(value):
    text = number(value)
    if value == int(value):
        text = "%d" % value
    elif abs(value) < 0.01:
        text = "%.6f" % value
    return text.replace("-", "−")


class NumberField:
    """An ``<input type="text">`` for a number, with a sentence beside it when the input is refused.

    Refused input changes nothing and stays in the field until it is corrected, cancelled with Escape, or the
    field is about something else.
    """

    def __init__(self, field, low, high, change=None, enter=None, write=number):
        """change(value, refuse) is called when another number was typed; refuse(sentence) refuses it.

        enter() is called for the Enter key, which acts as the button that the number is for. write(value)
        writes a number.
        """
        self.low, self.high = low, high
        self._field = field
        self._change = change
        self._enter = enter
        self._write = write
        self._key = self._shown = None
        self._message = document.createElement("span")
        self._message.id = field.id + "-said"
        self._message.className = "said"
        put(self._message, "aria-live", "polite")
        field.after(self._message)
        put(field, "aria-describedby", self._message.id)
        on(field, "change", self._changed)
        on(field, "keydown", self._key_pressed)

    @property
    def edited(self):
        """True if the text differs from what the field was told to show."""
        return self._shown is not None and self._field.value != self._shown

    def show(self, value, key=None):
        """Show a number, unless something is being typed. key: what the number belongs to."""
        if key != self._key:
            self._key = key
            self._fill(value)
        elif not self.edited or (
            self._change and not self._field.matches(":focus, [aria-invalid]")
        ):
            self._fill(value)

    def value(self):
        """Return the number in the field, or None, and then the field says why."""
        value, why = read(self._field.value, self.low, self.high)
        self.refuse(why)
        return value

    def refuse(self, sentence):
        """Say why the input is refused, "" if it is not."""
        put(self._field, "aria-invalid", "true" if sentence else None)
        self._message.textContent = sentence

    def focus(self):
        """Give the field the keyboard's focus, all of it selected."""
        self._field.focus()
        self._field.select()

    def _fill(self, value):
        text = self._write(value)
        if text != self._shown or self._field.value != text:
            self._field.value = self._shown = text
        self.refuse("")

    def _changed(self, *_):
        if self._change is None:
            self.value()
        elif not self.edited:
            self.refuse("")
        else:
            value = self.value()
            if value is not None:
                # The field may show fewer digits from now on; the value keeps them all.
                self._shown = self._field.value
                self._change(value, self.refuse)

    def _key_pressed(self, event):
        if composing(event):
            return  # Enter and Escape end the composition, for example of a full-width number
        if event.key == "Enter" and self._enter:
            self._enter()
        if event.key == "Escape" and self._shown is not None:
            event.stopPropagation()
            self._field.value = self._shown
            self.refuse("")
