"""Hypothesis strategies for drawings, plausible and not."""

from hypothesis import strategies as st

# ``wild`` is any finite number; ``pads`` are positions on a pad 400 wide as a screen reports them.
wild = st.floats(allow_nan=False, allow_infinity=False)
pads = st.integers(0, 400 * 64).map(lambda n: n / 64)


def drawings(coordinate, least=1):
    """Make a strategy for up to four strokes of up to twelve points."""
    points = st.lists(st.tuples(coordinate, coordinate), min_size=least, max_size=12)
    return st.lists(points, min_size=least, max_size=4)
