"""The visitor's examples: what is added and removed can be undone, and what was there before stays."""

from page.panels.examples.examples import MOST, Examples


class Example:
    """As much of an example as the list needs."""

    def __init__(self, name, digit=0, line=None):
        self.id = name
        self.digit = digit
        self.line = line or "line of " + name


def three():
    """Make three examples, and the list of them."""
    calls = []
    examples = Examples(lambda: calls.append(1))
    made = [Example("a", 7), Example("b", 7), Example("c", 0)]
    for example in made:
        examples.add([example])
    assert len(calls) == 3
    return examples, made


def ids(examples):
    return "".join([example.id for example in examples.all])


def test_every_change_can_be_undone_and_made_again():
    """Erasing all of them is one change."""
    examples, made = three()
    assert examples.counts() == [1, 0, 0, 0, 0, 0, 0, 2, 0, 0]
    examples.remove(made[1])
    examples.erase()
    assert (ids(examples), examples.erased) == ("", True)
    seen = []
    while examples.can_undo:
        examples.undo()
        assert not examples.erased
        seen.append(ids(examples))
    assert seen == ["ac", "abc", "ab", "a", ""]
    while examples.can_redo:
        examples.redo()
    assert ids(examples) == ""
    examples.undo()
    examples.add([made[1]])
    assert not examples.can_redo


def test_what_was_there_before_is_nothing_to_undo():
    """It stays whatever is undone, and is not taken twice."""
    examples, _ = three()
    examples.undo()
    examples.join([Example("x"), Example("a", 7)])
    assert ids(examples) == "xab"
    examples.redo()
    assert ids(examples) == "xabc"
    while examples.can_undo:
        examples.undo()
    assert ids(examples) == "x"


def test_the_same_line_is_the_same_example():
    """Another line with the same id is not: in files of others, ids are numbers."""
    examples, _ = three()
    other = Example("a", 7, "another line")
    new = examples.new([Example("a", 7), other, Example("d"), Example("d")])
    assert [example.line for example in new] == ["another line", "line of d"]


def test_there_is_room_for_so_many():
    examples, _ = three()
    examples.add([Example(str(n)) for n in range(MOST - 3)])
    assert examples.room == 0
