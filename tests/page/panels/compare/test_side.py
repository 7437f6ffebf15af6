"""A side of the comparison: its markup holds for a title that can be any text."""

from page import words
from page.networks import NetworkInfo
from page.panels.compare.side import answer, escaped, frame


def test_a_title_is_only_text():
    """A file may be called anything."""
    info = NetworkInfo('x" onload="y', '<b>&"mine"</b>', [784, 8, 10], "relu", "file")
    written = frame(info)
    assert "<b>" not in written
    assert 'onload="y"' not in written
    assert "&lt;b&gt;&amp;&quot;mine&quot;&lt;/b&gt;" in written
    assert escaped("a & b") == "a &amp; b"


def test_the_drawing_has_the_height_that_its_shape_needs():
    """The shipped ones as ever."""
    for shape, height in (([784, 16, 16, 10], 310), ([784, 10], 78), ([784, 16, 10], 194)):
        written = frame(NetworkInfo("n", "n", shape, "sigmoid", "trained"))
        assert 'class="layers" translate="no" viewBox="0 0 360 %d"' % height in written


class Reply:
    """An answer to the drawing: a digit, or none and why."""

    def __init__(self, digit, why):
        self.digit, self.why = digit, why


def test_each_side_says_why_it_is_unsure():
    """In the words that stand beside the pad."""
    for why, said in words.UNSURE.items():
        assert answer(Reply("", why), 0.7) == said
    assert "drawn" in answer(Reply("", "blank"), 0.0)
    assert answer(Reply("4", ""), 0.9) == "says 4: 0.90"
