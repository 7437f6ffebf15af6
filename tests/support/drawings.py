"""Strategies for what somebody, or nobody, would draw.

Public: ``wild``, ``pads`` and ``drawings``.
"""

from hypothesis import strategies as st

# Any finite number, and places on a pad 400 wide as a screen reports them.
wild = st.floats(allow_nan=False, allow_infinity=False)
pads = st.integers(0, 400 * 64).map(lambda n: n / 64)


def drawings(coordinate, least=1):
    """Make strategies for up to four strokes of up to a dozen points."""
    points = st.lists(st.tuples(coordinate, coordinate), min_size=least, max_size=12)
    return st.lists(points, min_size=least, max_size=4)
