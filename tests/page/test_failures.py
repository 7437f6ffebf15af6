"""What the page says when something failed."""

from page import failures


def test_a_start_that_failed_names_the_part_in_words():
    """A teacher knows what NumPy or a network's weights are; a path says little."""
    base = "Error: runtime/python/"
    for error, part in (
        (base + "numpy-2.2.5-cp313.whl: the server answered 404", "NumPy"),
        (base + "wasm-01234567.bin: no answer from the server", "Python"),
        ("Error: weights/784-16-16-10-sigmoid.npz: the server answered 404", "weights"),
        (
            "Error: runtime/python/engine-01234567.bin: its bytes are not those that were built",
            "code",
        ),
    ):
        assert part in failures.at_start(error)


def test_a_servers_mistake_has_its_own_advice():
    """There is no need to check a connection that works."""
    path = "Error: weights/784-16-16-10-sigmoid.npz: "
    for wrong, advice in (
        ("the server answered 404", "copy all of its files"),
        ("the server sent a web page", "log in"),
        ("no answer from the server", "Check the connection"),
    ):
        assert advice in failures.at_start(path + wrong)
        assert advice in failures.of_digits(path + wrong)


def test_every_sentence_says_that_the_drawing_is_kept():
    """Nobody should fear for their drawing."""
    for said in (failures.at_start("x"), failures.at_work("x"), failures.SILENT):
        assert failures.KEPT in said


def test_a_traceback_is_cut_down_to_its_error():
    """Its last line says what happened."""
    traceback = (
        'Traceback (most recent call last):\n  File "nn/files.py", line 3\nValueError: no W0\n'
    )
    said = failures.at_work(traceback)
    assert "no W0" in said
    assert "Traceback" not in said
    assert "\n" not in said


def test_an_error_without_words_still_makes_a_sentence():
    """The page never shows an empty failure."""
    assert "no reason given" in failures.at_start("")
    assert "no reason given" in failures.at_work(" \n ")


def test_an_endless_error_is_cut_short():
    """It must fit on the page."""
    assert len(failures.at_work("x" * 10000)) < 400


class Reason:
    """What the worker reports of a file."""

    def __init__(self, code, **fields):
        self.code = code
        self.path = "weights/784-16-16-10-relu.npz"
        for name, value in fields.items():
            setattr(self, name, value)


def test_every_reason_of_the_worker_becomes_words():
    """With the path in front, and with its numbers; an error that nobody foresaw keeps its own text."""
    for reason, words in (
        (Reason("status", status=404), "the server answered 404"),
        (Reason("short", arrived=5, bytes=10), "5 bytes arrived of 10"),
        (Reason("no-answer"), "no answer from the server"),
        (Reason("web-page"), "the server sent a web page"),
        (Reason("cut"), "the connection was cut"),
        (Reason("altered"), "its bytes are not those that were built"),
        (Reason("unusable"), "it does not hold what it should"),
    ):
        assert failures.of_file(reason) == reason.path + ": " + words
        assert "the network's weights" in failures.at_start(failures.of_file(reason))
    assert failures.of_file(Reason("unforeseen", text="KeyError: 'x'")) == "KeyError: 'x'"


def test_a_refused_edit_says_what_to_do():
    """With the limits, as far as there are any."""
    assert failures.of_edit(Reason("out-of-range", low=0, high=1)) == "Use a number from 0 to 1."
    assert failures.of_edit(Reason("out-of-range", low=0)) == "Use a number of 0 or more."
    assert "Use a smaller number." in failures.of_edit(Reason("too-large"))
    assert failures.of_edit(Reason("invalid")).endswith(".")
