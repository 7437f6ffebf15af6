"""How typed numbers are read, and why others are refused."""

from page.widgets.number_field import read


def accepted(text, low=-1000, high=1000):
    """Return the number that was read without a complaint."""
    value, why = read(text, low, high)
    assert why == ""
    return value


def refused(text, low=-1000, high=1000):
    """Return why a text was refused."""
    value, why = read(text, low, high)
    assert value is None
    assert why.endswith(".")
    return why


def test_numbers_are_read_as_people_write_them():
    """They may have a point, a sign, an exponent, and spaces around them."""
    assert accepted("0.5") == 0.5
    assert accepted("  12 ") == 12
    assert accepted("+3.") == 3
    assert accepted(".25") == 0.25
    assert accepted("-4.5") == -4.5
    assert accepted("1e-3") == 0.001
    assert accepted("1E2") == 100
    assert accepted("0") == 0
    assert accepted("\u00a07\u00a0") == 7


def test_the_minus_that_the_page_writes_is_read():
    """Numbers that the page shows can be typed."""
    assert accepted("−1.59") == -1.59
    assert accepted("1e−2") == 0.01


def test_a_comma_is_a_decimal_mark():
    """Half of the world writes it, and so do the decimal keypads of its phones."""
    assert accepted("0,5") == 0.5
    assert accepted("-1,5") == -1.5
    assert accepted(",25") == 0.25
    assert accepted("3,") == 3
    assert accepted("0,500") == 0.5
    assert accepted("-0,125") == -0.125
    assert accepted("999,5") == 999.5
    assert accepted("12,3456") == 12.3456
    assert accepted("1,5e2") == 150
    assert accepted("1.500") == 1.5  # the page writes points, so that a point is one


def test_other_scripts_are_read():
    """Arabic, Persian, Devanagari, Bengali, Thai and full-width digits, with the marks that go with them."""
    assert accepted("٠.٥") == 0.5
    assert accepted("٠٫٥") == 0.5
    assert accepted("\u061c-١٢٫٥") == -12.5
    assert accepted("۱۲۳٫۴۵") == 123.45
    assert accepted("०.५") == accepted("০.৫") == accepted("๐.๕") == 0.5
    assert accepted("０.５") == accepted("０．５") == accepted("０，５") == 0.5
    assert accepted("－９") == -9
    assert accepted("＋８") == 8
    assert accepted("０。５") == 0.5


def test_every_dash_before_a_number_is_a_minus():
    """Phone keyboards have a short and a long dash, and pasted text has others."""
    for dash in "-−–—‐‑﹣":
        assert accepted(dash + "1.5") == -1.5
    assert "not a number" in refused("1–2")


def test_spaces_of_every_kind_may_surround_a_number():
    """Inside a number they are refused."""
    for space in " \t\u00a0\u2009\u202f\u3000\u200e\u200f":
        assert accepted(space + "7.5" + space) == 7.5
        assert "not a number" in refused("7" + space + "5")


def test_a_possible_thousands_separator_is_refused():
    """Nobody can know whether 1,500 is a thousand and a half or one and a half."""
    for text in ("1,500", "-12,345", "1.234,5", "1,234.5", "1,234,567", "1.234.567", "١٬٥٠٠"):
        assert text in refused(text)
        assert "thousands" in refused(text)
    for text in ("1 500", "1\u202f500", "1'500", "1’500"):
        assert "thousands" in refused(text)


def test_negative_zero_is_refused():
    """It may be typed with a hyphen or with a minus."""
    for text in ("-0", "−0", "-0.00", "−0e5", "-.0"):
        assert "negative zero" in refused(text)


def test_text_that_is_no_number_is_refused():
    """Even if Python's own float would accept it."""
    words = ("abc", "nan", "inf", "-inf", "infinity", "0x10", "1_000", "1 2", "--1", "1e", "e5")
    for text in words + (".", "-", ",", "1e2,5", "1e2.5", "x٣", "½", "二", "None", "1j"):
        assert text in refused(text)


def test_an_empty_field_asks_for_a_number():
    """Spaces count as empty."""
    for text in ("", "   ", "\u00a0"):
        assert "Type a number" in refused(text)


def test_a_number_out_of_range_is_answered_with_the_range():
    """An exponent that makes infinity is out of every range."""
    assert "0 to 1" in refused("1.01", 0, 1)
    assert "−1000 to 1000" in refused("1e999")
    assert "−1000 to 1000" in refused("-1e999")
    assert accepted("1", 0, 1) == 1
    assert accepted("0", 0, 1) == 0


def test_a_very_long_text_is_not_repeated_in_full():
    """The sentence has to fit beside the field."""
    assert len(refused("x" * 500)) < 100
