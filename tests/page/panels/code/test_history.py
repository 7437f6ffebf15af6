"""The arrow keys bring back what was typed before."""

from page.panels.code.history import KEPT, History


def walked(history, steps, text=""):
    """Walk, with what is found in the prompt each time."""
    found = []
    for step in steps:
        there = history.walk(step, text)
        found.append(there)
        text = text if there is None else there
    return found


def test_up_goes_back_and_down_comes_again():
    """One by one, and no further than there is; the draft is at the end."""
    history = History()
    for text in ("a", "b", "c"):
        history.add(text)
    assert walked(history, [-1, -1, -1, -1], "draft") == ["c", "b", "a", None]
    assert walked(history, [1, 1, 1, 1], "a") == ["b", "c", "draft", None]


def test_what_was_just_run_is_the_first_that_comes_back():
    """From wherever one had walked to, and the same twice is kept once."""
    history = History()
    for text in ("a", "b"):
        history.add(text)
    history.walk(-1, "")
    history.walk(-1, "b")
    history.add("a")
    history.add("a")
    assert walked(history, [-1, -1, -1]) == ["a", "b", "a"]


def test_the_oldest_are_forgotten():
    """The list does not grow for ever."""
    history = History()
    for number in range(KEPT + 5):
        history.add(str(number))
    found = walked(history, [-1] * (KEPT + 1))
    assert found[0] == str(KEPT + 4)
    assert found[-2:] == ["5", None]


def test_nothing_typed_is_nothing_to_go_back_to():
    """Neither way."""
    assert walked(History(), [-1, 1], "x") == [None, None]
