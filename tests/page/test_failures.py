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
