"""Test that drawings survive writing and reading, and that wrong files are named with the line."""

import gzip
import json

import handmade
import numpy as np
import pytest

from network_training.sources import stroke_files

SEVEN = {
    "id": "mine-00000",
    "digit": 7,
    "writer": "mine-w001",
    "source": "mine",
    "device": "hand",
    "strokes": [[[100, 90], [260.5, 84]], [[215, 207]]],
}


@pytest.fixture
def path(tmp_path):
    """A path for a stroke file."""
    return tmp_path / "mine.jsonl.gz"


def with_changes(**changes):
    """Write one line with some fields changed. None removes a field."""
    fields = {key: value for key, value in (SEVEN | changes).items() if value is not None}
    return json.dumps(fields)


def test_a_line_is_read_as_a_digit(path):
    """Every field is read, and strokes are float64 even where JSON has integers."""
    (digit,) = stroke_files.read(handmade.write_lines(path, json.dumps(SEVEN)))
    assert digit[:3] == ("mine-00000", 7, "mine-w001")
    assert (digit.source, digit.device) == ("mine", "hand")
    assert [stroke.tolist() for stroke in digit.strokes] == SEVEN["strokes"]
    assert {stroke.dtype for stroke in digit.strokes} == {np.dtype(np.float64)}


def test_digits_that_are_written_can_be_read_again(path):
    """Bits and order are kept. Equal digits give equal bytes whatever the file's name."""
    digits = handmade.digits(30, np.random.default_rng(4))
    stroke_files.write(path, digits)
    again = stroke_files.read(path)
    assert [digit[:3] for digit in again] == [digit[:3] for digit in digits]
    for one, other in zip(digits, again, strict=True):
        for stroke, same in zip(one.strokes, other.strokes, strict=True):
            assert np.array_equal(stroke, same)
    stroke_files.write(path.with_name("other.gz"), again)
    assert path.read_bytes() == path.with_name("other.gz").read_bytes()


def test_what_is_no_digit_has_a_label(path):
    """It is kept, as a digit's own label is. A digit without one is written without one."""
    cross = with_changes(digit=-1, label="Latin/character24")
    handmade.write_lines(path, cross, with_changes(label="with a bar"), json.dumps(SEVEN))
    read = stroke_files.read(path)
    labelled = [(-1, "Latin/character24"), (7, "with a bar"), (7, "")]
    assert [(drawing.digit, drawing.label) for drawing in read] == labelled
    stroke_files.write(path, read)
    lines = [json.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines()]
    assert lines[0] == json.loads(cross)
    assert lines[2] == SEVEN
    assert "label" not in lines[2]
    assert [drawing.label for drawing in stroke_files.read(path)] == [
        label for _, label in labelled
    ]


def test_plain_text_and_missing_sources_are_accepted(path):
    """A file need not be gzipped, and ``source`` and ``device`` are optional."""
    path.write_text(with_changes(source=None, device=None) + "\n")
    assert stroke_files.read(path)[0].source == ""


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("", r"invalid JSON at column 1 \(Expecting value\)"),
        ('{"id": "mine-0', "invalid JSON at column 8"),
        (b'{"id": "\xff"}\n', "byte 9 is not UTF-8"),
        ("[" * 100_000, "nested too deeply"),
        ("[1, 2]", r"it is \[1, 2\], expected an object"),
        (with_changes(digit=None), "digit is missing"),
        (with_changes(writer=None), "writer is missing"),
        (with_changes(strokes=None), "strokes is missing"),
        (with_changes(digit=10), "digit is 10, expected a whole number from 0 to 9"),
        (with_changes(digit=-2, label="x"), "digit is -2, .* or -1 for no digit"),
        (with_changes(digit=-1), "digit is -1 without a label, expected one like"),
        (with_changes(digit=-1, label=" "), "digit is -1 without a label"),
        (with_changes(digit=-1, label=24), "label is 24, expected a text"),
        (with_changes(digit=-1, label="\ud83d"), "label has half a character in it"),
        (with_changes(digit="7"), 'digit is "7"'),
        (with_changes(digit=7.0), r"digit is 7\.0"),
        (with_changes(digit=True), "digit is true"),
        (with_changes(writer=3), "writer is 3, expected a text"),
        (with_changes(id=""), 'id is "", expected a text'),
        (with_changes(device=5), "device is 5, expected a text"),
        (with_changes(strokes=7), "strokes is 7, expected a list"),
        (with_changes(strokes=[]), "strokes have no points"),
        (with_changes(strokes=[[]]), "strokes have no points"),
        (with_changes(strokes=[[1, 2]]), r"stroke 0 has shape \(2,\)"),
        (with_changes(strokes=[[[1, 2, 3]]]), r"stroke 0 has shape \(1, 3\)"),
        (with_changes(strokes=[[[1, 2]], [[1, 2], [3]]]), "stroke 1 is not a list of points"),
        (with_changes(strokes=[[["1", "2"]]]), "stroke 0 has <U1 in it"),
        (with_changes(strokes=[[[1, float("nan")]]]), "NaN in it, expected finite"),
        (with_changes(strokes=[[[1, 2]]]).replace("2]]]", "1e999]]]"), r"point 0 is \(1\.0, inf\)"),
    ],
)
def test_the_wrong_line_is_named(path, line, message):
    """It is the second of three lines. The message has the file's name and the line's number."""
    good = json.dumps(SEVEN)
    handmade.write_lines(path, good, line, good)
    with pytest.raises(ValueError, match=rf"{path}, line 2: .*{message}"):
        stroke_files.read(path)


def test_all_files_of_folders_are_read_by_name(path):
    """The order of the folders does not matter, but no two files may have one name."""
    one, other = path.parent / "one", path.parent / "other"
    for folder, name in ((one, "b"), (other, "a"), (other, "c")):
        folder.mkdir(exist_ok=True)
        handmade.write_lines(folder / f"{name}.jsonl.gz", with_changes(writer=name))
    (one / "notes.txt").write_text("no stroke file")
    for folders in ([one, other], [other, one], [one, other, one]):
        read = stroke_files.gather(folders)
        assert list(read) == ["a", "b", "c"]
        assert [[drawing.writer for drawing in drawings] for drawings in read.values()] == [
            ["a"],
            ["b"],
            ["c"],
        ]
    handmade.write_lines(one / "c.jsonl.gz", with_changes())
    with pytest.raises(ValueError, match=rf"{other}/c.jsonl.gz has the name of {one}/c.jsonl.gz"):
        stroke_files.gather([one, other])
    with pytest.raises(ValueError, match=rf"{path.parent} has no stroke files"):
        stroke_files.gather([one, path.parent])


def test_an_empty_file_is_refused(path):
    with pytest.raises(ValueError, match=rf"{path}, line 1: the file is empty"):
        stroke_files.read(handmade.write_lines(path))


@pytest.mark.parametrize("damage", [lambda data: data[:-40], lambda data: data[:-8] + bytes(8)])
def test_a_damaged_gzip_file_is_refused(path, damage):
    """It is cut short, or its checksum does not match."""
    stroke_files.write(path, handmade.digits(40, np.random.default_rng(5)))
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(ValueError, match=rf"{path}, line \d+: its gzip is broken"):
        stroke_files.read(path)


def test_a_gzip_header_without_valid_data_is_refused(path):
    path.write_bytes(gzip.compress(b"")[:10] + b"\xff" * 20)
    with pytest.raises(ValueError, match="line 1: its gzip is broken"):
        stroke_files.read(path)
