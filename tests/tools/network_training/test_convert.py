"""Test the converter on short files made by hand in the published formats."""

import subprocess
import sys
from pathlib import Path

import pytest
from handmade import refused

import convert
from network_training.sources import stroke_files

ROOT = Path(__file__).resolve().parents[3]

PENDIGITS = """\
 .INCLUDE some.doc
.COMMENT a word about it all
.HIERARCHY DIGIT
.SEGMENT DIGIT 0 ? "1"
.COMMENT 1 91 1
.PEN_DOWN
 250  400
 248  100
 248  100
.PEN_UP
.DT 100
.SEGMENT DIGIT 1-2 ? "4"
.COMMENT 4 17 1
.PEN_DOWN
 200 400
 100 200
 300 200
.PEN_UP
.DT 100
.PEN_DOWN
 260 300
 250 500
.PEN_UP
.DT 100
.SEGMENT DIGIT 3 ? "7"
.COMMENT 7 91 2
.PEN_DOWN
 100 400
 300 400
 200   0
.PEN_UP
.DT 100
"""

# What a contributor's file includes: components 0 to 5, of which 1 and 3 are pen-up.
DATA = """\
.INCLUDE abc/abc.doc

.WRITER_ID anna
.WRITER_INFO
     First name: .. not told
.PEN_DOWN
10 20
30 41
.PEN_UP
1 1
.PEN_UP
.DT 100
.PEN_DOWN
11 -5
12 -6
13 -7
.PEN_UP
2 2
.WRITER_ID bert
.PEN_DOWN
0 0
.PEN_UP
.PEN_DOWN
5 5 6
6
.PEN_UP
"""

DOC = """\
.VERSION 1.0
.COMMENT  ### units ###
          .5 of them
.COORD X Y
.X_DIM 301
.X_POINTS_PER_INCH\t100
.Y_POINTS_PER_INCH 200
"""

SEGMENTS = """\
.VERSION 1.0
.INCLUDE abc/words.lex
.INCLUDE abc/data/one.dat
.SEGMENT CHARACTER 0-2 ? "4"
.SEGMENT CHARACTER 2 OK "1"
.SEGMENT CHARACTER 5 OK "7"
"""


@pytest.fixture
def uci(tmp_path):
    """A file like pendigits-orig.tra."""
    path = tmp_path / "pendigits-orig.tra"
    path.write_text(PENDIGITS)
    return path


@pytest.fixture
def cdrom(tmp_path):
    """A folder like train_r01_v07, with one contributor."""
    root = tmp_path / "train_r01_v07"
    files = {
        "data/1a/abc/one.dat": SEGMENTS,
        "include/abc/abc.doc": DOC,
        "include/abc/data/one.dat": DATA,
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def converted(capsys, *arguments):
    """Run the command. Returns the digits that it wrote, and what it printed."""
    assert convert.main([*map(str, arguments)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return stroke_files.read(arguments[-1]), out


def test_uci_digits_are_converted(uci, tmp_path, capsys):
    """Writers are numbered by first appearance, y is flipped in a box of 500, and rests are left out."""
    out = tmp_path / "mine_tra.jsonl.gz"
    digits, said = converted(capsys, "pendigits", uci, out)
    assert [digit.digit for digit in digits] == [1, 4, 7]
    assert [digit.id for digit in digits] == [f"mine_tra-0000{n}" for n in range(3)]
    assert [digit.writer for digit in digits] == [f"mine_tra-w00{n}" for n in (1, 2, 1)]
    assert [[stroke.tolist() for stroke in digit.strokes] for digit in digits[:2]] == [
        [[[250, 100], [248, 400]]],
        [[[200, 100], [100, 300], [300, 300]], [[260, 200], [250, 0]]],
    ]
    assert digits[0].source == "mine_tra"
    assert said == f"{out}: 3 digits of 2 writers\n"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            ".SEGMENT DIGIT 1-2",
            ".SEGMENT DIGIT 1-3",
            "line 12: .SEGMENT names strokes 1 to 3, but 2",
        ),
        (".SEGMENT DIGIT 3 ", ".SEGMENT DIGIT 4 ", "line 25: .SEGMENT names strokes 4 to 4, but 1"),
        ('"4"', '"x"', "line 12: .SEGMENT is DIGIT 1-2"),
        (
            ".COMMENT 4 17 1",
            ".COMMENT 5 17 1",
            "line 13: .COMMENT is 5 17 1, expected 4, its writer",
        ),
        (".COMMENT 4 17 1", ".COMMENT by anna", "line 13: .COMMENT is by anna, expected 4"),
        (".COMMENT 4 17 1\n", "", "line 12: .SEGMENT has no .COMMENT that names the writer"),
        (" 300 200\n", " 300\n", "line 14: .PEN_DOWN has 5 numbers, expected 2 finite ones"),
        (" 300 200\n", " 300 inf\n", "line 14: .PEN_DOWN has 6 numbers, expected 2 finite ones"),
        (" 300 200\n", " 300 x\n", "line 14: .PEN_DOWN has something that is not a number"),
        (" 260 300\n 250 500\n", "", "line 12: .SEGMENT has a stroke without points"),
        ('.SEGMENT DIGIT 0 ? "1"\n', "", "line 5: .PEN_DOWN comes before any .SEGMENT"),
    ],
)
def test_a_wrong_uci_file_is_refused(uci, tmp_path, capsys, old, new, message):
    """The message names the file and line, and nothing is written."""
    assert PENDIGITS.count(old) == 1
    uci.write_text(PENDIGITS.replace(old, new))
    assert f"{uci}, {message}" in refused(capsys, "pendigits", uci, tmp_path / "out.jsonl.gz")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\x1f\x9d\x90x", "it is compressed, expected it uncompressed: run `gzip -d`"),
        (b"1,2,3\n", "line 1: no statement found"),
        (b"", "line 1: no statement found"),
        (b".VERSION 1.0\n", "it has no .SEGMENT DIGIT"),
    ],
)
def test_a_file_of_another_kind_is_refused(uci, tmp_path, capsys, data, message):
    """It is still compressed, of another format, empty, or has no digits."""
    uci.write_bytes(data)
    assert message in refused(capsys, "pendigits", uci, tmp_path / "out.jsonl.gz")


