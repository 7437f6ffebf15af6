"""The long search finds what is broken, says what broke it, and counts what it tried."""

import re

import pytest
from hypothesis import strategies as st
from targets import TARGETS
from targets.target import Target, attempt

import fuzz


def broken(number):
    """Promise what does not hold for every number."""
    assert number < 500


@pytest.fixture
def run(monkeypatch, capsys):
    """Give a function that searches a sound and a broken target: the exit status, and what was printed."""
    sound = Target("sound", st.integers(0, 1000), lambda number: None, 1)
    targets = {"sound": sound, "broken": sound._replace(name="broken", promise=broken)}
    monkeypatch.setattr(fuzz, "TARGETS", targets)
    return lambda *arguments: (fuzz.main([*arguments, "--seed", "1"]), capsys.readouterr().out)


def test_a_sound_target_is_tried_as_often_as_was_asked_for(run):
    status, said = run("--target", "sound", "--cases", "450")
    assert status == 0
    assert re.search(r"^\| sound \| 450 \| \d+ \| 0 \|$", said, re.MULTILINE)
    assert re.search(r"^\| all \| 450 \|", said, re.MULTILINE)


def test_what_breaks_a_promise_is_printed_as_small_as_it_can_be(run):
    status, said = run("--target", "broken", "--cases", "1000")
    assert status == 1
    assert "case=500" in said
    assert re.search(r"^\| broken \| [\d,]+ \| \d+ \| 1 \|$", said, re.MULTILINE)


def test_the_search_ends_when_its_time_is_over(run):
    status, said = run("--target", "sound", "--cases", "1000000000", "--seconds", "0")
    assert status == 0
    assert re.search(r"^\| sound \| 0 \|", said, re.MULTILINE)


def test_every_target_goes_by_its_name():
    assert all(target.name == name for name, target in TARGETS.items())


def refuse(sentence, kind=ValueError):
    raise kind(sentence)


@pytest.mark.parametrize(
    "work",
    [
        lambda: refuse("bytes are wrong"),
        lambda: refuse("weights are wrong\nand more"),
        lambda: refuse("weights are wrong" * 99),
        lambda: refuse("weights are wrong", KeyError),
        lambda: b"x".decode("utf-16"),
        lambda: bytes(9_000_000),
        lambda: sum(range(10**6)) and refuse("weights", RuntimeWarning),
    ],
    ids=range(7),
)
def test_a_refusal_is_a_sentence_and_anything_else_is_broken(work):
    """Of other things, on two lines, too long, of another kind, of Python's own, at what cost."""
    assert attempt(lambda: refuse("weights are wrong"), "weights", 5) is None
    assert attempt(lambda: 7, "weights", 5) == 7
    with pytest.raises((AssertionError, KeyError, UnicodeDecodeError, RuntimeWarning)):
        attempt(work, "weights", 5)
