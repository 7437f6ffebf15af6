"""The network as a file and back, the lines of NumPy that the page shows, and the files that are refused."""

import html
import io
import re
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from engine import session as sessions
from engine.learning import files as offered
from nn import files
from nn.network import Network
from page.panels.networks import refusals

ROOT = Path(__file__).parents[2]
PANEL = ROOT / "py/page/panels/networks/panel.html"
SEVEN = np.array([[100.0, 90], [260, 84], [170, 330]])


@pytest.fixture
def session(monkeypatch):
    """A session of which the engine's functions know; a 7 is on its pad."""
    new = sessions.Session()
    monkeypatch.setattr(offered, "session", new)
    new.look_at([SEVEN], True)
    return new


def shipped(session, name):
    session.open(name, files.load(ROOT / f"weights/{name}.npz"))
    session.use(name)
    return session


def packed(network):
    file = io.BytesIO()
    files.save(file, network)
    return file.getvalue()


def made(shape, activation="relu"):
    return Network.random(shape, activation, np.random.default_rng(5))


def lines():
    """Read the lines of NumPy as the page shows them."""
    shown = re.search(r'<pre id="numpy-lines".*?>(.*?)</pre>', PANEL.read_text(), re.DOTALL)[1]
    return html.unescape(shown)


def test_there_are_five_lines_of_plain_numpy():
    """They fit beside each other on a page, and import nothing else."""
    importing, empty, *rest = lines().strip().split("\n")
    assert (importing, empty) == ("import numpy as np", "")
    assert len(rest) == 5
    assert max(map(len, rest)) <= 90


@pytest.mark.parametrize("activation", ["sigmoid", "relu"])
def test_the_lines_read_the_digit_that_the_page_reads(
    session, activation, tmp_path, monkeypatch, capsys
):
    """Exactly those lines run, with the two files that the page saves, and nothing of this project."""
    name = f"784-16-16-10-{activation}"
    shipped(session, name)
    (tmp_path / f"{name}.npz").write_bytes(offered.save_network()["file"])
    (tmp_path / "digit.npy").write_bytes(offered.save_drawing()["file"])
    monkeypatch.chdir(tmp_path)
    names = {}
    exec(lines().replace("784-16-16-10-sigmoid", name), names)
    assert names["z"][:, 0] == pytest.approx(session.answer()["z"][-10:], rel=1e-5)
    assert capsys.readouterr().out.strip() == session.answer()["digit"] == "7"


def test_a_network_survives_the_file_bit_for_bit(session):
    """Its edits too: the answer to the drawing is the same in every bit."""
    shipped(session, "784-16-16-10-relu")
    session.edit("bias", [1, 3, 0.123456789], "")
    session.edit("weight", [2, 5, 7, -3e-7], "")
    before = session.answer()
    saved = offered.save_network()["file"]
    assert saved.dtype == np.uint8
    reply = offered.open_file(memoryview(saved), "file-1")
    assert (reply["id"], reply["source"]) == ("file-1", "file")
    assert reply["shape"] == [784, 16, 16, 10]
    after = session.answer()
    assert all(np.array_equal(after[key], before[key]) for key in ("a", "z"))
    assert after["digit"] == before["digit"]
    assert offered.save_network()["file"].tobytes() == saved.tobytes()


def test_an_empty_pad_is_saved_as_a_black_picture(session):
    shipped(session, "784-16-16-10-sigmoid").look_at([], True)
    saved = np.load(io.BytesIO(offered.save_drawing()["file"]), allow_pickle=False)
    assert (saved.shape, saved.dtype) == ((784, 1), np.float32)
    assert not saved.any()


@pytest.mark.parametrize(
    "hidden",
    [(), (1,), (128,), (16, 16), (128, 1, 128)],
    ids=lambda hidden: "-".join(map(str, hidden)),
)
@pytest.mark.parametrize("activation", ["sigmoid", "relu"])
def test_any_shape_that_the_page_can_show_is_opened(session, hidden, activation):
    network = made((784, *hidden, 10), activation)
    reply = offered.open_file(packed(network), "file-1")
    assert reply["shape"] == [784, *hidden, 10]
    assert reply["activation"] == activation
    assert session.network.feedforward(np.ones((784, 1))) == pytest.approx(
        network.feedforward(np.ones((784, 1)))
    )


REFUSED = {
    "another input": (packed(made((783, 10))), {"code": "inputs", "found": 783, "limit": 784}),
    "another output": (packed(made((784, 9))), {"code": "outputs", "found": 9, "limit": 10}),
    "too deep": (
        packed(made((784, 2, 2, 2, 2, 10))),
        {"code": "hidden", "found": 4, "limit": 3},
    ),
    "too wide": (
        packed(made((784, 3, 129, 10))),
        {"code": "neurons", "found": 129, "limit": 128},
    ),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(99), {"code": "archive", "array": ""}),
    "cut short": (packed(made((784, 10)))[:999], {"code": "archive", "array": ""}),
    "empty": (b"", {"code": "archive", "array": ""}),
}


@pytest.mark.parametrize(("content", "refused"), REFUSED.values(), ids=REFUSED)
def test_a_refused_file_changes_nothing(session, content, refused):
    shipped(session, "784-16-16-10-sigmoid")
    before = session.answer()
    assert offered.open_file(content, "file-1") == {"refused": refused}
    assert session.id == "784-16-16-10-sigmoid"
    assert not session.knows("file-1")
    assert np.array_equal(session.answer()["a"], before["a"])


def test_the_page_has_a_sentence_for_every_refusal():
    """It says which array is at fault, and both numbers, where the engine tells them."""
    sources = (ROOT / "py/nn/files.py").read_text() + (
        ROOT / "py/engine/learning/files.py"
    ).read_text()
    codes = set(
        re.findall(r'(?:BadFile|_refusing)\("([\w-]+)"|^        \("(\w+)", ', sources, re.MULTILINE)
    )
    codes = {one or other for one, other in codes} | set(
        re.findall(r'else "(\w+)", message', sources)
    )
    assert {"objects", "array", "size", "neurons", "inputs"} <= codes
    for code in codes:
        refused = SimpleNamespace(code=code, array="W7", found=129, limit=128)
        sentence = refusals.sentence(refused)
        assert sentence[0].isupper() or sentence.startswith("W7")
        assert sentence.endswith(".")
        assert "{" not in sentence
        if code in {"names", "objects", "array", "dtype", "shape", "not-finite"}:
            assert "W7" in sentence
        if code in {"inputs", "outputs", "hidden", "neurons"}:
            assert "129" in sentence
            assert "128" in sentence


def test_the_page_knows_the_limits():
    """A file that is too large is refused on the page, before it is read; the panel names the others."""
    assert refusals.MOST_BYTES == files.MAX_BYTES
    told = f"up to {offered.MOST_LAYERS} hidden layers of up to {offered.MOST_NEURONS} neurons"
    assert told in PANEL.read_text()
