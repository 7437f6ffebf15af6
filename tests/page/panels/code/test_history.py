"""The arrow keys recall what was typed before."""

from page.panels.code.history import KEPT, History


def walked(history, steps, text=""):
    """Go through the history; the prompt holds what was found before."""
    found = []
    for step in steps:
        there = history.walk(step, text)
        found.append(there)
        text = text if there is None else there
    return found


def test_up_goes_back_and_down_goes_forward():
    """One text at a time, until there are no more. The draft comes last."""
    history = History()
    for text in ("a", "b", "c"):
        history.add(text)
    assert walked(history, [-1, -1, -1, -1], "draft") == ["c", "b", "a", None]
    assert walked(history, [1, 1, 1, 1], "a") == ["b", "c", "draft", None]


def test_the_text_run_last_is_recalled_first():
    """So it is from any place in the history. A text run twice is kept once."""
    history = History()
    for text in ("a", "b"):
        history.add(text)
    history.walk(-1, "")
    history.walk(-1, "b")
    history.add("a")
    history.add("a")
    assert walked(history, [-1, -1, -1]) == ["a", "b", "a"]


def test_the_oldest_are_forgotten():
    """The list does not grow without limit."""
    history = History()
    for number in range(KEPT + 5):
        history.add(str(number))
    found = walked(history, [-1] * (KEPT + 1))
    assert found[0] == str(KEPT + 4)
    assert found[-2:] == ["5", None]


def test_an_empty_history_recalls_nothing():
    """Neither back nor forward."""
    assert walked(History(), [-1, 1], "x") == [None, None]
