"""Which pixels the column shows."""

from page.diagram.layout import PIXELS, SHOWN
from page.diagram.pixel_column import FAINT, choose, describe


def row(*inked):
    """Return a row of pixels in which these columns are white."""
    return [1.0 if column in inked else 0.0 for column in range(PIXELS)]


def every_run():
    """Yield each row with a single run of ink, as its first and last column."""
    for first in range(PIXELS):
        for last in range(first, PIXELS):
            yield first, last


def test_the_column_is_always_full_and_in_order():
    """There are as many pixels as places, each once, and all of them are in the row."""
    for first, last in every_run():
        shown = choose(row(*range(first, last + 1)))
        assert len(shown) == SHOWN
        assert shown == sorted(set(shown))
        assert 0 <= shown[0] <= shown[-1] < PIXELS


def test_ink_that_fits_is_shown_whole():
    """No inked pixel is left out while there is room."""
    for first, last in every_run():
        if last - first < SHOWN:
            assert set(range(first, last + 1)) <= set(choose(row(*range(first, last + 1))))


def test_wide_ink_is_shown_at_both_ends():
    """The first and last inked pixel are among the shown ones: that is where the strokes are."""
    for first, last in every_run():
        shown = choose(row(*range(first, last + 1)))
        assert first in shown
        assert last in shown


def test_a_black_row_shows_its_middle():
    """While nothing is drawn, the column shows the middle of the image."""
    shown = choose(row())
    assert shown[0] <= PIXELS // 2 <= shown[-1]
    assert shown[0] > 4
    assert shown[-1] < 23


def test_a_trace_of_grey_is_not_ink():
    """Grey too faint to see does not move the column."""
    values = row(14)
    values[0] = FAINT
    assert choose(values) == choose(row(14))


def test_the_pixel_that_must_be_shown_is():
    """A pixel that is pointed at is in the column, wherever the ink is."""
    for must in range(PIXELS):
        shown = choose(row(3, 4, 20), must)
        assert must in shown
        assert len(shown) == SHOWN


def test_one_run_is_described_by_its_ends():
    """The page says which pixels these are."""
    assert describe(14, list(range(8, 20))) == "row 14, columns 8–\u206019"


def test_two_runs_are_described_by_the_ends_of_both():
    """The pixels between the runs are not shown."""
    shown = list(range(5, 11)) + list(range(17, 23))
    assert describe(3, shown) == "row 3, columns 5–\u206010 and 17–\u206022"
