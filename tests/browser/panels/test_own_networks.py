"""A visitor's own networks: what is saved, opened and kept is what the page uses, bit for bit."""

import io
import json
import subprocess
import sys
import zipfile
from itertools import pairwise

import digits
import numpy as np
import pytest
from access import CUT_OFF, violations
from downloads import BROWSERS, saving
from keeping import databases
from oracle import SIGMOID, WEIGHTS
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from visits import PHONE, TABLET

# What the panel says, and what it has.
TOLD = """
const text = (selector) => document.querySelector(`#own-networks ${selector}`).textContent;
return {
  saved: text('.download .told'), opened: text('.open .told'), refused: text('.open .said'),
  stored: text('.keep .told'), wrong: text('.keep .said'), used: text('.in-use'),
  kept: [...document.querySelectorAll('#kept-networks span')].map((e) => e.textContent),
  own: [...document.querySelectorAll('#networks [data-own]')].map((e) => e.value),
};
"""

# Drop files that the page itself makes: a driver cannot drag any.
DROP = """
const [names, target] = arguments, dataTransfer = new DataTransfer();
for (const name of names) dataTransfer.items.add(new File(['no network'], name));
const tell = (kind) => document.querySelector(target).dispatchEvent(
  new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer }));
return [tell('dragover'), 'dropping' in document.documentElement.dataset, tell('drop')];
"""


@pytest.fixture
def room(page):
    """The page with the panel open; afterwards nothing is left of the visitor's own."""
    yield open_room(page)
    page.js(
        "[...document.querySelectorAll('#kept-networks [name=delete]')].forEach((e) => e.click())"
    )
    page.until("return !document.querySelector('#kept-networks li')")
    while own := told(page)["own"]:
        page.click("#networks [data-own]")
        page.until(f"return document.documentElement.dataset.network === '{own[0]}'")
        page.until("return !document.getElementById('close-network').hidden")
        page.press("close-network")
        page.until(f"return document.documentElement.dataset.network === '{SIGMOID}'")
    page.wait(lambda: databases(page) == [], "nothing is kept")


def open_room(page):
    page.js("document.getElementById('own-networks').open = true")
    page.until("return !document.getElementById('keep-network').disabled")
    return page


def told(page):
    return page.js(TOLD)


def until(page, **wanted):
    """Wait until the panel says something that contains these words."""

    def says():
        now = told(page)
        return all(words in now[key] for key, words in wanted.items())

    page.wait(says, lambda: f"{wanted}: {told(page)}")


def choose(page, path):
    page.driver.find_element(By.ID, "open-network").send_keys(str(path))


def network(shape=(784, 6, 10), activation="relu", **spoiled):
    """Make a network's file as NumPy writes it, with arrays replaced or, if they are None, left out."""
    rng = np.random.default_rng(4)
    arrays = {"activation": np.array(activation)}
    for layer, (before, after) in enumerate(pairwise(shape)):
        arrays[f"W{layer}"] = rng.normal(0, 0.1, (after, before)).astype(np.float32)
        arrays[f"b{layer}"] = np.zeros((after, 1), np.float32)
    arrays = {name: array for name, array in (arrays | spoiled).items() if array is not None}
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    return file.getvalue()