def test_a_missing_file_is_refused(tmp_path, capsys):
    """A folder without UNIPEN's digits is refused too."""
    out = tmp_path / "out.jsonl.gz"
    assert "absent: No such file" in refused(capsys, "pendigits", tmp_path / "absent", out)
    assert "1a: it has no .dat files" in refused(capsys, "unipen", tmp_path, out)


def test_unipen_digits_are_converted(cdrom, tmp_path, capsys):
    """Pen-up components count but leave no ink, x and y get the same scale, and no lexicon is needed."""
    out = tmp_path / "mine.jsonl.gz"
    digits, said = converted(capsys, "unipen", cdrom, out)
    assert [digit.digit for digit in digits] == [4, 1, 7]
    assert [digit.writer for digit in digits] == ["mine-w001", "mine-w001", "mine-w002"]
    assert {digit.source for digit in digits} == {"abc"}
    assert [[stroke.tolist() for stroke in digit.strokes] for digit in digits] == [
        [[[10, -10], [30, -20.5]], [[11, 2.5], [12, 3], [13, 3.5]]],
        [[[11, 2.5], [12, 3], [13, 3.5]]],
        [[[5, -2.5], [6, -3]]],
    ]
    assert said == f"{out}: 3 digits of 2 writers\n"


def test_unipen_files_are_read_in_the_order_of_their_names(cdrom, tmp_path, capsys):
    """Writers are numbered in that order. Equal names of two contributors are two writers."""
    other = cdrom / "data" / "1a" / "aaa" / "zz.dat"
    other.parent.mkdir()
    other.write_text(SEGMENTS.replace('? "4"', '? "0"'))
    digits, _ = converted(capsys, "unipen", cdrom, tmp_path / "mine.jsonl.gz")
    assert [digit.digit for digit in digits] == [0, 1, 7, 4, 1, 7]
    assert [digit.writer[-1] for digit in digits] == list("112334")
    assert [digit.source for digit in digits] == ["aaa"] * 3 + ["abc"] * 3


def test_unipen_ranges_may_name_points(cdrom, tmp_path, capsys):
    """A range runs from a point of one component to a point of another, both included."""
    path = cdrom / "data" / "1a" / "abc" / "one.dat"
    path.write_text(
        ".INCLUDE abc/data/one.dat\n"
        '.SEGMENT CHARACTER 0:1-2:1 OK "4"\n'
        '.SEGMENT CHARACTER 2:1 OK "1"\n'
        '.SEGMENT CHARACTER 0,5 "7"\n'
    )
    digits, _ = converted(capsys, "unipen", cdrom, tmp_path / "mine.jsonl.gz")
    assert [[len(stroke) for stroke in digit.strokes] for digit in digits] == [[1, 2], [2], [2, 2]]


