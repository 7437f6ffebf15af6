"""The line trace: what Python reports, compared with the source."""

import ast
import sys
from pathlib import Path

import numpy as np
import pytest

from engine import line_trace
from nn.network import Network

# The line that the video ends with, σ(W a + b), but for the σ.
PRODUCT = "z = product(W, a) + b"

NN = Path(__file__).resolve().parent.parent.parent / "py/nn"


def texts(layer, module):
    """Return the lines of a module that ran for a layer, as text."""
    source = (NN / f"{module}.py").read_text("utf-8").splitlines()
    return [source[number - 1].strip() for number in layer[module]]


def traced(activation, shape=(5, 4, 3, 2)):
    network = Network.random(shape, activation, np.random.default_rng(0))
    return line_trace.lines(network, np.zeros((shape[0], 1), np.float32))


def line_of_return(function):
    """Find the line where a function of nn.activations returns."""
    tree = ast.parse((NN / "activations.py").read_text("utf-8"))
    [found] = [node for node in tree.body if getattr(node, "name", "") == function]
    [last] = [node for node in ast.walk(found) if isinstance(node, ast.Return)]
    return last.lineno


@pytest.mark.parametrize("activation", ["sigmoid", "relu"])
@pytest.mark.parametrize("shape", [(5, 4, 3, 2), (5, 2)])
def test_every_layer_runs_the_line_of_the_weighted_sum(activation, shape):
    """For the input, only the check of its shape runs."""
    first, *others = traced(activation, shape)
    assert len(others) == len(shape) - 1
    for layer in others:
        assert [line for line in texts(layer, "network") if "product" in line] == [PRODUCT]
    returned = ["return trace" in texts(layer, "network") for layer in others]
    assert returned == [False] * (len(others) - 1) + [True]
    assert "a = np.asarray(a, np.float32)" in texts(first, "network")
    assert not any("product" in line for line in texts(first, "network"))
    assert first["activations"] == []


def test_hidden_layers_run_their_function_and_outputs_the_sigmoid():
    """With ReLU, the outputs are still sigmoids, as in the video."""
    sigmoid, relu = line_of_return("sigmoid"), line_of_return("relu")
    for layer in traced("sigmoid")[1:]:
        assert sigmoid in layer["activations"]
        assert relu not in layer["activations"]
    *hidden, output = traced("relu")[1:]
    for layer in hidden:
        assert relu in layer["activations"]
        assert sigmoid not in layer["activations"]
    assert sigmoid in output["activations"]
    assert relu not in output["activations"]


def test_an_earlier_trace_function_is_restored():
    """Such as a debugger's; also after an error."""
    before = sys.gettrace()
    traced("relu")
    assert sys.gettrace() is before
    network = Network.random((3, 2), "relu", np.random.default_rng(0))
    with pytest.raises(ValueError, match="expected columns"):
        line_trace.lines(network, np.zeros((4, 1)))
    assert sys.gettrace() is before