def bomb():
    """Pack 25 MB of zeros into 25 kB."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("W0", "b0", "activation"):
            archive.writestr(f"{name}.npy", bytes(25_000_000 if name == "W0" else 9))
    return file.getvalue()


# Files that are refused, and words of the sentence that says why.
BAD = {
    "cut.npz": (network()[:-40], "it is damaged"),
    "empty.npz": (b"", "it is damaged"),
    "picture.npz": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(500), "It is not an .npz file"),
    "text.txt": (b"784 16 16 10", "It is not an .npz file"),
    "names.npz": (network(W0=None, weights=np.zeros(3)), "W0 is missing"),
    "more.npz": (network(optimiser=np.zeros(3)), "and nothing else."),
    "columns.npz": (network(W1=np.zeros((10, 7), np.float32)), "The shape of W1 does not fit"),
    "row.npz": (network(b0=np.zeros(6, np.float32)), "The shape of b0 does not fit"),
    "double.npz": (network(W0=np.zeros((6, 784))), "W0 does not hold float32"),
    "nan.npz": (network(b1=np.full((10, 1), np.nan, np.float32)), "b1 has NaN"),
    "pickle.npz": (network(W0=np.array([[print]], object)), "W0 holds Python objects"),
    "bomb.npz": (bomb(), "more than 20 MB"),
    "tanh.npz": (network(activation="tanh"), "activation function is not known"),
    "wide.npz": (network((784, 129, 10)), "a layer of 129 neurons"),
    "deep.npz": (network((784, 2, 2, 2, 2, 10)), "4 hidden layers"),
    "small.npz": (network((64, 10)), "expects 64 numbers"),
    "letters.npz": (network((784, 26)), "26 outputs"),
}


@pytest.mark.only(*BROWSERS)
def test_what_is_saved_reads_the_digit_anywhere(room, tmp_path):
    """The lines that the page shows are run by Python, with the files; then the notebook's cells."""
    room.draw(digits.strokes(7)).settle()
    with saving(room, tmp_path) as read:
        for what, name in (
            ("network", f"{SIGMOID}.npz"),
            ("drawing", "digit.npy"),
            ("notebook", f"{SIGMOID}.ipynb"),
        ):
            room.press(f"download-{what}")
            until(room, saved=f"Saved as {name}.")
        assert read(f"{SIGMOID}.npz") == (WEIGHTS / f"{SIGMOID}.npz").read_bytes()
        assert read("digit.npy")
        notebook = json.loads(read(f"{SIGMOID}.ipynb"))
    assert room.answer() == "7"
    lines = room.js("return document.getElementById('numpy-lines').textContent")
    assert run(lines, tmp_path) == "7\n"
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    cells += ["print(*activations[-1][:, 0])"]
    *_, last = run("\n".join(cells), tmp_path).splitlines()
    shown = room.activations()
    outputs = [shown[f"3:{digit}"] for digit in range(10)]
    assert [float(a) for a in last.split()] == pytest.approx(outputs, abs=2e-6)


def run(program, folder):
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.mark.only(*BROWSERS)
def test_an_edited_network_comes_back_bit_for_bit(room, tmp_path):
    """Noise makes every weight one that no file has ever held; it is no longer the shipped one."""
    room.draw(digits.strokes(3)).settle()
    room.js("document.getElementById('dials').open = true")
    before = room.activations()
    room.press("noise").settle()
    room.wait(lambda: room.activations() != before, "the noise is there")
    noisy, answer = room.settle().activations(), room.answer()
    with saving(room, tmp_path) as read:
        room.press("download-network")
        until(room, saved="Saved as")
        saved = read(f"{SIGMOID}.npz")
    (tmp_path / "noisy.npz").write_bytes(saved)
    choose(room, tmp_path / "noisy.npz")
    until(
        room, opened="Opened “noisy”, with 13,002 weights and biases.", used="noisy, 784-16-16-10"
    )
    assert (room.settle().activations(), room.answer()) == (noisy, answer)
    again = tmp_path / "again"
    again.mkdir()
    with saving(room, again) as read:
        room.press("download-network")
        assert read(f"{SIGMOID}.npz") == saved
    # The shipped network is one click away, with its edits, and they can be put back.
    room.click(f'#networks [value="{SIGMOID}"]')
    room.until(f"return document.documentElement.dataset.network === '{SIGMOID}'")
    assert room.settle().activations() == noisy
    room.click('#dials [data-history="put back"]')
    room.wait(lambda: room.settle().activations() == before, "the dials are put back")


