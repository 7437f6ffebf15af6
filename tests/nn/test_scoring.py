"""Test when there is an answer, and scores against hand-worked values and scikit-learn."""

import numpy as np
import pytest

from nn.scoring import (
    CLEAR,
    CONVINCING,
    MANY,
    SURE,
    Verdict,
    accuracy,
    balanced_accuracy,
    choices,
    confusion_matrix,
    verdict,
)


def outputs(**lit):
    """Make ten dark outputs except for those named: _3=0.9 lights the fourth."""
    column = np.full((10, 1), 0.01, np.float32)
    for name, brightness in lit.items():
        column[int(name[1:])] = brightness
    return column


def test_a_single_bright_output_is_the_answer():
    """The outputs may be a column or flat, and the digit is a Python int."""
    assert verdict(outputs(_7=0.97)) == Verdict(7, "")
    assert verdict(outputs(_7=0.97).ravel()) == Verdict(7)
    assert type(verdict(outputs(_7=0.97)).digit) is int


@pytest.mark.parametrize("brightest", [0.01, 0.3, CONVINCING - 0.01])
def test_dark_outputs_are_unsure(brightest):
    """If no output lights up, the drawing is not a digit that the network knows."""
    assert verdict(outputs(_2=brightest)) == Verdict(None, "unsure")


def test_two_bright_outputs_are_unsure():
    """If 4 and 9 both light up there is no answer, unless one is clearly brighter."""
    assert verdict(outputs(_4=0.9, _9=0.9 - CLEAR + 0.01)) == Verdict(None, "unsure")
    assert verdict(outputs(_4=0.9, _9=0.9 - CLEAR - 0.01)) == Verdict(4)
    assert verdict(outputs(_4=0.9, _9=0.9)) == Verdict(None, "unsure")


def test_an_output_equal_to_the_limit_is_an_answer():
    assert verdict(outputs(_0=CONVINCING)) == Verdict(0)


def test_a_blank_drawing_has_no_answer_whatever_lights_up():
    assert verdict(outputs(_1=1), ink=False) == Verdict(None, "blank")


def test_ink_in_parts_side_by_side_has_no_answer_whatever_lights_up():
    assert verdict(outputs(_1=1), apart=True) == Verdict(None, "apart")
    assert verdict(outputs(_1=1), ink=False, apart=True) == Verdict(None, "blank")


def test_an_answer_to_many_strokes_has_to_be_brighter():
    """Few digits have as many, but most letters that look like a digit do not light it as much."""
    dim, bright = outputs(_4=SURE - 0.01), outputs(_4=SURE)
    assert verdict(dim, strokes=MANY - 1) == Verdict(4)
    assert verdict(dim, strokes=MANY) == Verdict(None, "strokes")
    assert verdict(bright, strokes=MANY) == Verdict(4)
    assert verdict(outputs(_4=CONVINCING - 0.01), strokes=MANY) == Verdict(None, "unsure")
    assert verdict(bright, apart=True, strokes=MANY) == Verdict(None, "apart")


def test_a_single_output_has_no_runner_up():
    """Other tasks have other numbers of outputs."""
    assert verdict([0.8]) == Verdict(0)


@pytest.mark.parametrize("bad", [[], 0.9, np.ones((10, 2)), np.ones((1, 10)), [0.9, np.nan]])
def test_anything_but_one_column_of_outputs_is_refused(bad):
    with pytest.raises(ValueError, match="outputs have"):
        verdict(bad)


def test_choices_are_the_brightest_outputs_of_each_column():
    assert choices(np.hstack([outputs(_3=0.4), outputs(_8=0.9)])).tolist() == [3, 8]


CHOSEN = np.array([0, 0, 0, 1, 1, 2, 2])
LABELS = np.array([0, 0, 1, 1, 2, 2, 2])


def test_scores_match_values_worked_by_hand():
    """Five of seven are right; of the three classes all, one half and two thirds."""
    assert accuracy(CHOSEN, LABELS) == pytest.approx(5 / 7)
    assert balanced_accuracy(CHOSEN, LABELS) == pytest.approx((1 + 1 / 2 + 2 / 3) / 3)
    assert confusion_matrix(CHOSEN, LABELS, 3).tolist() == [[2, 0, 0], [1, 1, 0], [0, 1, 2]]


def test_scores_agree_with_scikit_learn(rng):
    metrics = pytest.importorskip("sklearn.metrics")
    chosen, labels = rng.integers(0, 10, (2, 300))
    assert accuracy(chosen, labels) == metrics.accuracy_score(labels, chosen)
    assert balanced_accuracy(chosen, labels) == pytest.approx(
        metrics.balanced_accuracy_score(labels, chosen)
    )
    expected = metrics.confusion_matrix(labels, chosen, labels=range(10))
    assert np.array_equal(confusion_matrix(chosen, labels, 10), expected)


def test_balanced_accuracy_leaves_out_classes_without_labels():
    """No label is 9. Choosing 9 is wrong, but there is no class 9 to score."""
    assert balanced_accuracy([9, 1], [0, 1]) == 0.5


@pytest.mark.parametrize("score", [accuracy, balanced_accuracy])
@pytest.mark.parametrize(("chosen", "labels"), [([], []), ([1], [1, 2]), ([[1]], [[1]])])
def test_scores_of_unequal_or_no_choices_are_refused(score, chosen, labels):
    """The mean of nothing is undefined."""
    with pytest.raises(ValueError, match="choices and labels"):
        score(chosen, labels)


@pytest.mark.parametrize(("chosen", "labels"), [([3], [0]), ([0], [-1])])
def test_a_confusion_matrix_with_unknown_classes_is_refused(chosen, labels):
    with pytest.raises(ValueError, match="expected 0 to 2"):
        confusion_matrix(chosen, labels, 3)
