"""Test both forms of the matrix product: browsers use the one that is not used here."""

import sys

import numpy as np
import pytest

from nn import products


@pytest.mark.parametrize("columns", [1, 3, 128])
@pytest.mark.parametrize("order", ["C", "F"])
def test_the_form_for_browsers_agrees_with_exact_sums(order, columns, rng):
    """The oracle is the product of float64 numbers. Rows may lie in memory either way round."""
    A = rng.normal(0, 1, (16, 784)).astype(np.float32)
    B = np.asarray(rng.random((784, columns)), np.float32, order=order)
    found = products.summed(A, B)
    assert found.dtype == np.float32
    assert found.shape == (16, columns)
    assert found == pytest.approx(A.astype(float) @ B.astype(float), abs=1e-4)


def test_the_form_depends_on_where_it_runs():
    assert products.product is (products.summed if sys.platform == "emscripten" else np.matmul)
