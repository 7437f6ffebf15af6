"""The code that runs: what is shown is what is served, and what is typed is run where the network is."""

import re
from pathlib import Path

import digits
import numpy as np
import pytest
from access import CUT_OFF, violations
from coderoom import Code
from faults import CUT, MISSING, WRONG
from pen import Pen
from pointing import middle
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.actions.wheel_input import ScrollOrigin
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from visits import PHONE, WIDE

# The line that the video ends with, σ(W a + b), but for the σ.
PRODUCT = "z = product(W, a) + b"

NN = Path(__file__).resolve().parents[3] / "py/nn"

MARKED = (
    "return [...document.getElementById('code-file').shadowRoot.querySelectorAll('.ran')]"
    ".map((line) => line.textContent.trim())"
)

FETCHED = (
    "return performance.getEntriesByType('resource').map((e) => e.name)"
    ".filter((name) => /codemirror|editor\\.mjs/.test(name))"
)


@pytest.fixture
def code(page):
    return Code(page)


def choose(page, module):
    """Show a file."""
    page.click(f".files input[value={module}]")
    page.frame()


def numbers(text):
    """Read the numbers in what NumPy printed."""
    return [float(word) for word in re.findall(r"-?\d+\.?\d*(?:e[-+]\d+)?(?=[\],])", text)]


def test_nothing_of_it_is_fetched_before_it_is_opened(visit):
    """Whoever only draws does not wait for an editor."""
    visit.open(until="engine")
    visit.until("return document.documentElement.dataset.panels === 'ready'")
    assert visit.js(FETCHED) == []
    Code(visit).open()
    assert any("codemirror_view" in name for name in visit.js(FETCHED))


@pytest.mark.parametrize("how", [MISSING, WRONG, CUT], ids=["missing", "wrong", "cut"])
def test_an_editor_that_did_not_come_comes_when_the_room_is_opened_again(broken, site, how):
    """What a browser could not import it may never ask for again, so that it is fetched before."""
    broken.open(until="engine").draw(digits.strokes(3))
    broken.until("return document.documentElement.dataset.panels === 'ready'")
    code = Code(broken)
    with site.breaking("runtime/pyscript/codemirror_state-*.js", how):
        code.toggle()
        code.until_ran("Could not fetch the source (")
        assert broken.answer() == "3"
    code.toggle()
    code.open()
    assert "class Network" in code.text("code-file")


@pytest.mark.only("chromium")
@pytest.mark.parametrize("module", ["network", "activations", "learning", "optimisers"])
def test_the_source_is_the_served_file(page, code, module):
    """Byte for byte, and it cannot be changed."""
    code.open()
    choose(page, module)
    assert code.text("code-file") == (NN / f"{module}.py").read_text("utf-8")
    page.click(".files input[value=network]")
    editable = page.js(
        "return document.getElementById('code-file').shadowRoot"
        ".querySelector('.cm-content').contentEditable"
    )
    assert editable == "false"


@pytest.mark.only("chromium")
def test_the_lines_that_ran_are_marked(page, code):
    """The product among them, and of the activation functions the one that the layer has."""
    if page.js("return document.documentElement.dataset.looked"):
        # A neuron that an earlier test inspected stays inspected: its layer's lines would be marked.
        page.open(until="engine")
        page.until("return document.documentElement.dataset.panels === 'ready'")
    page.draw(digits.strokes(3)).settle()
    code.open()
    page.wait(lambda: len(page.js(MARKED)) > 1, "the lines are marked")
    marked = page.js(MARKED)
    assert [line for line in marked if "product" in line] == [PRODUCT]
    assert "a = np.asarray(a, np.float32)" in marked
    page.click(".files input[value=activations]")
    page.wait(lambda: len(page.js(MARKED)) == 1, "the marks of the other file")
    assert page.js(MARKED)[0].startswith("return 1 / (1 + np.exp(")
    page.click(".files input[value=network]")
    Pen(page).at(*middle(page, "[data-neuron='2:3']"))
    code.until_ran("hidden layer 2")
    assert PRODUCT in page.js(MARKED)
    assert "a = np.asarray(a, np.float32)" not in page.js(MARKED)


@pytest.mark.only("chromium")
def test_the_lines_of_a_step_of_learning_are_marked(page, code):
    """With the optimiser that is set, in a copy of the network. The other files keep their marks."""
    page.draw(digits.strokes(3)).settle()
    before = page.activations()
    code.open()
    choose(page, "learning")
    code.until_ran("one step of learning")
    page.wait(lambda: "return a - y" in page.js(MARKED), "the slope of the cost is marked")
    choose(page, "optimisers")
    page.wait(lambda: "self.steps += 1" in page.js(MARKED), "the step is marked")
    choose(page, "network")
    code.until_ran("Marked: the lines that ran for")
    assert PRODUCT in page.js(MARKED)
    assert page.activations() == before


