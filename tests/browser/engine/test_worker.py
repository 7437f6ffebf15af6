"""Whatever becomes of the engine's worker, the page notices, keeps the drawing, and gets another."""

import digits
import pytest
from coderoom import run
from failing import failed, try_again
from visits import START

# Run in the engine, this takes its session away: every function that needs it then raises.
BREAK = """import sys
for name, module in list(sys.modules.items()):
    if name.startswith("engine.") and hasattr(module, "session"):
        module.session = None
"""

# Every byte that the engine can get, and a little of it given back so that it can say so. A bytearray would
# be filled with zeros, which takes many seconds.
FILL = """hold = []
for size in 2**26, 2**20, 2**14:
    try:
        while True:
            hold.append(np.empty(size, np.uint8))
    except MemoryError:
        pass
"""

# What makes the page ask the engine for one of its functions.
ASKING = {
    "answer": "document.getElementById('straighten').click()",
    "edit": "document.getElementById('randomise').click()",
    "layer": "document.querySelector('#matrix .layers input:not(:checked)').click()",
    "favourite": "document.getElementById('ask-favourite').click()",
    "find_digit": "document.getElementById('test-digit').click()",
    "compare": "document.querySelector('#compare summary').click()",
    "open_network": "document.querySelector('#networks input:not(:checked)').click()",
    "run": "document.querySelector('#code .starters button').click()",
}

FEW = ("answer", "edit")


@pytest.mark.only("chromium", "firefox")
def test_an_engine_that_fails_at_anything_is_told_and_replaced(broken, subtests):
    """Whichever function raises: the page says so, keeps the drawing and gets another worker."""
    broken.open(until="engine").draw(digits.strokes(3)).settle()
    broken.until("return document.documentElement.dataset.panels === 'ready'", START)
    asking = ASKING if broken.driver.family == "chromium" else FEW
    for name in asking:
        with subtests.test(name):
            broken.js(
                "for (const id of ['dials', 'matrix', 'code']) document.getElementById(id).open = true"
            )
            broken.until("return !document.getElementById('console-run').disabled", START)
            broken.settle(START)
            broken.focus('[data-neuron="2:3"]')
            broken.until("return document.documentElement.dataset.looked === '2:3'", START)
            run(broken, BREAK)
            broken.js(ASKING[name])
            failed(broken, "network")
            if broken.data("network").endswith("sigmoid"):
                try_again(broken, 3)
            else:
                broken.press("retry").until_engine("ready")


@pytest.mark.only("chromium")
def test_memory_that_runs_out_is_told_and_the_drawing_is_read_all_the_same(broken):
    """The engine either goes on with what is left, or says so and is replaced."""
    broken.open(until="engine").draw(digits.strokes(3)).settle()
    told = run(broken, "bytearray(2**33)")
    assert "Error" in told
    assert run(broken, "1 + 1").strip() == "2"
    run(broken, FILL)
    broken.draw(digits.strokes(3)[:1])
    broken.until(
        "const d = document.documentElement.dataset;"
        "return d.engine === 'failed' || d.ink === d.answered"
    )
    if broken.data("engine") == "failed":
        failed(broken, "network")
        try_again(broken, 3)
    assert broken.answer() == "3"
    assert broken.failure() == ""
