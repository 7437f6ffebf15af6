"""The visitor's own digits: kept with their labels, written to files and read again, kept on the device."""

import gzip
import json
import re

import digits
import pytest
from access import CUT_OFF, violations
from keeping import call, databases
from selenium.webdriver.common.keys import Keys
from visits import PHONE, START, WIDE

from network_training.sources import stroke_files

OPEN = "document.getElementById('examples').open = true"
ROOMS = "return document.documentElement.dataset.panels === 'ready'"
TEXT = "return document.querySelector(arguments[0]).textContent"

# The labels of the examples that are shown, and how the network reads each.
SHOWN = """
return [...document.querySelectorAll("#examples-list li")]
  .map((row) => [row.querySelector("b").textContent, row.querySelector("span").textContent]);
"""

TABLE = "return [...document.querySelectorAll('#teach-table td')].map((cell) => cell.textContent)"

# Gives a file to the page, as a choice or as a drop: its name, and its bytes as a list.
GIVE = """
const [name, bytes, how] = arguments;
const transfer = new DataTransfer();
transfer.items.add(new File([new Uint8Array(bytes)], name));
const input = document.getElementById("examples-import");
document.getElementById("examples-told").textContent = "";
document.getElementById("examples-refused").replaceChildren();
if (how === "drop") {
  const options = { dataTransfer: transfer, bubbles: true, cancelable: true };
  document.querySelector("#examples .storing").dispatchEvent(new DragEvent("drop", options));
} else {
  input.files = transfer.files;
  input.dispatchEvent(new Event("change"));
}
"""
TOLD = """
const [told, refused] = ["examples-told", "examples-refused"].map((id) => document.getElementById(id));
const said = [told.textContent, ...[...refused.children].map((line) => line.textContent)];
return said.join("") && !said[0].startsWith("Reading") && said;
"""

# Has the page export, and gives the name and the text of the file.
EXPORT = """
const done = arguments[0];
const { createObjectURL } = URL;
const { click } = HTMLAnchorElement.prototype;
let blob;
URL.createObjectURL = (made) => createObjectURL.call(URL, (blob = made));
HTMLAnchorElement.prototype.click = function () {
  HTMLAnchorElement.prototype.click = click;
  URL.createObjectURL = createObjectURL;
  blob.text().then((text) => done([this.download, this.protocol, text]));
};
document.getElementById("examples-export").click();
"""

# What makes a browser keep nothing, and what the page says then.
UNKEPT = {
    "indexedDB.real = () => { throw new DOMException('', 'SecurityError') }": "does not let",
    "indexedDB.real = undefined": "no place",
    "IDBObjectStore.prototype.put = () => { throw new DOMException('', 'QuotaExceededError') }": (
        "no room left"
    ),
}

# What has the focus in the panel.
HERE = """
const { activeElement: now } = document;
return now.closest("#examples") && (now.id || now.className || now.value);
"""


@pytest.fixture
def own(page):
    """A page with the panel open."""
    page.js(OPEN)
    return page.frame()


def keep(page, digit, label=None):
    """Draw a digit and keep it with a label."""
    page.draw(digits.strokes(digit))
    page.click(f'#keep-as [value="{digit if label is None else label}"]').frame()


def count(page):
    return int(page.js("return document.getElementById('examples').dataset.examples"))


def counts(page, wanted):
    """Wait until so many examples are shown."""
    page.wait(lambda: count(page) == wanted, f"{wanted} examples")


def give(page, content, name="digits.jsonl", how="choose"):
    """Give a file to the page, and return what it says: of the whole, then of what is wrong."""
    page.js(GIVE, name, list(content), how)
    return page.until(TOLD)


def export(page):
    name, protocol, text = page.driver.execute_async_script(EXPORT)
    assert (name, protocol) == ("my-digits.jsonl", "blob:")
    return text


def line(**changes):
    fields = {"id": "a", "digit": 3, "writer": "b", "strokes": [[[0, 0], [3, 4]]], **changes}
    return json.dumps(fields).encode()


