"""The axes of the charts span all that there is to show, with few and round ticks."""

from page.panels.learn.charts import axes

NAN = float("nan")


def span(*points):
    made = axes.Span()
    made.add(points)
    return made


def test_both_axes_span_every_number():
    """What was not measured, or has exploded, counts for nothing."""
    made = span((128, 6.9, NAN, 0.1, NAN), (4000, 0.31, 0.42, 0.9, 0.9), (70000, 0.06, NAN, 1, NAN))
    made.add([(200000, float("inf"), 0.3, 1, 1)])
    images, cost = made.images(6), made.cost()
    assert (images.low, images.high) == (100, 200000)
    assert (cost.low, cost.high) == (0.05, 10)
    assert images.labels == ["100", "1k", "10k", "100k"]
    assert cost.labels == ["0.1", "0.3", "1", "3", "10"]


def test_there_are_axes_before_there_are_points():
    """And with a single one, of whatever value."""
    for made in (span(), span((0, NAN, 2.0, NAN, 0.1)), span((64, 1.0, 1.0, 0, 0))):
        for axis in (made.images(6), made.cost()):
            assert axis.low < axis.high
            assert len(axis.ticks) == len(axis.labels) > 0


def test_ticks_are_as_dense_as_there_is_room_and_lie_on_the_axis():
    """On a phone as in the longest run."""
    for low, high in ((100, 1000), (100, 5e6), (1e-6, 1e12), (0.05, 0.2), (30, 31)):
        for most in (3, 6, 12):
            ticks = axes.log_ticks(low, high, most)
            assert len(ticks) <= most
            assert all(0.99 * low <= tick <= 1.01 * high for tick in ticks)
            assert all(b > a for a, b in zip(ticks, ticks[1:]))
    for high, round_numbers in ((1000, "100 200 500 1000"), (10000, "100 300 1000 3000 10000")):
        ticks = axes.log_ticks(100, high, 6)
        assert " ".join(["%g" % tick for tick in ticks]) == round_numbers


def test_accuracy_is_always_shown_from_nothing_to_everything():
    """So the line rises as the network learns, not as the axis changes."""
    axis = axes.accuracy()
    assert (axis.low, axis.high, axis.log) == (0, 1, False)
    assert axis.labels[0] == "0\u202f%"
    assert axis.labels[-1] == "100\u202f%"