def test_a_file_that_is_refused_says_why_and_changes_nothing(room, tmp_path):
    """Each of many, one after another, and one of 200 MB, which is not even read."""
    room.draw(digits.strokes(2)).settle()
    state = (room.activations(), room.data(), told(room)["own"])
    browser = room.driver.family
    few = ("cut.npz", "picture.npz", "pickle.npz", "wide.npz")
    for name, (content, words) in BAD.items():
        if browser == "chromium" or name in few:
            (tmp_path / name).write_bytes(content)
            choose(room, tmp_path / name)
            until(room, refused=f"{name} was not opened. ")
            assert words in told(room)["refused"]
    with (tmp_path / "large.npz").open("wb") as large:
        large.truncate(200_000_000)
    choose(room, tmp_path / "large.npz")
    until(room, refused="large.npz was not opened. It is 200 MB.")
    assert (room.settle().activations(), room.data(), told(room)["own"]) == state
    # The same file can be chosen again, and the sentence goes when a file is opened.
    (tmp_path / "cut.npz").write_bytes(network())
    choose(room, tmp_path / "cut.npz")
    until(room, opened="Opened “cut”, with 4,780 weights and biases.")
    assert told(room)["refused"] == ""


def test_files_can_be_dropped_anywhere(room):
    """The page stays, and text that is dragged is not its business."""
    address = room.driver.current_url
    for names, target, words in (
        (["one.npz"], "#pad", "one.npz was not opened. It is not an .npz file"),
        (["one.npz", "two.npz"], "footer", "Drop one file at a time."),
        (["two.npz"], "#own-networks .drop", "two.npz was not opened."),
    ):
        assert room.js(DROP, names, target) == [False, True, False]
        assert "dropping" not in room.data()
        until(room, refused=words)
    assert room.js(DROP, [], "#pad") == [True, False, True]
    assert room.driver.current_url == address


@pytest.mark.only("chromium")
def test_a_file_from_the_desktop_can_be_dropped(room, tmp_path):
    """As the browser itself drags it, on the pad while the panel is closed; a folder is refused."""
    room.js("document.getElementById('own-networks').open = false")
    (tmp_path / "mine.npz").write_bytes(network((784, 10)))
    for path, said in (
        (tmp_path / "mine.npz", {"opened": "Opened “mine”, with 7,850"}),
        (tmp_path, {"refused": f"{tmp_path.name} was not opened. The browser could not read it."}),
    ):
        left, top, side = room.pad()
        at = {"x": left + side / 2, "y": top + side / 2}
        data = {"items": [], "files": [str(path)], "dragOperationsMask": 1}
        for kind in ("dragEnter", "dragOver", "drop"):
            room.driver.execute_cdp_cmd(
                "Input.dispatchDragEvent", {"type": kind, **at, "data": data}
            )
        until(room, **said)
        assert room.js("return document.getElementById('own-networks').open")
    assert told(room)["used"] == "mine, 784-10, ReLU"


@pytest.mark.only("chromium")
def test_a_kept_network_is_there_at_the_next_visit(visit, tmp_path):
    """Not in use, but in the list. Nothing is stored before somebody asks."""
    page = open_room(visit.open(until="engine"))
    assert databases(page) == []
    (tmp_path / "mine.npz").write_bytes(network())
    choose(page, tmp_path / "mine.npz")
    until(page, opened="Opened “mine”")
    mine = page.draw(digits.strokes(4)).settle().activations()
    page.press("keep-network")
    until(page, stored="Kept “mine”.")
    page.press("keep-network")
    until(page, wrong="There is a network named “mine”.")
    open_room(page.open(until="engine"))
    page.wait(lambda: told(page)["kept"] == ["mine"], "it is listed")
    assert (page.data("network"), told(page)["own"]) == (SIGMOID, [])
    page.draw(digits.strokes(4)).settle()
    page.click("#kept-networks [name=use]")
    until(page, stored="“mine” is in use.", used="mine, 784-6-10, ReLU")
    assert page.settle().activations() == mine
    page.click("#kept-networks [name=delete]")
    until(page, stored="Deleted “mine”.")
    assert told(page)["kept"] == []
    page.wait(lambda: databases(page) == [], "nothing is kept")