def test_drawings_are_kept_shown_deleted_and_brought_back(own):
    """With what the network reads in each. The pad is clear for the next, and says why it keeps nothing."""
    own.press("clear") if own.enabled("clear") else None
    own.click('#examples [value="7"]')
    own.until(
        "return document.getElementById('examples-said').textContent.startsWith('The pad is empty')"
    )
    keep(own, 7)
    assert own.js(TEXT, "#examples-said") == "Kept as a 7. Draw the next one."
    assert own.js(TEXT, "#keep-as-title") == "Kept as a 7. Draw the next one."
    assert own.inked() == 0
    keep(own, 3, label=8)
    assert own.js(TEXT, "#examples-said").startswith("Kept as an 8.")
    own.wait(
        lambda: own.js(SHOWN) == [["8", "read as 3"], ["7", "read as 7"]],
        lambda: own.js(SHOWN),
        START,
    )
    own.js("document.querySelectorAll('#examples-list .put')[1].click()")
    assert own.answer() == "7"
    own.click("#examples-list .delete")
    own.frame()
    assert [label for label, _ in own.js(SHOWN)] == ["7"]
    focus = "return document.activeElement.getAttribute('aria-label')"
    assert own.js(focus) == "Delete this 7"
    own.js("document.activeElement.click()")
    own.frame()
    assert own.js("return document.activeElement.id") == "examples-title"
    assert own.js(TEXT, "#examples-title") == "None kept yet"
    for _ in range(2):
        own.press("examples-undo")
    assert [label for label, _ in own.js(SHOWN)] == ["8", "7"]
    own.press("examples-erase")
    counts(own, 0)
    own.press("examples-undo")
    counts(own, 2)
    own.press("examples-redo")
    counts(own, 0)


def test_what_is_exported_can_be_imported_and_read_by_others(own, tmp_path):
    """The same bytes again, by a choice and by a drop; and our tools read and write just these bytes."""
    for digit in (4, 7):
        keep(own, digit)
    text = export(own)
    path = tmp_path / "my-digits.jsonl"
    path.write_text(text, "utf-8")
    read = stroke_files.read(path)
    assert [digit.digit for digit in read] == [4, 7]
    assert [len(digit.strokes) for digit in read] == [2, 2]
    drawn = digits.strokes(4)[0]
    assert abs(read[0].strokes[0][0] - [100 * xy for xy in drawn[0]]).max() < 0.5
    packed = tmp_path / "my-digits.jsonl.gz"
    stroke_files.write(packed, read)
    assert gzip.decompress(packed.read_bytes()) == text.encode()

    assert give(own, text.encode()) == ["0 digits added. 2 were here already."]
    for how, content in (("choose", text.encode()), ("drop", packed.read_bytes())):
        own.press("examples-erase")
        assert give(own, content, how=how) == ["2 digits added."]
        counts(own, 2)
        assert export(own) == text
    own.press("examples-undo")
    counts(own, 0)


@pytest.mark.only("chromium")
def test_lines_that_our_tools_refuse_are_named_and_the_others_added(own, tmp_path):
    """What is right in a file of another program is taken, whatever its units; nothing here is lost."""
    keep(own, 2)
    lines = [
        line(id="cm", strokes=[[[0.5, 0.5], [0.9, 3.5]]]),
        b"{",
        line(digit=10),
        line(id="huge", strokes=[[[-1e300, 0], [1e300, 1e300]]], device="mouse"),
        line(digit=True),
        line(writer=""),
        line(strokes=[]),
        line(strokes=[[[1, 2, 3]]]),
        line(strokes=[[["1", 2]]]),
        line(id="emoji 🖤", strokes=[[], [[7, 7]]], source="elsewhere"),
        b"[1 2]",
        line(id="latin").replace(b"latin", b"lat\xeen"),
        line(digit=None),
        b"null",
    ]
    right = []
    for each in lines:
        path = tmp_path / "line.jsonl"
        path.write_bytes(each)
        try:
            right += [digit.id for digit in stroke_files.read(path)]
        except ValueError:
            right.append(None)
    wrong = [number for number, name in enumerate(right, 1) if name is None]
    told = give(own, b"\n".join(lines))
    assert told[0] == "3 digits added."
    assert [int(sentence.split()[1].strip(":")) for sentence in told[1:4]] == wrong[:3]
    assert told[4] == f"{len(wrong) - 3} more lines could not be used."
    ids = [json.loads(each)["id"] for each in export(own).splitlines()]
    assert ids[1:] == [name for name in right if name]
    counts(own, 4)