def test_unipen_points_may_have_more_than_two_coordinates(cdrom, tmp_path, capsys):
    """Time and pressure may stand between x and y. Units may be millimetres, or missing."""
    doc = cdrom / "include" / "abc" / "abc.doc"
    doc.write_text(".COORD T Y X\n")
    data = cdrom / "include" / "abc" / "data" / "one.dat"
    data.write_text(".INCLUDE abc/abc.doc\n.PEN_DOWN\n0 20 10 1 21 11\n")
    path = cdrom / "data" / "1a" / "abc" / "one.dat"
    path.write_text('.INCLUDE abc/data/one.dat\n.SEGMENT CHARACTER 0 OK "1"\n')
    digits, _ = converted(capsys, "unipen", cdrom, tmp_path / "mine.jsonl.gz")
    assert digits[0].strokes[0].tolist() == [[10, -20], [11, -21]]
    assert digits[0].writer == "mine-w001"


def test_segments_that_are_not_digits_are_skipped_and_counted(cdrom, tmp_path, capsys):
    """The reasons are other labels and kinds, missing strokes, and nothing but dots and pen-ups."""
    path = cdrom / "data" / "1a" / "abc" / "one.dat"
    path.write_text(
        SEGMENTS
        + '.SEGMENT CHARACTER 0 OK "x"\n.SEGMENT TEXT 0-2 OK "41"\n.SEGMENT CHARACTER 0 ? "41"\n'
        + '.SEGMENT CHARACTER 5-6 OK "7"\n'
        + '.SEGMENT CHARACTER 4 OK "1"\n.SEGMENT CHARACTER 1 OK "1"\n'
    )
    digits, said = converted(capsys, "unipen", cdrom, tmp_path / "mine.jsonl.gz")
    assert len(digits) == 3
    assert said.splitlines()[1:] == [
        "  skipped: 3 not labelled as a digit",
        "  skipped: 1 of strokes that do not exist",
        "  skipped: 2 with no ink except dots",
    ]


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("data/1a/abc/one.dat", "one.dat", "two.dat", "two.dat: No such file"),
        (
            "data/1a/abc/one.dat",
            "abc/data/one.dat",
            "../../x",
            "line 3: .INCLUDE is ../../x, expected",
        ),
        ("data/1a/abc/one.dat", "0-2", "first", "line 4: .SEGMENT is CHARACTER first"),
        ("data/1a/abc/one.dat", "0-2", "2-", "line 4: .SEGMENT has the range 2-, expected"),
        (
            "include/abc/abc.doc",
            ".COORD X Y\n",
            "",
            "line 4: .SEGMENT follows no .COORD of X and Y",
        ),
        (
            "include/abc/abc.doc",
            "\t100",
            " many",
            "line 6: .X_POINTS_PER_INCH has something that is not",
        ),
        ("include/abc/data/one.dat", "12 -6\n", "12\n", "line 13: .PEN_DOWN has 5 numbers"),
        (
            "include/abc/data/one.dat",
            "abc/abc.doc",
            "abc/data/one.dat",
            "line 1: .INCLUDE is abc/data",
        ),
    ],
)
def test_a_wrong_unipen_file_is_refused(cdrom, tmp_path, capsys, name, old, new, message):
    """The message names the file that is wrong, included or not, and the line."""
    path = cdrom / name
    assert path.read_text().count(old) == 1
    path.write_text(path.read_text().replace(old, new))
    assert message in refused(capsys, "unipen", cdrom, tmp_path / "out.jsonl.gz")


def test_a_unipen_file_without_segments_is_refused(cdrom, tmp_path, capsys):
    path = cdrom / "data" / "1a" / "abc" / "one.dat"
    path.write_text(".VERSION 1.0\n")
    assert "it has no .SEGMENT" in refused(capsys, "unipen", cdrom, tmp_path / "out.jsonl.gz")


def test_the_command_runs_from_any_folder(uci, tmp_path):
    command = [sys.executable, ROOT / "tools" / "convert.py", "pendigits", uci.name, "x.jsonl.gz"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (0, "x.jsonl.gz: 3 digits of 2 writers\n")
