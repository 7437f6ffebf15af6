"""Files of examples: what is written is read again as it was, and every wrong line is named."""

import json

import js

from page.pad.ink import Ink
from page.panels.examples import stroke_file
from page.panels.examples.example import MOST_POINTS, from_ink, written
from page.panels.examples.transfer import result, told_of

OWN = (
    '{"id":"own-1","digit":7,"writer":"me","strokes":[[[1.0,2.25],[30.0,40.5]],[[5.0,5.0]]],'
    '"source":"Plain Vanilla","device":""}'
)


def ink(*strokes):
    """Put strokes on a pad."""
    pad = Ink(js.Float32Array.new)
    for first, *rest in strokes:
        pad.begin(*first)
        for place in rest:
            pad.extend(*place)
        pad.end()
    return pad


def line(**changes):
    """Write a line of a file of another program."""
    fields = {"id": "a", "digit": 3, "writer": "b", "strokes": [[[0, 0], [3, 4]]]}
    fields.update(changes)
    return json.dumps(fields)


async def fault_of(text):
    """Read one line that is wrong, and return why."""
    examples, faults = await stroke_file.read(text)
    assert examples == []
    assert [number for number, _ in faults] == [1]
    return faults[0][1]


def test_a_drawing_becomes_a_line_with_two_decimals():
    """Of the pad's float32 numbers only what a pad unit needs is written, and nothing of the visitor."""
    example = from_ink(ink([(12.3, 0.1 + 0.2), (99.999, 7)], [(5, 5)]), 4)
    assert example.strokes == "[[[12.3,0.3],[100.0,7.0]],[[5.0,5.0]]]"
    assert example.path == "M12.3,0.3 100.0,7.0h0M5.0,5.0h0"
    assert example.places == [[(12.3, 0.3), (100.0, 7.0)], [(5.0, 5.0)]]
    assert example.line.startswith('{"id":"own-')
    assert example.line.endswith('"source":"Plain Vanilla","device":""}')
    names = {from_ink(ink([(1, 1)]), 4).id for _ in range(40)}
    assert len(names) == 40
    assert all(len(name) == 20 and name[4:].strip("0123456789abcdef") == "" for name in names)


async def test_a_line_of_this_page_stays_as_it_is():
    """Whatever its size: a dot, too."""
    dot = OWN.replace("[[1.0,2.25],[30.0,40.5]],", "").replace("own-1", "own-2")
    examples, faults = await stroke_file.read(OWN + "\r\n\n" + dot + "\n")
    assert faults == []
    assert [example.digit for example in examples] == [7, 7]
    assert stroke_file.write(examples) == OWN + "\n" + dot + "\n"
    assert examples[0].key < examples[1].key


async def test_texts_of_any_script_stay_as_they_are():
    """Also where another program has escaped them, quotes and emoji among them."""
    escaped = line(id="x").replace('"x"', '"\\ud83d\\ude00 \\u00e9 \\" \\\\ \\n"')
    examples, faults = await stroke_file.read(escaped)
    assert faults == []
    assert examples[0].id == '😀 é " \\ \n'
    again, faults = await stroke_file.read(examples[0].line)
    assert again[0].id == examples[0].id
    assert again[0].line == examples[0].line


async def test_a_drawing_in_other_units_is_fitted_into_the_pad():
    """Its proportions stay. One that fits already is left alone, so that reading twice changes nothing."""
    for factor in (1e-308, 0.01, 1000, 1e307):
        drawing = [[[0, 0], [factor, 2 * factor]], [[-factor, 0]], []]
        examples, faults = await stroke_file.read(line(strokes=drawing))
        assert faults == []
        assert examples[0].places == [[(50.0, 15.0), (85.0, 85.0)], [(15.0, 15.0)]]
        again, _ = await stroke_file.read(examples[0].line)
        assert again[0].line == examples[0].line
    dots, _ = await stroke_file.read(line(strokes=[[[3, 4]]]))
    assert dots[0].places == [[(50.0, 50.0)]]


async def test_each_wrong_line_says_what_is_wrong():
    """As JSON, as an object, in each field, in each stroke."""
    for text in ("[1 2]", "{", "nonsense", '{"id": NaN}', "{'id': 1}", OWN + "x", "\x89PNG"):
        assert await fault_of(text) == "it is not JSON."
    assert await fault_of("7") == "it is not an object with id, digit, writer and strokes."
    assert await fault_of("[" * 50000 + "]" * 50000) != ""
    for name in ("id", "digit", "writer", "strokes"):
        without = line().replace('"%s"' % name, '"other"')
        assert await fault_of(without) == name + " is missing."
    for digit in (10, -1, 3.5, True, "3", None):
        assert "digit is" in await fault_of(line(digit=digit))
    for name in ("id", "writer"):
        for value in ("", 5, None):
            assert await fault_of(line(**{name: value})) != ""
    assert "device" in await fault_of(line(device=[1]))
    assert await fault_of(line(id="\ufffd")) == "it is not UTF-8 text."
    assert await fault_of('{"id": "\\ud800"}') == "a text in it has half a character."
    assert "strokes is 5" in await fault_of(line(strokes=5))
    assert await fault_of(line(strokes=[])) == "its strokes have no points."
    assert await fault_of(line(strokes=[[], []])) == "its strokes have no points."
    assert await fault_of(line(strokes=[[[1, 2]], 5])) == "stroke 2 is not a list of points."
    for point in ([1], [1, 2, 3], [True, 1], ["1", 2], None, {"x": 1}):
        assert "stroke 1 has" in await fault_of(line(strokes=[[point]]))
    assert "stroke 1 has" in await fault_of(line(strokes=[[[1, 2]]]).replace("1, 2", "1e999, 2"))
    many = line(strokes=[[[n, n] for n in range(MOST_POINTS + 1)]])
    assert "5001 points" in await fault_of(many)


async def test_right_lines_among_wrong_ones_are_read():
    """The faults have the numbers of their lines, blank ones counted."""
    examples, faults = await stroke_file.read("\n".join([OWN, "", "7", line(digit=12), line()]))
    assert [example.digit for example in examples] == [7, 3]
    assert [number for number, _ in faults] == [3, 4]


def test_numbers_have_one_form():
    assert written([[(0.004, -0.001), (99.999, 7)]]) == "[[[0.0,0.0],[100.0,7.0]]]"


def test_what_became_of_a_file_is_told():
    """In the singular, too."""
    assert result(1, 0, 0) == "1 digit added."
    assert result(1200, 3, 1) == (
        "1,200 digits added. 3 were here already. 1 was left out: there is room for 1,000 in all."
    )
    assert result(0, 0, 0) == ""
    faults = [(n, "it is not JSON.") for n in range(1, 6)]
    assert told_of(faults[:1]) == ["Line 1: it is not JSON."]
    assert told_of(faults, "a.jsonl")[2:] == [
        "Line 3 of a.jsonl: it is not JSON.",
        "2 more lines of a.jsonl could not be used.",
    ]