@pytest.mark.only("chromium")
def test_a_step_that_cannot_be_tried_is_tried_again(broken, site):
    """When the file is chosen again. The file itself is shown meanwhile, without marks."""
    broken.open(until="engine")
    broken.until("return document.documentElement.dataset.panels === 'ready'")
    code = Code(broken).open()
    with site.breaking("py/learning.zip", MISSING):
        choose(broken, "learning")
        code.until_ran("Could not fetch the code for this")
        assert "def backpropagate" in code.text("code-file")
        assert broken.js(MARKED) == []
    choose(broken, "optimisers")
    code.until_ran("one step of learning")


@pytest.mark.only("chromium")
def test_what_is_typed_is_run_where_the_network_is(page, code):
    """Values, the page's own activations, errors that name the line, and output that is cut."""
    page.draw(digits.strokes(3)).settle()
    code.open()
    assert code.run("network.W[0].shape") == ("printed", "(16, 784)")
    kind, text = code.run("sigmoid(network.W[0] @ trace.a[0] + network.b[0])")
    activations = page.activations()
    assert kind == "printed"
    shown = [activations[f"1:{index}"] for index in range(16)]
    assert numbers(text) == pytest.approx(shown, abs=1e-5)
    kind, text = code.run("1 / (2 - 2)")
    assert kind == "failed"
    assert "1 / (2 - 2)" in text
    assert text.splitlines()[-1] == "ZeroDivisionError: division by zero"
    kind, text = code.run("1 +* 2")
    assert (kind, text.splitlines()[-1]) == ("failed", "SyntaxError: invalid syntax")
    kind, text = code.run('print("x" * 10**6)')
    assert "cut here" in text
    assert len(text) < 20_000
    box = page.js(
        "const log = document.getElementById('console-log');"
        "return [log.scrollTop + log.clientHeight, log.scrollHeight]"
    )
    assert box[0] == pytest.approx(box[1], abs=2), "the newest is in view"


@pytest.mark.only("chromium")
def test_the_console_log_scrolls_back(page, code):
    """The wheel brings earlier output into view."""
    code.open().run("network.W[0][:, :8]")
    log = page.driver.find_element(By.ID, "console-log")
    page.js("arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })", log)
    end = page.frame().js("return arguments[0].scrollTop", log)
    assert end > 100
    ActionChains(page.driver).scroll_from_origin(ScrollOrigin.from_element(log), 0, -80).perform()
    page.wait(lambda: page.js("return arguments[0].scrollTop", log) < end, "it scrolls")


@pytest.mark.only("chromium")
def test_an_assignment_changes_the_network_on_the_page(page, code):
    """The neuron lights up, the engine can undo it, and it is refused when it cannot be."""
    page.draw(digits.strokes(3)).settle()
    before = page.activations()
    code.open()
    bias = code.bias(2, 3)
    assert code.run("network.b[1][3] = 30") == ("", "")
    page.settle()
    after = page.activations()
    assert after["2:3"] == pytest.approx(1, abs=1e-6)
    assert [after[f"1:{index}"] for index in range(16)] == [
        before[f"1:{index}"] for index in range(16)
    ]
    kind, text = code.run("network.b[1][3] = np.nan")
    assert kind == "failed"
    assert "put back" in text
    assert code.bias(2, 3) == 30
    assert page.settle().activations() == after
    code.run(f"network.b[1][3] = {bias!r}")
    assert page.settle().activations() == pytest.approx(before)


