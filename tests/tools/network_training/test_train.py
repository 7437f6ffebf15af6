"""Test the training command, from files to weights and model cards, on digits made here."""

import gzip
import hashlib
import json

import handmade
import numpy as np
import pytest

import evaluate
import train
from network_training import model_cards, selection, split, training_sets
from network_training.dataset import Cache, Dataset
from network_training.lookalikes import LOOKALIKES
from network_training.recipes import RECIPES, quick
from network_training.sources import mnist, stroke_files
from nn import files, scoring
from nn.network import Network

NAME = "784-16-10-sigmoid"


@pytest.fixture
def rng():
    """Random numbers, the same for every test and run."""
    return np.random.default_rng(20171005)


@pytest.fixture(scope="module")
def cache_of_all(tmp_path_factory):
    """Most tests need the same negatives, which take seconds to make."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def folder(rng, tmp_path, monkeypatch, cache_of_all):
    """A hundred images that replace MNIST's files. The image of n is a bar that begins in row 4 + n."""
    (tmp_path / "cache").symlink_to(cache_of_all)
    labels = np.arange(100, dtype=np.uint8) % 10
    pictures = np.zeros((100, 28, 28), np.uint8)
    for picture, label in zip(pictures, labels, strict=True):
        picture[4:24, 6:9] = 200
        picture[4 + label : 8 + label, 6:22] = rng.integers(150, 255)
    monkeypatch.setattr(mnist, "MD5", {})
    for part in ("train", "t10k"):
        for kind, array in (("images-idx3-ubyte", pictures), ("labels-idx1-ubyte", labels)):
            shape = np.array(array.shape, ">u4").tobytes()
            data = bytes([0, 0, 8, array.ndim]) + shape + array.tobytes()
            (tmp_path / f"{part}-{kind}").write_bytes(data)
            mnist.MD5[f"{part}-{kind}"] = hashlib.md5(data, usedforsecurity=False).hexdigest()
    return tmp_path


@pytest.fixture
def strokes(tmp_path):
    """Bars by twelve writers, in place of people's digits."""
    folder = tmp_path / "pens"
    folder.mkdir()
    with gzip.open(folder / "bars.jsonl.gz", "wt") as lines:
        for writer in range(12):
            for digit in range(10):
                drawn = [[[0, 0], [0, 100]], [[0, 10 * digit], [70, 10 * digit + writer]]]
                line = {"id": f"{writer}-{digit}", "digit": digit, "writer": f"w{writer}"}
                lines.write(json.dumps(line | {"strokes": drawn}) + "\n")
    return folder


LOOKALIKE = next(label for label in LOOKALIKES if split.character_part(label) == "test")
LABELS = (*(f"Runic/character{n:02}" for n in range(1, 21)), "Latin/character01", LOOKALIKE)


@pytest.fixture
def crosses(rng, strokes):
    """Crosses of 22 labels by four people each, beside the bars: the drawings, as their file has them."""
    drawings = handmade.characters(LABELS, rng, writers=4)
    stroke_files.write(strokes / "omniglot.jsonl.gz", drawings)
    return drawings


@pytest.fixture(autouse=True)
def short(monkeypatch):
    """Reduce all training data to very little."""
    monkeypatch.setattr(train, "quick", lambda recipe: quick(recipe)._replace(steps=40, batch=32))
    monkeypatch.setattr(train, "MEASURED", 3)


def run(folder, out, *more):
    arguments = ["--mnist", str(folder), "--out", str(folder / out), "--quick", "--only", NAME]
    assert train.main([*arguments, "--cache", str(folder / "cache"), *map(str, more)]) == 0
    return files.load(folder / out / f"{NAME}.npz"), json.loads(
        (folder / out / f"{NAME}.json").read_text()
    )


