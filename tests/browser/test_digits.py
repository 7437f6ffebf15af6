"""Ten digits, drawn by hand, are read; and what the page shows is what the network computes."""

import digits
import numpy as np
import pytest

from nn import files


@pytest.mark.parametrize("digit", range(10))
def test_a_drawn_digit_is_read(page, digit):
    """The whole way, as a visitor goes it: pointer events in, an answer in words out."""
    page.draw(digits.strokes(digit))
    assert page.answer() == str(digit)
    assert str(digit) in page.words()
