"""Test that the figures agree with scikit-learn, and that wrong files are named in one sentence."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import handmade
import numpy as np
import pytest
from sklearn.metrics import accuracy_score, balanced_accuracy_score

import evaluate
from network_training import split
from network_training.lookalikes import LOOKALIKES
from network_training.sources import labelled_files, stroke_files
from nn import files, scoring
from nn.network import Network
from preprocess.normalise import from_image, from_strokes

ROOT = Path(__file__).resolve().parents[3]
WEIGHTS = ROOT / "weights" / "784-16-16-10-sigmoid.npz"


@pytest.fixture
def rng():
    """Random numbers, the same for every test and run."""
    return np.random.default_rng(20171005)


@pytest.fixture
def network(tmp_path):
    """An untrained network, unsure of some digits and wrong about others."""
    path = tmp_path / "mine.npz"
    network = Network.random((784, 10), "sigmoid", np.random.default_rng(3))
    network.W[0] *= 8
    files.save(path, network)
    return path


@pytest.fixture
def drawn(tmp_path, rng):
    """A stroke file of 60 digits, with unequal numbers of four digits: its path and its digits."""
    path = tmp_path / "mine.jsonl.gz"
    digits = handmade.digits(60, rng)
    stroke_files.write(path, digits)
    return path, digits


@pytest.fixture
def scanned(tmp_path, rng):
    """Digits like MNIST's: the path of the images, the images and the labels."""
    digits = handmade.digits(40, rng)
    pictures = [from_strokes(digit.strokes, straighten=False).pixels for digit in digits]
    pictures = np.rint(np.array(pictures) * 255).astype(np.uint8)
    labels = np.array([digit.digit for digit in digits])
    path = tmp_path / "mine-images-idx3-ubyte"
    path.write_bytes(handmade.idx(pictures))
    (tmp_path / "mine-labels-idx1-ubyte").write_bytes(handmade.idx(labels))
    return path, pictures, labels


def results(capsys, *arguments):
    """Run the command with --json. Returns what it printed, one object per line."""
    status = evaluate.main([*map(str, arguments), "--json"])
    out, err = capsys.readouterr()
    assert (status, err) == (0, "")
    return [json.loads(line) for line in out.splitlines()]


def expected(path, outputs, labels):
    """Compute the same figures with scikit-learn, and with the page's rule for one answer."""
    chosen = outputs.argmax(axis=0)
    answered = np.array([scoring.verdict(column).digit is not None for column in outputs.T])
    kinds = np.unique(labels)
    return {
        "file": str(path),
        "n": len(labels),
        "accuracy": accuracy_score(labels, chosen),
        "balanced_accuracy": balanced_accuracy_score(labels, chosen),
        "per_digit": {
            str(kind): accuracy_score(labels[labels == kind], chosen[labels == kind])
            for kind in kinds
        },
        "answered": answered.mean(),
        "accuracy_answered": accuracy_score(labels[answered], chosen[answered]),
    }


# scikit-learn warns about a choice that is no label in the file. Here it is simply wrong.
@pytest.mark.filterwarnings("ignore:y_pred contains classes not in y_true")
def test_figures_for_strokes_agree_with_scikit_learn(network, drawn, capsys):
    """All seven figures agree, for a network that is right, wrong and unsure."""
    path, digits = drawn
    (found,) = results(capsys, "--network", network, path)
    inputs = np.hstack([from_strokes(digit.strokes).column for digit in digits])
    labels = np.array([digit.digit for digit in digits])
    wanted = expected(path, files.load(network).feedforward(inputs), labels)
    assert list(found) == list(wanted)
    assert found == {
        key: value if isinstance(value, str) else pytest.approx(value)
        for key, value in wanted.items()
    }
    assert 0 < found["accuracy"] < 1
    assert 0 < found["answered"] < 1
    assert found["balanced_accuracy"] != pytest.approx(found["accuracy"])


