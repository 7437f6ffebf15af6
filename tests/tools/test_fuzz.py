"""Test that the long search finds a broken promise, reports the case, and counts what it tried."""

import re

import pytest
from hypothesis import strategies as st
from targets import TARGETS
from targets.target import Target, attempt

import fuzz


def broken(number):
    """A promise that does not hold for every number."""
    assert number < 500


@pytest.fixture
def run(monkeypatch, capsys):
    """A function that searches a valid and a broken target. Returns the exit status and the output."""
    valid = Target("valid", st.integers(0, 1000), lambda number: None, 1)
    targets = {"valid": valid, "broken": valid._replace(name="broken", promise=broken)}
    monkeypatch.setattr(fuzz, "TARGETS", targets)
    return lambda *arguments: (fuzz.main([*arguments, "--seed", "1"]), capsys.readouterr().out)


def test_a_target_is_tried_as_often_as_requested(run):
    status, said = run("--target", "valid", "--cases", "450")
    assert status == 0
    assert re.search(r"^\| valid \| 450 \| \d+ \| 0 \|$", said, re.MULTILINE)
    assert re.search(r"^\| all \| 450 \|", said, re.MULTILINE)


def test_a_case_that_breaks_a_promise_is_printed_in_its_smallest_form(run):
    status, said = run("--target", "broken", "--cases", "1000")
    assert status == 1
    assert "case=500" in said
    assert re.search(r"^\| broken \| [\d,]+ \| \d+ \| 1 \|$", said, re.MULTILINE)


def test_the_search_ends_when_its_time_is_up(run):
    status, said = run("--target", "valid", "--cases", "1000000000", "--seconds", "0")
    assert status == 0
    assert re.search(r"^\| valid \| 0 \|", said, re.MULTILINE)


def test_every_target_is_listed_under_its_own_name():
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
def test_an_error_that_is_not_a_clear_sentence_breaks_the_promise(work):
    """It has the wrong subject, two lines, too many characters, another type, or costs too much."""
    assert attempt(lambda: refuse("weights are wrong"), "weights", 5) is None
    assert attempt(lambda: 7, "weights", 5) == 7
    with pytest.raises((AssertionError, KeyError, UnicodeDecodeError, RuntimeWarning)):
        attempt(work, "weights", 5)