@pytest.mark.only("chromium")
def test_a_file_that_is_none_changes_nothing(own):
    """An image, an archive of nothing but zeros, half of an archive, too many digits, and none."""
    keep(own, 2)
    bomb = gzip.compress(bytes(20_000_000))
    assert give(own, bomb)[1:] == ["digits.jsonl is too large: 8 MB at most can be read."]
    cut = gzip.compress(b"\n".join(line(id=str(n)) for n in range(500)))[:-40]
    assert give(own, cut)[1:] == ["digits.jsonl is not whole: it cannot be unpacked."]
    assert give(own, b"", name="nothing.jsonl")[1:] == ["nothing.jsonl has no digits in it."]
    assert give(own, b"\x89PNG\r\n\x1a\n\0\0")[1] == "Line 1: it is not UTF-8 text."
    counts(own, 1)
    first = export(own).encode()
    many = b"".join(re.sub(rb"own-\w{8}", b"own-%08x" % n, first) for n in range(1001))
    told = give(own, gzip.compress(many), name="many.jsonl.gz")
    assert told == ["999 digits added. 2 were left out: there is room for 1,000 in all."]
    keep(own, 3)
    assert own.js(TEXT, "#examples-said") == "There is room for 1,000 examples. Delete some first."
    assert len(own.js(SHOWN)) < 100
    own.press("examples-undo")
    counts(own, 1)


@pytest.mark.only("chromium")
def test_only_what_is_asked_for_is_on_the_device(own):
    """Each example by itself, as long as the box is ticked."""
    keep(own, 7)
    assert databases(own) == []
    own.press("examples-keep")
    own.wait(lambda: len(call(own, "names", "examples")) == 1, "it is kept")
    keep(own, 3)
    own.wait(lambda: len(call(own, "names", "examples")) == 2, "so is the next one")
    own.press("examples-erase")
    own.wait(lambda: databases(own) == [], "all are erased")
    own.press("examples-undo")
    own.wait(lambda: len(call(own, "names", "examples")) == 2, "undone, they are kept again")
    own.press("examples-keep")
    own.wait(lambda: databases(own) == [], "none is kept any longer")
    counts(own, 2)


@pytest.mark.only("chromium")
def test_a_device_that_keeps_nothing_says_so(own):
    """Forbidden, missing or full: the box is not ticked then, and the examples stay."""
    keep(own, 7)
    for how, said in UNKEPT.items():
        own.js(f"window.was = [indexedDB.real, IDBObjectStore.prototype.put]; {how}")
        try:
            own.press("examples-keep")
            own.wait(
                lambda said=said: said in own.js(TEXT, "#examples-not-kept"),
                lambda: own.js(TEXT, "#examples-not-kept"),
            )
            own.until("return !document.getElementById('examples-keep').checked")
            counts(own, 1)
        finally:
            own.js("[indexedDB.real, IDBObjectStore.prototype.put] = was; delete window.was")
    own.press("examples-keep")
    own.wait(lambda: len(call(own, "names", "examples")) == 1, "now it is kept")
    assert own.js(TEXT, "#examples-not-kept") == ""