@pytest.mark.filterwarnings("ignore:y_pred contains classes not in y_true")
def test_figures_for_images_agree_with_scikit_learn(network, scanned, capsys):
    """The files are like MNIST's, with the labels beside the images."""
    path, pictures, labels = scanned
    (found,) = results(capsys, "--network", network, path)
    inputs = np.hstack([from_image(picture / 255).column for picture in pictures])
    wanted = expected(path, files.load(network).feedforward(inputs), labels)
    assert found == {
        key: value if isinstance(value, str) else pytest.approx(value)
        for key, value in wanted.items()
    }


def test_labels_are_found_beside_the_images_or_given(network, scanned, capsys):
    """They may be gzipped, given right after the images, or among all files of a folder in order."""
    path, _, labels = scanned
    beside = path.with_name("mine-labels-idx1-ubyte")
    (found,) = results(capsys, "--network", network, path)

    packed = path.with_name("packed-images-idx3-ubyte.gz")
    packed.write_bytes(gzip.compress(path.read_bytes()))
    packed.with_name("packed-labels-idx1-ubyte.gz").write_bytes(gzip.compress(beside.read_bytes()))
    assert results(capsys, "--network", network, packed) == [found | {"file": str(packed)}]

    wrong = path.with_name("elsewhere")
    wrong.write_bytes(handmade.idx((labels + 1) % 10))
    (other,) = results(capsys, "--network", network, path, wrong)
    assert other["accuracy"] != found["accuracy"]

    assert results(capsys, "--network", network, path, beside) == [found]
    assert results(capsys, "--network", network, beside, path) == [found]


def test_the_default_network_reads_plain_digits(drawn, capsys):
    path, _ = drawn
    (found,) = results(capsys, path)
    assert found["accuracy"] > 0.8
    assert found == results(capsys, "--network", WEIGHTS, path)[0]


def test_digits_without_an_answer_have_no_accuracy(drawn, tmp_path, capsys):
    """If the network answers nothing, the figure is null instead of a division by 0."""
    path = tmp_path / "dark.npz"
    files.save(path, Network([np.zeros((10, 784))], [np.full((10, 1), -5)]))
    (found,) = results(capsys, "--network", path, drawn[0])
    assert found["answered"] == 0
    assert found["accuracy_answered"] is None
    assert evaluate.main(["--network", str(path), str(drawn[0])]) == 0
    assert "–" in capsys.readouterr().out


def test_held_out_counts_only_test_writers(network, scanned, tmp_path, rng, capsys):
    """Images have no writers, so all of them count."""
    path = tmp_path / "many.jsonl.gz"
    digits = handmade.digits(60, rng, writers=30)
    stroke_files.write(path, digits)
    (source,) = labelled_files.gather([path])
    kept = labelled_files.held_out(source)
    assert {split.part(writer) for writer in kept.writers} == {"test"}
    left = [digit for digit in digits if split.part(digit.writer) == "test"]
    assert kept.labels.tolist() == [digit.digit for digit in left]
    assert 0 < len(left) < 30
    for drawn, digit in zip(kept.drawings, left, strict=True):
        assert np.array_equal(drawn[0], digit.strokes[0])

    pens, pictures = results(capsys, "--network", network, "--held-out", path, scanned[0])
    assert (pens["n"], pictures["n"]) == (len(left), 40)

    stroke_files.write(path, [digit for digit in digits if digit not in left])
    assert evaluate.main(["--held-out", str(path)]) == 2
    assert f"{path}: no writer in it is held out" in capsys.readouterr().err


def test_the_table_has_a_line_for_each_file(network, drawn, scanned, capsys):
    """File names have no folders, shares are in per cent, and missing digits are dashes."""
    assert evaluate.main(["--network", str(network), str(drawn[0]), str(scanned[0])]) == 0
    heads, first, second = capsys.readouterr().out.splitlines()
    assert heads.split()[:4] == ["file", "digits", "right", "balanced"]
    assert first.split()[:2] == ["mine.jsonl.gz", "60"]
    assert second.split()[:2] == ["mine-images-idx3-ubyte", "40"]
    assert first.split()[-1] == "–"
    assert len({len(line) for line in (heads, first, second)}) == 1


