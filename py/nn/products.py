"""The matrix product, in the form that is fastest here."""

import sys

import numpy as np


def summed(A, B):
    """Compute A @ B where NumPy has no BLAS, as in a browser.

    There ``@`` keeps each sum in memory while it grows, and ``einsum`` keeps it in a register, which takes
    half the time (NumPy 2.2.5 in Pyodide 0.29.5). It is fastest if the numbers of each row of A lie side by
    side in memory, and so do those of each row or of each column of B.
    """
    if B.shape[1] == 1:
        return A @ B  # It is done before einsum has begun.
    return np.einsum("ij,jk->ik", A, B)


product = summed if sys.platform == "emscripten" else np.matmul
