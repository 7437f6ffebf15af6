"""The table in ``docs/quality.md``: the bench replaces the rows that it measured, and no others."""

import pytest

import bench
import quality

TEXT = f"# Quality\n\n{quality.BEGIN}\n\n{quality.END}\n\nThe end.\n"
FIGURES = {"pen.later.p95": 27.71, "start.page_ready_ratio": 0.1404}
TARGETS = {"pen.later.p95": {"figure": 27.71, "limit": 25, "reached": False}}


def table(text):
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("|")]
    return {(row[0], row[1]): row[2:] for row in rows[2:]}


def test_measured_figures_become_rows_in_the_order_of_the_list():
    text = quality.update(TEXT, FIGURES, TARGETS, "Chromium 156", "2026-11-27")
    rows = table(text)
    page, pen = rows
    assert page[0].startswith("page ready")
    assert rows[page] == ["0.140", "", "", "`tools/bench.py --only start`", "2026-11-27"]
    assert rows[pen] == ["27.7 ms", "25.0 ms", "no", "`tools/bench.py --only pen`", "2026-11-27"]
    assert text.startswith("# Quality\n")
    assert text.endswith("The end.\n")


def test_a_later_run_replaces_only_what_it_measured_in_its_browser():
    text = quality.update(TEXT, FIGURES, TARGETS, "Chromium 156", "2026-11-27")
    text = quality.update(text, {"pen.later.p95": 20}, {}, "Chromium 156", "2026-11-28")
    text = quality.update(text, {"pen.later.p95": 32}, {}, "Firefox 153", "2026-11-28")
    dates = [(key[1], row[0], row[-1]) for key, row in table(text).items()]
    assert dates == [
        ("Chromium 156", "0.140", "2026-11-27"),
        ("Chromium 156", "20.0 ms", "2026-11-28"),
        ("Firefox 153", "32.0 ms", "2026-11-28"),
    ]


def test_a_row_of_a_figure_that_no_longer_exists_is_dropped():
    row = f"| {' | '.join(['gone', *quality.HEADS[1:]])} |\n"
    text = TEXT.replace(quality.END, row + quality.END)
    assert table(quality.update(text, {}, {}, "Chromium 156", "2026-11-27")) == {}


@pytest.mark.parametrize("text", ["", f"{quality.END} {quality.BEGIN}", TEXT + quality.BEGIN])
def test_a_file_without_the_two_marks_is_refused(text):
    with pytest.raises(ValueError, match="once each"):
        quality.update(text, {}, {}, "Chromium 156", "2026-11-27")


def test_every_target_has_a_row():
    """A figure with a goal must not be missing from the document."""
    assert set(bench.TARGETS) - {"size.share_of_bare"} <= set(quality.FIGURES)