@pytest.fixture
def crosses(tmp_path, rng):
    """A stroke file of what is no digit, 12 drawings of each of three labels: its path and its drawings."""
    path = tmp_path / "crosses.jsonl.gz"
    drawings = handmade.characters(["Latin/t", "a/×", "a/+"], rng, writers=12)
    stroke_files.write(path, drawings)
    return path, drawings


def unsure_of(network, drawings):
    """Compute with the page's rule which drawings get no answer."""
    network = files.load(network)
    columns = [from_strokes(drawing.strokes).column for drawing in drawings]
    return [scoring.verdict(network.feedforward(column)).digit is None for column in columns]


def test_what_is_no_digit_should_be_unsure(network, crosses, capsys):
    """Its share, and that of each label, agree with the page's rule. There is no accuracy of no digits."""
    path, drawings = crosses
    unsure = unsure_of(network, drawings)
    assert 0 < sum(unsure[:12]) < 12
    (found,) = results(capsys, "--network", network, path)
    assert found == {
        "file": str(path),
        "n": 0,
        "accuracy": None,
        "balanced_accuracy": None,
        "per_digit": {},
        "answered": None,
        "accuracy_answered": None,
        "n_non_digits": 36,
        "unsure": pytest.approx(sum(unsure) / 36),
        "unsure_per_label": {
            "Latin/t": pytest.approx(sum(unsure[:12]) / 12),
            "a/×": pytest.approx(sum(unsure[12:24]) / 12),
            "a/+": pytest.approx(sum(unsure[24:]) / 12),
        },
    }


def test_what_strokes_tell_makes_unsure(tmp_path, rng, capsys):
    """The only output that lights is at 0.73: enough for a line, not for three, never for a pair."""
    b = np.where(np.arange(10) == 1, 1, -9)[:, None].astype(np.float32)
    files.save(tmp_path / "one.npz", Network([np.zeros((10, 784), np.float32)], [b]))
    lines = [np.array([(0, y), (99, y)], float) for y in (0, 50, 99)]
    pair = [np.array([(x, 0), (x, 99)], float) for x in (0, 60)]
    drawings = [
        drawing._replace(strokes=strokes, label=label)
        for drawing, (label, strokes) in zip(
            handmade.characters(["a"], rng, writers=3),
            (("line", lines[:1]), ("lines", lines), ("pair", pair)),
            strict=True,
        )
    ]
    stroke_files.write(tmp_path / "drawn.jsonl.gz", drawings)
    (found,) = results(capsys, "--network", tmp_path / "one.npz", tmp_path / "drawn.jsonl.gz")
    assert found["unsure_per_label"] == {"line": 0, "lines": 1, "pair": 1}


def test_a_file_may_mix_digits_and_what_is_none(network, drawn, crosses, tmp_path, capsys):
    """Each has the figures that it would have alone."""
    path = tmp_path / "mixed.jsonl.gz"
    pairs = zip(drawn[1], crosses[1], strict=False)
    stroke_files.write(path, [*(each for pair in pairs for each in pair), *drawn[1][36:]])
    mixed, digits, others = results(capsys, "--network", network, path, drawn[0], crosses[0])
    assert 0 < digits["accuracy"] < 1
    assert mixed == others | digits | {"file": str(path)}
    assert list(mixed) == [*digits, "n_non_digits", "unsure", "unsure_per_label"]


