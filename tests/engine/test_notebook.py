"""The notebook: Jupyter's format, and cells that compute what the engine computes."""

import contextlib
import io
import json
import re
import sys
from pathlib import Path

import numpy as np
import pytest

from engine import session as sessions
from engine.learning import files as offered
from nn import files
from nn.network import Network

ROOT = Path(__file__).parents[2]
SEVEN = np.array([[100.0, 90], [260, 84], [170, 330]])


@pytest.fixture
def session(monkeypatch):
    """A session of which the engine's functions know; a 7 is on its pad."""
    new = sessions.Session()
    monkeypatch.setattr(offered, "session", new)
    new.look_at([SEVEN], True)
    return new


def use(session, network):
    session.open("one", network)
    session.use("one")


def shipped(activation):
    return files.load(ROOT / f"weights/784-16-16-10-{activation}.npz")


def written():
    return json.loads(offered.save_notebook()["file"].tobytes().decode())


def run(notebook):
    """Run every code cell in turn, as Jupyter would. Returns the names they define and what each prints."""
    names, printed = {}, []
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                exec("".join(cell["source"]), names)
            printed.append(out.getvalue())
    return names, printed


@pytest.fixture
def without_matplotlib(monkeypatch):
    """Have pictures drawn as characters, on every machine."""
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", None)


def test_it_is_a_notebook_of_format_4_5(session):
    """By the rules of nbformat.v4.5.schema.json: required fields, no others, and ids of its form."""
    use(session, shipped("sigmoid"))
    notebook = written()
    assert set(notebook) == {"cells", "metadata", "nbformat", "nbformat_minor"}
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    assert {"name", "display_name"} <= set(notebook["metadata"]["kernelspec"])
    assert "name" in notebook["metadata"]["language_info"]
    fields = {
        "markdown": {"cell_type", "id", "metadata", "source"},
        "code": {"cell_type", "id", "metadata", "source", "execution_count", "outputs"},
    }
    for cell in notebook["cells"]:
        assert set(cell) == fields[cell["cell_type"]]
        assert re.fullmatch(r"[a-zA-Z0-9-_]{1,64}", cell["id"])
        assert isinstance(cell["metadata"], dict)
        assert all(isinstance(line, str) for line in cell["source"])
        assert all(line.endswith("\n") for line in cell["source"][:-1])
        if cell["cell_type"] == "code":
            assert (cell["execution_count"], cell["outputs"]) == (None, [])
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("activation", ["sigmoid", "relu"])
def test_its_cells_compute_what_the_engine_computes(session, activation, without_matplotlib):
    """They have nothing but NumPy, and end with the digit that the page reads."""
    use(session, shipped(activation))
    answer = session.answer()
    names, printed = run(written())
    ours = np.concatenate(names["activations"])[:, 0]
    assert ours == pytest.approx(answer["a"], rel=1e-6, abs=1e-7)
    assert names["pixels"].tobytes() == answer["a"][:784].tobytes()
    assert f"The brightest output: {answer['digit']}\n" in printed[-2]
    assert "Weights and biases: 13002\n" in "".join(printed)


@pytest.mark.parametrize("hidden", [(), (3,), (5, 4, 3)])
def test_it_is_for_any_shape(session, hidden, without_matplotlib):
    """Without hidden layers, the first neuron is an output, and therefore a sigmoid."""
    use(session, Network.random((784, *hidden, 10), "relu", np.random.default_rng(2)))
    names, printed = run(written())
    assert np.concatenate(names["activations"])[:, 0] == pytest.approx(
        session.answer()["a"], abs=1e-6
    )
    first = float(names["activations"][1][0, 0])
    assert f"activation {first:.2f}\n" in "".join(printed)


def test_another_network_can_be_put_in(session, tmp_path, monkeypatch, without_matplotlib):
    """Its file lies beside the notebook; one "#" is removed."""
    use(session, Network.random((784, 16, 16, 10), "sigmoid", np.random.default_rng(2)))
    notebook = written()
    (tmp_path / "784-16-16-10-sigmoid.npz").write_bytes(offered.save_network()["file"])
    use(session, shipped("relu"))
    (tmp_path / "784-16-16-10-sigmoid.npz").write_bytes(offered.save_network()["file"])
    monkeypatch.chdir(tmp_path)
    source = [cell["source"] for cell in notebook["cells"]]
    [line] = [
        (lines, at) for lines in source for at in range(len(lines)) if "# network =" in lines[at]
    ]
    line[0][line[1]] = line[0][line[1]].removeprefix("# ")
    names, _ = run(notebook)
    assert np.concatenate(names["activations"])[:, 0] == pytest.approx(
        session.answer()["a"], abs=1e-6
    )


def test_the_drawing_is_shown_as_characters_where_there_is_no_matplotlib(
    session, without_matplotlib
):
    use(session, shipped("sigmoid"))
    names, printed = run(written())
    [shown] = [text for text in printed if text.count("\n") == 28]
    rows = shown.splitlines()
    assert {len(row) for row in rows} == {56}
    lit = np.array([[pair != "  " for pair in re.findall("..", row)] for row in rows])
    assert np.array_equal(lit, names["pixels"] * 9.99 >= 1)


@pytest.mark.parametrize(
    ("strokes", "told"),
    [
        ([SEVEN], "The page said **7**."),
        ([], "The pad was empty, so the picture is black and the page gave no answer."),
    ],
)
def test_it_tells_what_the_page_said(session, strokes, told):
    use(session, shipped("sigmoid"))
    session.look_at(strokes, True)
    texts = ["".join(cell["source"]) for cell in written()["cells"]]
    assert any(told in text for text in texts)
    assert not any("<<" in text for text in texts)


def test_an_answer_that_is_unsure_is_told(session):
    use(session, shipped("sigmoid"))
    session.edit("zero", [3], "")
    assert session.answer()["why"] == "unsure"
    assert any("no output stood out" in "".join(cell["source"]) for cell in written()["cells"])


def test_ink_that_is_apart_is_told(session):
    use(session, shipped("sigmoid"))
    session.look_at([[(20, 50), (20, 150)], [(120, 50), (120, 150)]], True)
    assert any("side by side" in "".join(cell["source"]) for cell in written()["cells"])


def test_many_strokes_are_told(session):
    """Three strokes, and an output at 0.73."""
    W = [np.zeros((10, 784), np.float32)]
    use(session, Network(W, [np.where(np.arange(10) == 3, 1, -9)[:, None].astype(np.float32)]))
    session.look_at([[(20, y), (120, y)] for y in (20, 70, 120)], True)
    assert session.answer()["why"] == "strokes"
    assert any("so many strokes" in "".join(cell["source"]) for cell in written()["cells"])


def test_what_nobody_reads_is_folded(session):
    """Only the cell with the data has a long line; notebooks show it folded."""
    use(session, shipped("sigmoid"))
    for cell in written()["cells"]:
        is_long = max(map(len, cell["source"])) > 200
        assert is_long == (cell["metadata"] == {"jupyter": {"source_hidden": True}})