def test_names_are_completed_and_what_was_typed_comes_back(page, code):
    """Tab, the arrow keys, a block that goes on, and a way out for the keyboard."""
    page.draw(digits.strokes(3)).settle()
    code.open()
    code.run("first = 1")
    code.run("second = 2")
    code.type("netw", Keys.TAB)
    page.wait(lambda: code.text() == "network", "the name is completed")
    code.type(".feed", Keys.TAB)
    page.wait(lambda: code.text() == "network.feedforward", "the attribute is completed")
    code.type(Keys.ARROW_UP)
    assert code.text() == "second = 2"
    code.type(Keys.ARROW_UP)
    assert code.text() == "first = 1"
    code.type(Keys.ARROW_DOWN, Keys.ARROW_DOWN)
    assert code.text() == "network.feedforward"
    code.type(*[Keys.BACKSPACE] * len("feedforward"), Keys.TAB)
    page.wait(lambda: "activation" in code.log()[-1][1], "the names are listed")
    assert "feedforward" in code.log()[-1][1]
    code.type(*[Keys.BACKSPACE] * len("network."))
    assert code.text() == ""
    code.type("for b in network.b:", Keys.ENTER)
    page.wait(lambda: "\n" in code.text(), "the block goes on")
    code.type("print(len(b))", Keys.ENTER)
    page.wait(lambda: code.text().count("\n") == 2, "until there is an empty line")
    code.type(Keys.ENTER)
    page.wait(lambda: code.log()[-1] == ["printed", "16\n16\n10"], "it runs")
    assert code.text() == ""
    # What has run is in the log a frame before the button is enabled, and Tab passes a disabled one over.
    page.until("return !document.getElementById('console-run').disabled")
    code.type("first", Keys.ESCAPE, Keys.TAB)
    assert page.js("return document.activeElement.id") == "console-run"
    page.press("console-run")
    page.wait(lambda: code.log()[-1] == ["printed", "1"], "the button runs it")


# Every look at the clock takes 21 ms: more than CodeMirror has for parsing when the text changes.
SLOW = """
const now = Date.now;
let spent = 0;
Date.now = () => now() + (spent += 21);
globalThis.hurry = () => { Date.now = now; };
"""


@pytest.mark.only("chromium")  # CodeMirror's own arithmetic
@pytest.mark.parametrize("shift", [False, True])
def test_a_block_is_indented_on_a_slow_device(page, code, shift):
    """A line whose parsing took too long got no indentation, and the block an error."""
    code.open()
    page.js(SLOW)
    try:
        code.type("if True:")
        page.key(*[Keys.SHIFT] * shift, Keys.ENTER)
        page.wait(lambda: "\n" in code.text(), "the block goes on")
        assert code.text() == "if True:\n    "
    finally:
        page.js("hurry()")


def test_code_is_typed_over(page, code):
    """What replaces a coloured word is plain text, and the security policy has nothing to refuse."""
    code.open().type("import x")
    ActionChains(page.driver).key_down(Keys.CONTROL).send_keys("a").key_up(Keys.CONTROL).perform()
    code.type("np.pi")
    assert code.text() == "np.pi"
    assert page.errors() == []
    page.key(Keys.CONTROL, "z")
    assert code.text() == "import x", "undo brings back what was typed over"


def test_keys_in_the_console_are_not_the_pages(page, code):
    """Ctrl+Z takes back what was typed, not the ink; c is a letter."""
    page.draw(digits.strokes(3)).settle()
    ink = page.ink()
    code.open().type("abc")
    ActionChains(page.driver).key_down(Keys.CONTROL).send_keys("z").key_up(Keys.CONTROL).perform()
    page.wait(lambda: code.text() != "abc", "what was typed is taken back")
    assert page.ink() == ink
    code.type(*[Keys.BACKSPACE] * 3)


def test_what_is_printed_is_shown_while_it_runs(page, code):
    """Line by line, and once: at the end nothing is there twice. A loop of prints does not flood the page."""
    code.open()
    slow = "import time; [time.sleep(0.3) for i in range(4) if not print(i)][0]"
    code.type(slow, Keys.ENTER)
    page.until(
        "const last = document.querySelector('#console-log').lastElementChild;"
        "return last?.className === 'printed' && !/3/.test(last.textContent)"
        " && !document.getElementById('console-stop').disabled",
        what="something is shown, but not all",
    )
    code.focus()
    code.type("later")
    page.until("return document.getElementById('console-stop').disabled", what="it has ended")
    assert code.log()[-2:] == [["typed", slow], ["printed", "0\n1\n2\n3"]]
    assert code.text() == "later", "what was typed meanwhile stays"
    code.type(*[Keys.BACKSPACE] * len("later"))
    kind, text = code.run("[print(i, end=' ') for i in range(10**5)] and 1 / 0")
    assert kind == "failed"
    assert text.startswith("0 1 2 3 ")
    assert "\n… cut here: more than 10,000 characters or 200 lines\nTraceback" in text
    assert text.endswith("ZeroDivisionError: division by zero")