def test_held_out_counts_only_test_characters_that_look_like_no_digit(network, tmp_path, capsys):
    """They are held out as a whole, whoever drew them. Digits in the same file go by their writers."""
    path = tmp_path / "characters.jsonl.gz"
    rng = np.random.default_rng(8)
    lookalike = next(label for label in LOOKALIKES if split.character_part(label) == "test")
    labels = [*(f"Runic/character{n:02}" for n in range(1, 21)), lookalike, "Latin/character01"]
    characters = handmade.characters(labels, rng, writers=12)
    kept = [c for c in characters if c.label in ("Runic/character16", "Runic/character18")]
    stroke_files.write(path, characters)
    (found,) = results(capsys, "--network", network, "--held-out", path)
    assert found["n_non_digits"] == len(kept) == 24
    assert set(found["unsure_per_label"]) == {"Runic/character16", "Runic/character18"}
    assert found["unsure"] == pytest.approx(np.mean(unsure_of(network, kept)))

    digits = handmade.digits(60, rng, writers=30)
    left = [digit for digit in digits if split.part(digit.writer) == "test"]
    stroke_files.write(path, [*digits, *characters])
    (found,) = results(capsys, "--network", network, "--held-out", path)
    assert (found["n"], found["n_non_digits"]) == (len(left), 24)

    stroke_files.write(path, [c for c in characters if c not in kept])
    assert evaluate.main(["--held-out", str(path)]) == 2
    assert f"{path}: no character in it is held out" in capsys.readouterr().err


def test_what_is_no_digit_has_a_table_of_its_own(network, drawn, crosses, capsys):
    """So that neither has columns of dashes, and both fit on a screen."""
    arguments = ["--network", str(network)]
    assert evaluate.main([*arguments, str(crosses[0])]) == 0
    own = capsys.readouterr().out
    heads, line = own.splitlines()
    assert heads.split() == ["file", "no", "digits", "labels", "unsure"]
    share = f"{100 * np.mean(unsure_of(network, crosses[1])):.2f}"
    assert line.split() == ["crosses.jsonl.gz", "36", "3", share]

    assert evaluate.main([*arguments, str(drawn[0])]) == 0
    digits = capsys.readouterr().out
    assert evaluate.main([*arguments, str(crosses[0]), str(drawn[0])]) == 0
    assert capsys.readouterr().out == f"{digits}\n{own}"


def test_the_table_fits_on_a_screen():
    """That is 120 columns, for a file of MNIST's. All of one digit are right."""
    shares = ("accuracy", "balanced_accuracy", "answered", "accuracy_answered")
    result = {"file": "folder/t10k-images-idx3-ubyte", "n": 10_000, **dict.fromkeys(shares, 0.987)}
    result["per_digit"] = dict.fromkeys("0123456789", 0.987) | {"4": 1.0}
    lines = evaluate.table([result]).splitlines()
    assert lines[1].split()[-10:] == ["98.7"] * 4 + ["100"] + ["98.7"] * 5
    assert max(map(len, lines)) <= 120


def spoil_digit(folder):
    path = folder / "mine.jsonl.gz"
    lines = gzip.decompress(path.read_bytes()).splitlines()
    lines[16] = lines[16].replace(b'"digit":', b'"digit":1')
    return (
        handmade.write_lines(path, *(line.decode() for line in lines)),
        (),
        "mine.jsonl.gz, line 17: digit is 1",
    )


def lose_character(folder):
    path = handmade.write_lines(
        folder / "x.jsonl.gz", '{"id": "x", "digit": -1, "writer": "w", "strokes": [[[1, 2]]]}'
    )
    return path, (), "x.jsonl.gz, line 1: digit is -1 without a label"


def spoil_json(folder):
    path = handmade.write_lines(folder / "mine.jsonl.gz", '{"id"')
    return path, (), "mine.jsonl.gz, line 1: invalid JSON at column"


def spoil_label(folder):
    path = folder / "mine-labels-idx1-ubyte"
    path.write_bytes(path.read_bytes()[:-3] + b"\x0a\0\0")
    return folder / "mine-images-idx3-ubyte", (), "idx1-ubyte, label 38: it is 10, expected 0 to 9"


def lose_label(folder):
    (folder / "mine-labels-idx1-ubyte").write_bytes(handmade.idx(np.zeros(39)))
    return folder / "mine-images-idx3-ubyte", (), "it has 39 labels, expected 40"


def lose_labels(folder):
    (folder / "mine-labels-idx1-ubyte").unlink()
    return folder / "mine-images-idx3-ubyte", (), "mine-labels-idx1-ubyte is not beside it"


