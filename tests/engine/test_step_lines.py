"""The lines of a step of learning: what Python reports, compared with the source."""

import ast
import sys
from pathlib import Path

import numpy as np
import pytest

from engine.learning import step_lines
from engine.session import Session
from nn.network import Network

NN = Path(__file__).resolve().parent.parent.parent / "py/nn"


@pytest.fixture
def session(monkeypatch):
    """A session with a random network and an empty pad."""
    fresh = Session()
    fresh.open("random", Network.random((784, 5, 10), "relu", np.random.default_rng(0)))
    fresh.use("random")
    fresh.look_at([], straighten=True)
    monkeypatch.setattr(step_lines, "session", fresh)
    return fresh


def owners(module, lines):
    """Return the names of the functions and methods to which lines belong."""
    tree = ast.parse((NN / f"{module}.py").read_text("utf-8"))
    found = set()
    for outer in tree.body:
        for node in (outer, *getattr(outer, "body", ())):
            if isinstance(node, ast.FunctionDef) and any(
                node.lineno <= line <= node.end_lineno for line in lines
            ):
                found.add(node.name if node is outer else f"{outer.name}.{node.name}")
    return found


def test_the_whole_of_backpropagation_runs(session):
    """All of its lines but the two that refuse a batch, whatever the depth."""
    ran = step_lines.step_lines("cross-entropy", "adam")
    source = (NN / "learning.py").read_text("utf-8").splitlines()
    texts = [source[line - 1].strip() for line in ran["learning"]]
    assert "gradient.W[layer] = product(delta, trace.a[layer].T)" in texts
    assert "delta = product(network.W[layer].T, delta) * slope" in texts
    assert not any(text.startswith("raise") for text in texts)


@pytest.mark.parametrize(
    ("cost", "run", "not_run"),
    [
        ("cross-entropy", "_cross_entropy", "_quadratic"),
        ("quadratic", "_quadratic", "_cross_entropy"),
    ],
)
def test_the_cost_that_was_chosen_runs(cost, run, not_run, session):
    names = owners("learning", step_lines.step_lines(cost, "adam")["learning"])
    assert {"backpropagate", run, f"{run}_slope"} <= names
    assert not {not_run, f"{not_run}_slope"} & names


@pytest.mark.parametrize(
    ("optimiser", "changes"),
    [("adam", "Adam"), ("momentum", "Momentum"), ("descent", "GradientDescent")],
)
def test_the_optimiser_that_was_chosen_runs(optimiser, changes, session):
    """Nothing else of it does: it was made before."""
    ran = step_lines.step_lines("cross-entropy", optimiser)["optimisers"]
    assert owners("optimisers", ran) == {"GradientDescent.step", f"{changes}.change"}


def test_trying_a_step_changes_nothing(session):
    """Neither the network nor what Python traces."""
    network = session.network
    before = [array.copy() for array in (*network.W, *network.b)]
    tracer = sys.gettrace()
    step_lines.step_lines("quadratic", "momentum")
    assert sys.gettrace() is tracer
    assert session.network is network
    for array, copy in zip((*network.W, *network.b), before, strict=True):
        assert np.array_equal(array, copy)