# What a student may bring along, and the word that the sentence is known by.
BROUGHT = {
    "input()": "Nobody can answer",
    "breakpoint()\n": "no debugger",
    "import matplotlib.pyplot as plt": "Only NumPy",
    "import micropip": "Only NumPy",
    "%pip install pandas": "Only NumPy",
    "import sqlite3": "standard library",
    "!ls": "terminal",
    "import asyncio; asyncio.run(asyncio.sleep(1))": "awaited",
    "await f()": "awaited",
    "import threading; threading.Thread(target=print).start()": "single thread",
    "import subprocess; subprocess.run(['ls'])": "programs",
    "import os; os.fork()": "programs",
    "open('digits.csv')": "files",
    "import urllib.request; urllib.request.urlopen('https://example.com')": "internet",
    "import urllib.request; urllib.request.urlopen('http://example.com')": "internet",
    "import webbrowser; webbrowser.open('https://example.com')": "no window",
    "import js; js.document": "no window",
    "from pyscript import document; document.body": "no window",
    "exit()": "nothing to leave",
}


@pytest.mark.only("chromium")
def test_what_a_browser_lacks_is_said_in_a_sentence(page):
    """The last line, after Python's own; here it is the browser's Python that raises it."""
    page.until_engine("ready")
    for source, words in BROUGHT.items():
        failed, text = page.driver.execute_async_script(
            "const [source, done] = arguments, { xworker } = document.querySelector('script[type=py]');"
            "xworker.sync.run(source).then(({ failed, text }) => done([failed, text]), done)",
            source,
        )
        *_, error, advice = text.splitlines()
        assert failed, source
        assert words in advice, (source, text)
        assert re.match(r"[\w.]+(Error|Quit|Exit)\b", error), (source, text)


# WebKitGTK 2.50 ends no worker that is inside a loop of WebAssembly: another takes its place and the page
# goes on, but so does the loop, and on two cores nothing that is tested after it is in time.
@pytest.mark.only("chromium", "firefox")
def test_an_endless_loop_can_be_stopped(page, code):
    """The page lives on meanwhile; the drawing and the dials come back with a new worker."""
    page.draw(digits.strokes(3)).settle()
    code.open()
    bias = code.bias(1, 0)
    code.run("mine = network.b[0][0, 0] = 7")
    before = page.settle().activations()
    ink = page.inked()
    endless = "print('first'), print('second', end=''), all(True for _ in iter(int, 1))"
    code.type(endless, Keys.ENTER)
    shown = [["typed", endless], ["printed", "first\nsecond"]]
    page.wait(lambda: code.log()[-2:] == shown, "what was printed is shown")
    assert code.text() == ""
    assert page.js("return !document.getElementById('console-stop').disabled")
    assert page.js("return document.documentElement.dataset.engine") == "ready"
    assert page.inked() == ink
    page.click("#console-stop")
    page.until_engine("ready")
    page.settle()
    assert page.failure() == ""
    *kept, (kind, text) = code.log()[-3:]
    assert kept == shown, "what was printed stays"
    assert kind == "failed"
    assert text.startswith("Stopped, and Python restarted.")
    assert page.inked() == ink
    assert page.activations() == pytest.approx(before, abs=1e-6)
    assert code.bias(1, 0) == 7
    assert "NameError: name 'mine' is not defined" in code.run("mine")[1]
    code.run(f"network.b[0][0, 0] = {bias!r}")
    assert np.isclose(code.bias(1, 0), bias)
    page.settle()


@pytest.mark.only("chromium")
def test_what_one_can_begin_with_runs(page, code):
    """Each example does what it says, and none is an error."""
    page.draw(digits.strokes(3)).settle()
    code.open()
    bias = code.bias(2, 3)
    for at in range(page.js("return document.querySelectorAll('.starters button').length")):
        before = len(code.log())
        page.js("document.querySelectorAll('.starters button')[arguments[0]].click()", at)
        page.until(
            f"return document.querySelectorAll('#console-log pre').length > {before}"
            " && document.getElementById('console-stop').disabled"
        )
        page.frame()
        assert [kind for kind, _ in code.log()[before:]] in (["typed", "printed"], ["typed"])
    assert page.settle().activations()["2:3"] > 0.9
    code.run(f"network.b[1][3] = {bias!r}")
    page.settle()


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
def test_axe_finds_nothing_in_the_room(page, code, size):
    """With code in it, an error in the log, and nothing wider than the window."""
    page.draw(digits.strokes(3)).settle()
    code.open()
    code.run("1 / 0")
    page.resize(*size)
    assert violations(page) == []
    page.until("return document.documentElement.scrollWidth <= innerWidth")
    assert page.js(CUT_OFF.replace("'body *'", "'#code *'")) == []