@pytest.mark.only("chromium")
def test_kept_sevens_are_there_at_the_next_visit_and_learned_without_forgetting_others(visit):
    """Upside down, which no 7 in MNIST is: before, none of them is read, and afterwards each is."""
    visit.open(until="engine").until(ROOMS, START)
    visit.js(OPEN)
    for slant in (0, 0.04, 0.08):
        strokes = [[(1 - x, (1 - y) * (1 - slant)) for x, y in each] for each in digits.strokes(7)]
        visit.draw(strokes)
        visit.click('#keep-as [value="7"]')
        visit.frame()
    visit.press("examples-keep")
    visit.wait(lambda: len(call(visit, "names", "examples")) == 3, "they are kept")
    before = export(visit)

    visit.open(until="engine").until(ROOMS, START)
    counts(visit, 0)
    visit.js(OPEN)
    visit.wait(lambda: count(visit) == 3, "they are back")
    assert export(visit) == before
    assert visit.js("return document.getElementById('examples-keep').checked")
    assert not visit.enabled("examples-undo")

    visit.press("teach")
    visit.until("return document.querySelector('#teach-table td').textContent.includes('%')", START)
    names = (
        "return [...document.querySelectorAll('#teach-table th')].map((cell) => cell.textContent)"
    )
    assert visit.js(names)[3:] == ["MNIST’s test digits", "your 3 digits"]
    others, _, mine, _ = visit.js(TABLE)
    assert mine == "0 of 3"
    visit.wait(lambda: visit.js(TABLE)[3] == "3 of 3", "it reads them", START)
    # The others suffer at first. Half of what it learns from is MNIST's, so they recover.
    least = float(others.split()[0]) - 1
    visit.wait(
        lambda: float(visit.js(TABLE)[1].split()[0]) >= least, lambda: visit.js(TABLE), START
    )
    visit.press("teach-pause")
    visit.until("return document.documentElement.dataset.learning === 'paused'")
    assert visit.js(TABLE)[3] == "3 of 3"
    visit.until("return !document.querySelector('#examples-list .wrong')")
    visit.draw(strokes)
    assert visit.answer() == "7"
    visit.press("examples-erase")
    visit.wait(lambda: databases(visit) == [], "they are erased")


@pytest.mark.only("chromium")
def test_a_test_digit_is_not_ones_own(own):
    """It is not kept, and the page says why."""
    own.press("test-digit")
    own.until("return document.getElementById('truth').textContent", START)
    own.click('#keep-as [value="3"]').frame()
    assert own.js(TEXT, "#keep-as-title").startswith("This is a test digit")
    counts(own, 0)


@pytest.mark.only("chromium")
def test_everything_works_by_keyboard(own):
    """Draw, type the digit, and go on from there by Tab."""
    own.focus("#pad")
    for key in (" ", Keys.ARROW_RIGHT, Keys.ARROW_DOWN, Keys.ARROW_DOWN, " "):
        own.key(key)
    own.key("4")
    counts(own, 1)
    own.key(Keys.CONTROL, "4")
    assert own.js(TEXT, "#examples-said").startswith("Kept as a 4.")
    reached = []
    own.focus("#examples summary")
    for _ in range(40):
        own.key(Keys.TAB)
        here = own.js(HERE)
        if not here:
            break
        reached.append(here)
        if here == "delete":
            own.key(Keys.ENTER)
            break
    assert reached == [*"0123456789", "teach", "examples-undo", "examples-erase", "put", "delete"]
    counts(own, 0)
    own.key(Keys.CONTROL, "z")
    counts(own, 1)


@pytest.mark.only("chromium")
def test_axe_finds_nothing_and_nothing_is_cut_off(own):
    """With examples that are read rightly and wrongly, and with faults of a file."""
    for digit, label in ((7, 7), (3, 8)):
        keep(own, digit, label)
    give(own, b"nonsense\n" * 9, name="a very long name of a file " * 9 + ".jsonl")
    own.until("return document.querySelector('#examples-list .wrong')", START)
    for size in (PHONE, WIDE):
        own.resize(*size)
        assert violations(own) == []
        assert own.js(CUT_OFF) == []