def lose_images(folder):
    return folder / "mine-labels-idx1-ubyte", (), "labels without images"


def cut_images(folder):
    path = folder / "mine-images-idx3-ubyte"
    path.write_bytes(path.read_bytes()[:-1])
    return path, (), "idx3-ubyte: idx file has 31359 bytes of data, expected 31360"


def no_images(folder):
    (folder / "mine-images-idx3-ubyte").write_bytes(handmade.idx(np.zeros((0, 28, 28))))
    (folder / "mine-labels-idx1-ubyte").write_bytes(handmade.idx(np.zeros(0)))
    return folder / "mine-images-idx3-ubyte", (), "it has no images"


def cut_gzip(folder):
    path = folder / "x-images-idx3-ubyte.gz"
    path.write_bytes(gzip.compress(handmade.idx(np.zeros((9, 28, 28))))[:-12])
    (folder / "x-labels-idx1-ubyte").write_bytes(handmade.idx(np.zeros(9)))
    return path, (), "its gzip is broken"


def table_of_bytes(folder):
    path = folder / "table"
    path.write_bytes(handmade.idx(np.zeros((3, 4))))
    return path, (), "table: it has 2 dimensions, expected 3"


def lose_file(folder):
    return folder / "absent.jsonl.gz", (), "absent.jsonl.gz: No such file"


def give_folder(folder):
    return folder, (), ": Is a directory"


def lose_network(folder):
    return (
        folder / "mine.jsonl.gz",
        ("--network", folder / "absent.npz"),
        "absent.npz: No such file",
    )


def spoil_network(folder):
    path = folder / "rubbish.npz"
    path.write_bytes(b"rubbish")
    return (
        folder / "mine.jsonl.gz",
        ("--network", path),
        "rubbish.npz: weights are not a valid .npz",
    )


def other_network(folder):
    path = folder / "other.npz"
    files.save(path, Network([np.zeros((3, 2))], [np.zeros((3, 1))]))
    return (
        folder / "mine.jsonl.gz",
        ("--network", path),
        "2 inputs and 3 outputs, expected 784 and 10",
    )


@pytest.mark.parametrize(
    "spoil",
    [
        spoil_digit,
        lose_character,
        spoil_json,
        spoil_label,
        lose_label,
        lose_labels,
        lose_images,
        cut_images,
        no_images,
        cut_gzip,
        table_of_bytes,
        lose_file,
        give_folder,
        lose_network,
        spoil_network,
        other_network,
    ],
)
def test_a_wrong_file_is_one_sentence(drawn, scanned, tmp_path, capsys, spoil):
    """Exit status 2, one line on stderr that names the file, and nothing on stdout."""
    path, more, message = spoil(tmp_path)
    assert evaluate.main([*map(str, more), "--json", str(drawn[0]), str(path)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("evaluate: ")
    assert err.count("\n") == 1
    assert message in err


def test_the_command_runs_from_any_folder(drawn, tmp_path):
    """A wrong file gives status 2 and no traceback."""
    broken = handmade.write_lines(tmp_path / "broken.jsonl.gz", "{}")
    command = [sys.executable, ROOT / "tools" / "evaluate.py", broken]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert run.stderr == (
        f"evaluate: {broken}, line 1: id is missing, expected id, digit, writer and strokes\n"
    )


def test_a_blank_image_has_no_answer(network, tmp_path):
    """As on the page, its outputs do not matter."""
    path = tmp_path / "blank-images-idx3-ubyte"
    path.write_bytes(handmade.idx(np.zeros((2, 28, 28))))
    path.with_name("blank-labels-idx1-ubyte").write_bytes(handmade.idx([3, 4]))
    bright = Network([np.zeros((10, 784))], [np.where(np.arange(10)[:, None] == 3, 9, -9)])
    (source,) = labelled_files.gather([path])
    found = evaluate.evaluate(bright, source)
    assert (found["accuracy"], found["answered"]) == (0.5, 0)