def test_names_may_be_any_text_and_deleting_can_be_undone(room):
    """By keyboard alone, from the name to the last button."""
    name = "<b>7</b> & “my” first 七"
    field = room.driver.find_element(By.ID, "keep-name")
    field.clear()
    field.send_keys(Keys.ENTER)
    until(room, wrong="Give it a name first.")
    room.js("document.getElementById('keep-name').value = arguments[0]", f"  {name} ")
    field.send_keys(Keys.ENTER)
    until(room, stored=f"Kept “{name}”.", wrong="")
    assert told(room)["kept"] == [name]
    spoken = (
        "return [...document.querySelectorAll('#kept-networks button')].map((e) => e.ariaLabel)"
    )
    assert room.js(spoken) == [f"Use {name}", f"Delete {name}"]
    for where in ("keep-network", "use", "delete"):
        room.key(Keys.TAB)
        room.until(
            f"return [document.activeElement.id, document.activeElement.name].includes('{where}')"
        )
    room.key(Keys.ENTER)
    until(room, stored=f"Deleted “{name}”.")
    room.until("return document.activeElement.id === 'restore-network'")
    room.key(Keys.ENTER)
    until(room, stored=f"Kept “{name}”.")
    assert told(room)["kept"] == [name]


@pytest.mark.only("chromium")
def test_a_browser_that_keeps_nothing_says_so(room):
    """Nothing is lost: the network stays in use, and can be saved as a file."""
    room.js(
        "window.was = indexedDB.real;"
        "indexedDB.real = () => { throw new DOMException('no', 'SecurityError'); }"
    )
    try:
        room.press("keep-network")
        until(room, wrong="This browser does not let this page keep anything")
    finally:
        room.js("indexedDB.real = was; delete window.was")
    assert room.enabled("download-network")
    assert told(room)["used"] == "784-16-16-10, sigmoid"


@pytest.mark.only("chromium")
def test_the_lines_can_be_copied(room):
    """By the button; over plain HTTP, where no page may copy, they are selected."""
    lines = room.js("return document.getElementById('numpy-lines').textContent")
    assert "\n    z = network" in lines
    said = "return document.querySelector('#copy-lines + span').textContent"
    room.press("copy-lines")
    room.until(f"{said} === 'Copied.'")
    field = room.driver.find_element(By.ID, "keep-name")
    field.clear()
    field.send_keys(Keys.CONTROL, "v")
    pasted = field.get_attribute("value")
    assert len(pasted) == 40
    assert "".join(lines.split()).startswith("".join(pasted.split()))
    room.js(
        "window.was = Object.getOwnPropertyDescriptor(Navigator.prototype, 'clipboard');"
        "delete Navigator.prototype.clipboard"
    )
    try:
        room.press("copy-lines")
        room.until(f"{said}.includes('selected')")
        assert room.js("return getSelection().toString()").strip() == lines.strip()
    finally:
        room.js(
            "Object.defineProperty(Navigator.prototype, 'clipboard', was); delete window.was;"
            "getSelection().removeAllRanges()"
        )


@pytest.mark.parametrize("size", [PHONE, TABLET])
def test_everybody_can_use_it(room, size, tmp_path):
    """Axe finds nothing, and nothing is cut off, with a long name in use, in the list and in a refusal."""
    room.resize(*size)
    long = "a-network-of-my-own-with-a-very-long-name"
    (tmp_path / f"{long}.npz").write_bytes(network())
    choose(room, tmp_path / f"{long}.npz")
    until(room, opened="Opened “a-network")
    room.settle()  # another diagram has another height
    room.press("keep-network")
    until(room, stored="Kept “a-network")
    (tmp_path / f"no{long}.npz").write_bytes(b"")
    choose(room, tmp_path / f"no{long}.npz")
    until(room, refused="was not opened")
    assert violations(room) == []
    assert room.js(CUT_OFF) == []
