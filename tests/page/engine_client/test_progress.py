"""The report on a training run, as plain Python."""

import js

from page.engine_client import progress


def reply(text):
    """Make a reply as it comes from the engine."""
    return js.JSON.parse(text)


def test_a_report_becomes_a_dict():
    """With what is inside it, too."""
    read = progress.read(
        reply(
            '{"status": "running", "images": 64, "epoch": 0.5, "settings": {"shape": [784, 10]},'
            ' "marks": [{"images": 0, "code": "rate", "value": 0.1}], "remedy": {}}'
        )
    )
    assert read["status"] == "running"
    assert read["images"] == 64
    assert read["settings"]["shape"] == [784, 10]
    assert read["marks"][0]["value"] == 0.1
    assert read["network"] is None
    assert read["points"] is None


def test_arrays_and_the_network_stay_in_javascript():
    """A million bytes as text would block the page."""
    made = reply('{"status": "running", "network": {"id": "learned"}}')
    made.gallery = js.Uint8Array.new(784 * 4)
    made.points = js.Float64Array.new(5)
    read = progress.read(made)
    assert read["gallery"].length == 784 * 4
    assert read["points"].length == 5
    assert read["network"].id == "learned"
    made.network = js.undefined
    assert progress.read(made)["network"] is None
    assert made.gallery.length == 784 * 4


def test_points_are_five_numbers_each():
    """What was not measured is NaN."""
    array = js.Float64Array.of(
        64, 2.5, js.Number.NaN, 0.1, js.Number.NaN, 128, 2.25, 2.0, 0.2, 0.25
    )
    first, second = progress.points(array)
    assert first[:2] == (64, 2.5)
    assert first[2] != first[2]
    assert first[4] != first[4]
    assert second == (128, 2.25, 2.0, 0.2, 0.25)
    assert progress.points(js.Float64Array.new(0)) == []
