"""How measurements are judged and shown; the measurements themselves are not tested by time."""

import pytest

import bench

RESULTS = {
    "start": {"page_ready_ratio": 0.2, "engine_ready_ratio": 1.21},
    "feedforward": {"1": {"engine_ms": 0.1, "best_tfjs_ms": 0.1}},
}


@pytest.fixture
def verdicts():
    return bench.judged(RESULTS)


def test_a_figure_at_its_limit_has_reached_it(verdicts):
    assert verdicts["start.page_ready_ratio"] == {"figure": 0.2, "limit": 0.2, "reached": True}


def test_a_figure_beyond_its_limit_has_not(verdicts):
    assert not verdicts["start.engine_ready_ratio"]["reached"]


def test_as_fast_is_not_faster(verdicts):
    assert not verdicts["feedforward.1.engine_ms"]["reached"]


def test_what_was_not_measured_is_not_judged(verdicts):
    assert "pen.move_to_paint_ms.p95" not in verdicts
    assert "feedforward.1000.engine_ms" not in verdicts


def test_the_table_says_what_was_reached(verdicts):
    lines = bench.table(RESULTS | {"targets": verdicts}).splitlines()
    assert [line for line in lines if line.endswith("(at most 1.2): NOT REACHED")]
    assert [line for line in lines if line.endswith("(at most 0.2): reached")]


def test_a_site_that_was_not_built_is_a_clear_error(tmp_path, capsys):
    assert bench.main(["--site", str(tmp_path)]) == 1
    assert "make site" in capsys.readouterr().err
