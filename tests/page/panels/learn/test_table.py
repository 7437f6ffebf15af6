"""The table of the charts: few rows, the right ones, and the numbers that are said at the cursor."""

from page.panels.learn.charts import table

NAN = float("nan")


def run(count):
    """Make points 2,000 images apart; the test images are measured at every fourth."""
    return [
        (128 + 2000 * at, 7 / (1 + at), 8 / (1 + at) if at % 4 == 0 else NAN, 0.9, 0.8)
        for at in range(count)
    ]


def test_a_short_run_is_shown_in_full():
    """A long one in forty rows, from its first point to its last."""
    assert table.stops(run(0), []) == []
    assert table.stops(run(40), []) == list(range(40))
    for count in (41, 500, 3000):
        rows = table.stops(run(count), [])
        assert len(rows) <= table.ROWS
        assert (rows[0], rows[-1]) == (0, count - 1)
        assert all(b > a for a, b in zip(rows, rows[1:]))
        # Evenly spaced on the axis: as many in its last factor of ten as in the one before.
        late = [row for row in rows if row > count / 10]
        assert 8 <= len(late) <= 25


def test_where_something_was_changed_there_is_a_row():
    """Of very many changes, the latest."""
    points = run(500)
    marks = [{"images": points[at][0] - 5, "code": "rate", "value": 0.01} for at in (77, 301)]
    assert {77, 301} <= set(table.stops(points, marks))
    marks = [{"images": point[0], "code": "rate", "value": 0.01} for point in points]
    rows = table.stops(points, marks)
    assert len(rows) <= table.ROWS
    assert set(range(490, 500)) <= set(rows)


def test_rows_with_measured_test_images_are_preferred():
    """Otherwise most rows would lack the number that counts."""
    points = run(500)
    rows = table.stops(points, [])
    late = [row for row in rows if row > 40]
    assert sum([points[row][2] == points[row][2] for row in late]) > len(late) / 2


def test_a_mark_belongs_to_the_first_point_after_it():
    """What happened twice at one point is said once."""
    points = run(10)
    marks = [
        {"images": 0, "code": "rewound", "value": None},
        {"images": 0, "code": "rewound", "value": None},
        {"images": 2129, "code": "rate", "value": 0.0005},
        {"images": 2200, "code": "augment", "value": True},
        {"images": 10**9, "code": "edited"},
    ]
    said = table.notes(points, marks, [4000, 4128])
    assert said[0] == "went back"
    assert said[2] == "learning rate set to 0.0005; augmentation switched on; kept as a moment"
    assert said[9] == "dials changed by hand"
    assert len(said) == 3
    assert table.notes([], marks, [0]) == {}


def test_every_setting_has_words():
    """For each name in the engine's settings that can change during a run."""
    for code in ("cost", "optimiser", "rate", "batch", "decay", "augment", "seed", "count"):
        assert code in table.MARKS
    assert table.mark_words("optimiser", "descent") == "optimiser: gradient descent"
    assert table.mark_words("count", 60000) == "learning from 60,000 images"
    assert table.mark_words("some_thing", None) == "some thing"


def test_the_sentence_says_when_the_test_images_were_measured():
    """Or that they were not."""
    points = run(6)
    assert table.sentence(points, 4, 0) == "8,128 images: training 1.400, test 1.600."
    assert table.sentence(points, 5, 0) == "10,128 images: training 1.167, test 1.600 at 8,128."
    assert table.sentence(points, 5, 1) == "10,128 images: training 90.0\u202f%, test 80.0\u202f%."
    assert table.sentence([(5, 1.0, NAN, 0.5, NAN)], 0, 0) == "5 images: training 1.000."


def test_the_table_has_a_cell_for_each_number():
    """And a dash where there is none."""
    written = table.table(run(3), [])
    assert written.count("<tr>") == 4
    assert '<th scope="row">2,128</th><td>3.500</td><td>–</td><td>90.0\u202f%</td>' in written