def test_the_command_writes_weights_and_a_card(folder, strokes, capsys):
    """Every number of the card can be checked. The second run uses the cache."""
    network, card = run(folder, "one", "--strokes", strokes)
    assert card["name"] == NAME
    assert card["shape"] == list(network.shape) == [784, 16, 10]
    assert card["activation"] == network.activation == "sigmoid"
    assert card["count"] == network.count == 784 * 16 + 16 * 10 + 16 + 10
    path = folder / "one" / f"{NAME}.npz"
    assert card["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert set(card["accuracy"]) == {"mnist_test", "validation", "held_out"}
    assert set(card["accuracy"]["held_out"]) == {"bars"}
    assert 0 <= card["accuracy"]["mnist_test"] <= 1
    assert card["data"][0]["licence"] == "CC BY-SA 3.0"
    assert str(folder) not in path.with_suffix(".json").read_text()
    assert "--strokes DIR" in card["command"]
    assert set(card["no_digits"]["unsure_of_kinds_never_trained_on"]) == {"smiley", "star"}
    assert set(card["no_digits"]) == {"unsure", "unsure_of_kinds_never_trained_on"}
    again, _ = run(folder, "two", "--strokes", strokes)
    assert all(np.array_equal(a, b) for a, b in zip(network.W, again.W, strict=True))
    assert path.read_bytes() == (folder / "two" / f"{NAME}.npz").read_bytes()


def test_training_without_strokes_uses_mnist_alone_and_says_so(folder):
    """The kinds of negatives that are made from strokes are missing."""
    _, card = run(folder, "one")
    assert card["pens"] == "none: trained on MNIST alone"
    assert "several" not in card["no_digits"]["unsure"]
    assert len(card["data"]) == 1


def test_characters_are_trained_on_and_measured_and_credited(folder, strokes, crosses, capsys):
    """They may be in a folder of their own. `evaluate.py --held-out` finds the share in the card, too."""
    file = folder / "characters" / "omniglot.jsonl.gz"
    file.parent.mkdir()
    (strokes / "omniglot.jsonl.gz").rename(file)
    _, card = run(folder, "one", "--strokes", strokes, file.parent)
    no_digits = card["no_digits"]
    assert no_digits["n_characters"] == {"validation": 5, "test": 2}
    assert no_digits["n_drawings"] == {"validation": 20, "test": 8}
    assert set(no_digits["unsure_of_characters"]) == {"validation", "test"}
    credited = {entry.get("file"): entry for entry in card["data"]}
    assert list(credited) == [None, "bars", "omniglot"]
    assert credited["omniglot"]["licence"] == "MIT"
    assert set(card["accuracy"]["held_out"]) == {"bars"}
    assert card["command"] == f"python tools/train.py --only {NAME} --strokes DIR --quick"

    capsys.readouterr()
    weights = folder / "one" / f"{NAME}.npz"
    assert evaluate.main(["--network", str(weights), "--held-out", "--json", str(file)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["n_non_digits"] == 8
    assert found["unsure"] == no_digits["unsure_of_characters"]["test"]

    common = ["--mnist", str(folder), "--cache", str(folder / "cache"), "--quick", "--strokes"]
    trained_on = train.Data(train.parse([*common, str(strokes), str(file.parent)])).training
    assert set(trained_on) == {"mnist", "pens", "shapes", "characters", "negatives"}
    assert (trained_on["characters"].labels == -1).all()
    assert set(train.Data(train.parse([*common, str(strokes)])).training) == {
        "mnist",
        "pens",
        "shapes",
        "negatives",
    }


def test_no_character_is_in_two_parts(folder, strokes, crosses):
    """Together the three parts hold all characters that look like no digit, and no digits."""
    cache = Cache(folder / "cache")
    sets, drawn = training_sets.character_sets(stroke_files.gather([strokes]), cache, 30)
    labels = [{drawing.label for drawing in part} for part in drawn.values()]
    assert sum(map(len, labels)) == len(set.union(*labels)) == 21
    assert set.union(*labels) == set(LABELS) - {LOOKALIKE}
    assert "Latin/character01" in {drawing.label for drawing in drawn["training"]}
    assert {part: len(each.rows) for part, each in sets.items()} == {
        "training": 30,
        "validation": 20,
        "test": 8,
    }
    assert all((each.labels == -1).all() for each in sets.values())


def test_digits_and_characters_may_share_a_file(folder, strokes, crosses):
    """The datasets are the same as of two files."""
    files = stroke_files.gather([strokes])
    mixed = {"bars": [*files["omniglot"], *files["bars"]]}
    made = []
    for read in (files, mixed):
        cache = Cache(folder / "cache")
        pens, still, _ = training_sets.pen_sets(read, cache, 30)
        sets, _ = training_sets.character_sets(read, cache, 30)
        made.append([pens, *still.values(), *sets.values()])
    assert [len(dataset.rows) for dataset in made[0]][-3:] == [20, 8, 30]
    for one, other in zip(*made, strict=True):
        assert np.array_equal(one.rows, other.rows)
        assert np.array_equal(one.labels, other.labels)


def test_changed_drawings_are_not_taken_from_the_cache(folder, strokes, crosses):
    """A cached set is of the very strokes and labels that it is asked for."""
    cache = Cache(folder / "cache")

    def rows(drawings):
        sets, _ = training_sets.character_sets({"omniglot": drawings}, cache, 30)
        return [each.rows.tobytes() for each in sets.values()]

    before = rows(crosses)
    assert rows(crosses) == before
    moved = [c._replace(strokes=[s * [1, 2] for s in c.strokes]) for c in crosses]
    assert all(one != other for one, other in zip(rows(moved), before, strict=True))


def test_characters_are_drawn_equally_often():
    """So are the drawings of one, of which there may be few."""
    drawings = handmade.characters(["a", "b", "b", "b", "c"], np.random.default_rng(1), writers=2)
    shares = training_sets.character_shares(drawings)
    assert shares == pytest.approx([1 / 6] * 2 + [1 / 18] * 6 + [1 / 6] * 2)


def test_characters_alone_are_not_enough(folder, strokes, crosses, capsys):
    """Without digits there is nothing to read."""
    (strokes / "bars.jsonl.gz").unlink()
    arguments = ["--mnist", str(folder), "--cache", str(folder / "cache"), "--quick"]
    assert train.main([*arguments, "--strokes", str(strokes)]) == 1
    assert "train: omniglot: no digits to train on" in capsys.readouterr().err


def test_no_writer_is_in_two_parts(folder, strokes):
    """Together the three parts hold all digits."""
    cache = Cache(folder / "cache")
    training, still, digits = training_sets.pen_sets(stroke_files.gather([strokes]), cache, 20)
    writers = [{digit.writer for digit in part} for part in digits.values()]
    assert sum(map(len, writers)) == len(set.union(*writers)) == 12
    assert len(training.rows) == 20
    assert sum(len(dataset.rows) for dataset in still.values()) == 10 * sum(map(len, writers[1:]))


def test_classes_are_balanced_and_writers_partly(strokes):
    """A writer with four times as many digits is shown twice as often."""
    digits = stroke_files.read(strokes / "bars.jsonl.gz")
    many = [digits[0]._replace(writer="many")] * 4
    once = digits[0]._replace(writer="once")
    shares = training_sets.even_shares([*digits, once, *many])
    assert shares.sum() == pytest.approx(1)
    assert shares[-4:].sum() / shares[-5] == pytest.approx(2)
    labels = np.array([digit.digit for digit in [*digits, once, *many]])
    assert [shares[labels == digit].sum() for digit in range(10)] == pytest.approx([0.1] * 10)


@pytest.mark.parametrize("argument", ["--mnist", "--strokes"])
def test_missing_data_is_one_sentence(folder, argument, tmp_path, capsys):
    """Whoever lacks the data gets no traceback."""
    (tmp_path / "empty").mkdir()
    arguments = ["--mnist", str(folder), "--cache", str(tmp_path / "cache"), "--quick"]
    assert train.main([*arguments, argument, str(tmp_path / "empty")]) == 1
    assert capsys.readouterr().err.splitlines()[-1].startswith("train: ")


def test_the_temperature_does_not_change_the_choices(rng):
    """Outputs are σ(z / T), for the T with the smallest calibration error."""
    network = Network.random((784, 8, 10), "relu", rng)
    x = rng.random((784, 50), np.float32)
    hot = selection.with_temperature(network, 2.0)
    assert hot.trace(x).z[-1] == pytest.approx(network.trace(x).z[-1] / 2, rel=1e-4, abs=1e-5)
    dataset = Dataset(rng.integers(0, 255, (50, 784), np.uint8), rng.integers(0, 10, 50))
    calibrated = selection.calibrate(network, {"mnist": dataset})
    errors = [
        model_cards.calibration_error(n.feedforward(model_cards.columns(dataset)), dataset.labels)
        for n in (calibrated, network)
    ]
    assert errors[0] <= errors[1]


def test_the_calibration_error_matches_a_value_worked_by_hand():
    """Two answers at 0.9, one right, and one right answer at 0.3 give (2 · 0.4 + 0.7) / 3."""
    outputs = np.array([[0.9, 0.9, 0.1], [0.1, 0.2, 0.3]])
    assert model_cards.calibration_error(outputs, np.array([0, 1, 1])) == pytest.approx(0.5)


def test_idle_neurons_are_counted():
    """They are a ReLU that is always 0, and a sigmoid that never changes."""
    dataset = Dataset(np.array([[0, 255], [255, 0]], np.uint8), np.array([0, 1]))
    weights = [np.array([[1.0, 0], [-1, 0], [0, 0]]), np.ones((2, 3))]
    biases = [np.zeros((3, 1)), np.zeros((2, 1))]
    assert model_cards.idle(Network(weights, biases, "relu"), dataset) == 2
    assert model_cards.idle(Network(weights, biases, "sigmoid"), dataset) == 1


def test_answered_agrees_with_the_verdict(rng):
    """Many columns at once give the same as one at a time."""
    outputs = rng.random((10, 200)) ** 3
    apart, strokes = rng.random(200) < 0.2, rng.integers(0, 5, 200)
    one_by_one = [
        scoring.verdict(column, True, *ink).digit is not None
        for column, *ink in zip(outputs.T, apart, strokes, strict=True)
    ]
    assert scoring.answered(outputs, scoring.needed(apart, strokes)).tolist() == one_by_one
    assert any(one_by_one)
    as_images = [scoring.verdict(column).digit is not None for column in outputs.T]
    assert scoring.answered(outputs).tolist() == as_images != one_by_one


def test_every_recipe_can_be_chosen_by_name():
    """Other names are refused."""
    assert train.parse([]).only == tuple(RECIPES)
    with pytest.raises(SystemExit):
        train.parse(["--only", "784-1-10-sigmoid"])
