"""Test that the README's table agrees with the model cards, and that the rest stays untouched."""

import json
from pathlib import Path

import pytest

import table

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def weights(tmp_path):
    """A folder of two networks. One card is complete, the other nearly empty."""
    folder = tmp_path / "weights"
    folder.mkdir()
    for card in (
        {
            "name": "784-16-16-10-relu",
            "shape": [784, 16, 16, 10],
            "activation": "relu",
            "count": 13002,
            "accuracy": {
                "mnist_test": 0.9801,
                "held_out": {"pendigits_tra": 0.97, "unipen_1a": 0.96, "ipad_pencil": 0.1},
            },
            "no_digits": {"unsure_of_characters": {"validation": 0.5, "test": 0.9123}},
        },
        {"name": "784-10-sigmoid", "shape": [784, 10], "activation": "sigmoid", "count": 7850},
    ):
        (folder / f"{card['name']}.npz").touch()
        (folder / f"{card['name']}.json").write_text(json.dumps(card))
    return folder


@pytest.fixture
def readme(tmp_path):
    """A README whose table is out of date."""
    path = tmp_path / "README.md"
    path.write_text("# é\n<!-- networks -->\nold\n<!-- /networks -->\nrest\n", encoding="utf-8")
    return path


def run(readme, weights):
    return table.main(["--readme", str(readme), "--weights", str(weights)])


def test_the_readme_agrees_with_the_cards():
    """`make format` updates the table."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert table.renew(text, table.table(table.cards(ROOT / "weights"))) == text


def test_the_table_has_a_row_for_each_card(readme, weights, capsys):
    """The smallest network comes first, pens are a mean over two files, and unknown figures are dashes."""
    assert run(readme, weights) == 0
    assert readme.read_text(encoding="utf-8") == (
        "# é\n<!-- networks -->\n\n"
        "| network | hidden layers | weights and biases | MNIST test images | pens of new writers "
        "| letters and signs called unsure |\n"
        "| --- | --- | ---: | ---: | ---: | ---: |\n"
        "| [784-10-sigmoid](weights/784-10-sigmoid.json) | none | 7,850 | – | – | – |\n"
        "| [784-16-16-10-relu](weights/784-16-16-10-relu.json) | relu | 13,002 | 98.01 % | 96.50 % "
        "| 91.23 % |\n"
        "\n<!-- /networks -->\nrest\n"
    )
    assert "updated" in capsys.readouterr().out


def test_a_second_run_changes_nothing(readme, weights, capsys):
    """It prints nothing, and does not write the file."""
    run(readme, weights)
    capsys.readouterr()
    before = readme.stat().st_mtime_ns
    assert run(readme, weights) == 0
    assert capsys.readouterr().out == ""
    assert readme.stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("no marks", "has <!-- networks --> 0 times"),
        ("<!-- networks -->", "has <!-- /networks --> 0 times"),
        ("<!-- networks --><!-- networks --><!-- /networks -->", "has <!-- networks --> 2 times"),
        ("<!-- /networks --><!-- networks -->", "before <!-- networks -->"),
    ],
)
def test_a_readme_without_markers_is_left_alone(readme, weights, capsys, text, message):
    """Without them it is unknown which part is the table."""
    readme.write_text(text)
    assert run(readme, weights) == 2
    assert message in capsys.readouterr().err
    assert readme.read_text() == text


VALID = {"name": "784-10-sigmoid", "count": 7850}


@pytest.mark.parametrize(
    "card",
    [
        "{",
        "[]",
        "[" * 100_000,
        "9" * 5000,
        b"\xff\xfe{\0}\0",
        b'{"name": "\xff"}',
        {"name": "x"},
        VALID | {"name": "a|b"},
        VALID | {"name": ["784-10-sigmoid"] * 99},
        VALID | {"count": "7850"},
        VALID | {"count": 0},
        VALID | {"count": 10**400},
        VALID | {"count": True},
        VALID | {"shape": 5},
        VALID | {"shape": [784, 0, 10]},
        VALID | {"activation": "a | b\n"},
        VALID | {"activation": None},
        VALID | {"accuracy": [0.9]},
        VALID | {"accuracy": {"held_out": None}},
        VALID | {"accuracy": {"mnist_test": "0.9"}},
        VALID | {"accuracy": {"mnist_test": 95.0}},
        VALID | {"accuracy": {"held_out": {"unipen_1a": float("nan")}}},
        VALID | {"no_digits": [0.9]},
        VALID | {"no_digits": {"unsure_of_characters": 0.9}},
        VALID | {"no_digits": {"unsure_of_characters": {"test": 91}}},
        None,
    ],
    ids=range(26),
)
def test_an_invalid_card_is_named_on_one_line(readme, weights, capsys, card):
    """It is broken, of another kind, incomplete, missing, or would break the table."""
    path = weights / "784-10-sigmoid.json"
    if card is None:
        path.unlink()
    else:
        card = json.dumps(card) if isinstance(card, dict) else card
        path.write_bytes(card.encode() if isinstance(card, str) else card)
    before = readme.read_text()
    assert run(readme, weights) == 2
    said = capsys.readouterr().err
    assert "784-10-sigmoid.json is not a model card" in said
    assert said.count("\n") == 1
    assert len(said) < 350
    assert readme.read_text() == before


def test_a_folder_without_networks_is_refused(readme, tmp_path, capsys):
    """It is a mistake, not an empty table."""
    assert run(readme, tmp_path) == 2
    assert "has no networks" in capsys.readouterr().err
