"""Test the converter on a few of Omniglot's characters, made by hand in the published format."""

import pytest
from handmade import refused

import convert
from network_training.sources import stroke_files

HOOK = (
    "START\n10.000000,-20.000000,0.000000\n10.787402,-20.04,41\n10.79,-20.01,50\n12,-30,99\nBREAK\n"
)
DOTTED = HOOK + "3,-4,120\nBREAK\n"


@pytest.fixture
def published(tmp_path):
    """Folders like Omniglot's two small ones, which have the alphabet Latin in common."""
    drawings = {
        "small1/Latin/character01/0683_02.txt": HOOK,
        "small1/Latin/character01/0683_01.txt": DOTTED,
        "small1/Latin/character02/0684_01.txt": HOOK,
        "small1/Greek/character01/0394_01.txt": HOOK,
        "small2/Latin/character01/0683_01.txt": DOTTED,
        "small2/Japanese_(katakana)/character07/0602_20.txt": HOOK,
        "small2/Japanese_(katakana)/character07/._0602_20.txt": "of a Mac",
    }
    for name, text in drawings.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def test_characters_are_converted(published, capsys):
    """Folders come as given, what is in them by name. What a second folder has again is skipped."""
    out = published / "mine.jsonl.gz"
    arguments = ["omniglot", published / "small1", published / "small2", out]
    assert convert.main([*map(str, arguments)]) == 0
    read = stroke_files.read(out)
    assert [drawing[:3] for drawing in read] == [
        ("mine-00000", -1, "mine-Greek-w01"),
        ("mine-00001", -1, "mine-Latin-w01"),
        ("mine-00002", -1, "mine-Latin-w02"),
        ("mine-00003", -1, "mine-Latin-w01"),
        ("mine-00004", -1, "mine-Japanese_(katakana)-w20"),
    ]
    assert [drawing.label for drawing in read] == [
        "Greek/character01",
        "Latin/character01",
        "Latin/character01",
        "Latin/character02",
        "Japanese_(katakana)/character07",
    ]
    # y is flipped, tenths are kept, and the second of two equal points is left out.
    hook = [[10.0, 20.0], [10.8, 20.0], [12.0, 30.0]]
    assert [[stroke.tolist() for stroke in drawing.strokes] for drawing in read[1:3]] == [
        [hook, [[3.0, 4.0]]],
        [hook],
    ]
    assert (read[0].source, read[0].device) == ("mine", "Mouse or trackpad")
    assert capsys.readouterr().out.splitlines() == [
        f"{out}: 5 drawings of 4 characters by 4 writers",
        "  skipped: 1 of a character that an earlier folder has",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", ", line 1: it is not START"),
        (HOOK.removeprefix("START\n"), ", line 1: it is not START"),
        ("START\n", ": it does not end with a stroke and BREAK"),
        (HOOK.removesuffix("BREAK\n"), ": it does not end with a stroke and BREAK"),
        (HOOK + "BREAK\n", ", line 7: BREAK without points before it"),
        (HOOK + "START\n", ", line 7: it is 'START', expected x,y,milliseconds"),
        (HOOK.replace("12,-30,99", "12,-30"), ", line 5: it is '12,-30', expected x,y,milli"),
        (HOOK.replace("12,-30,99", "12,-30,9,9"), ", line 5: it is '12,-30,9,9', expected x,y"),
        (HOOK.replace("12,-30,99", "12,y,99"), ", line 5: it is '12,y,99', expected x,y,milli"),
        (HOOK.replace("12,-30,99", "nan,-30,99"), ", line 5: it is 'nan,-30,99', expected finite"),
        (HOOK.replace("12,-30,99", ""), ", line 5: it is '', expected x,y,milliseconds"),
        (b"START\n\xff", ": it cannot be read ("),
    ],
)
def test_a_wrong_drawing_is_refused(published, capsys, text, message):
    """The message names the file and line, and nothing is written."""
    path = published / "small1/Latin/character01/0683_02.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    said = refused(capsys, "omniglot", published / "small1", published / "out.jsonl.gz")
    assert f"{path}{message}" in said


def test_a_drawing_of_another_name_is_refused(published, capsys):
    """Its number is needed to name the writer."""
    path = published / "small1/Latin/character02/copy.txt"
    path.write_text(HOOK)
    said = refused(capsys, "omniglot", published / "small1", published / "out.jsonl.gz")
    assert f"{path}: its name is not like 0108_01.txt" in said


@pytest.mark.parametrize("name", [".", "small1/Latin", "absent", "empty"])
def test_a_folder_without_alphabets_is_refused(published, capsys, name):
    """It is one above, one below, missing, or has empty folders only."""
    (published / "empty" / "Latin" / "character01").mkdir(parents=True)
    out = published / "out.jsonl.gz"
    said = refused(capsys, "omniglot", published / "small1", published / name, out)
    assert f"{published / name}: it has no ALPHABET/characterNN/NNNN_NN.txt" in said


def test_only_omniglot_has_several_folders(published, capsys):
    """Two of UNIPEN's would give the same names to different writers."""
    with pytest.raises(SystemExit):
        convert.main(["unipen", "one", "two", str(published / "out.jsonl.gz")])
    assert "unipen has 2 sources, expected one" in capsys.readouterr().err
