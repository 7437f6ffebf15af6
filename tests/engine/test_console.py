"""The console does what interactive Python does, and no typed code can end the worker."""

import re
import subprocess
import sys
from pathlib import Path
from time import perf_counter

import numpy as np
import pytest

from engine.console import advice as console_advice
from engine.console.console import CHARACTERS, LINES, NAMES, PAUSE, PIECES, Console

PY = Path(__file__).parents[2] / "py"


@pytest.fixture
def console():
    return Console({"np": np, "weights": [1, 2, 3]})


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("1 + 1", "2\n"),
        ("'a' 'b'", "'ab'\n"),
        ("None", ""),
        ("x = 5", ""),
        ("x = 5\nx + 1", "6\n"),
        ("x = 5; x", "5\n"),
        ("for i in range(2):\n    print(i)", "0\n1\n"),
        ("for i in range(2):\n    i", ""),
        ("def f():\n    return 7\n\nf()", "7\n"),
        ("print('a', end='')\n'b'", "a'b'\n"),
        (
            "import sys\nprint('out')\nprint('err', file=sys.stderr)\nprint('out')",
            "out\nerr\nout\n",
        ),
        ("import sys\nsys.stdout.close()\nprint('still')", "still\n"),
        ("np.arange(3) * 2", "array([0, 2, 4])\n"),
        ("", ""),
        ("# nothing", ""),
    ],
)
def test_a_run_shows_the_output_and_the_last_value(console, source, text):
    assert console.run(source) == (text, False)


def test_a_single_expression_shows_what_interactive_python_shows(console):
    """Compared with CPython itself."""
    lines = ["6 * 7", "_ + 1", "'it''s'", "[x for x in range(3)]", "None", "_", "1e16", "print(3)"]
    asked = subprocess.run(
        [sys.executable, "-q", "-i", "-c", "import sys; sys.ps1 = sys.ps2 = ''"],
        input="\n".join(lines) + "\n",
        capture_output=True,
        text=True,
        check=True,
    )
    assert "".join(console.run(line).text for line in lines) == asked.stdout


def test_variables_are_in_the_dict_that_the_console_was_given():
    namespace = {"a": 2}
    console = Console(namespace)
    console.run("b = a + 1")
    assert namespace["b"] == 3
    namespace["a"] = 9
    assert console.run("a").text == "9\n"
    assert Console({}).run("_").failed  # each console has its own values


def test_a_traceback_shows_typed_code_only(console):
    console.run("def divide(x):\n    return 1 / x\n")
    text, failed = console.run("y = 0\ndivide(y)")
    assert failed
    lines = [line for line in text.splitlines() if line.strip(" ~^")]
    assert lines == [
        "Traceback (most recent call last):",
        '  File "<console 2>", line 2, in <module>',
        "    divide(y)",
        '  File "<console 1>", line 2, in divide',
        "    return 1 / x",
        "ZeroDivisionError: division by zero",
    ]


def test_an_error_keeps_what_ran_before_it(console):
    text, failed = console.run("done = 1\nprint('before', end='')\n1 / 0\nprint('after')")
    assert failed
    assert text.startswith("before\nTraceback")
    assert "after" not in text
    assert console.run("done").text == "1\n"


def test_a_chained_error_shows_both(console):
    text, _ = console.run("try:\n    1 / 0\nexcept Exception as e:\n    raise KeyError('k') from e")
    assert "ZeroDivisionError" in text
    assert text.endswith("KeyError: 'k'\n")
    assert "console.py" not in text


@pytest.mark.parametrize(
    ("source", "line", "error"),
    [
        ("x = = 1", "x = = 1", "SyntaxError"),
        ("await x", "await x", "SyntaxError: 'await' outside function"),
        ("return 1", "return 1", "SyntaxError: 'return' outside function"),
        ("  x", "x", "IndentationError"),
        ("a\0b", "", "null bytes"),
    ],
)
def test_a_syntax_error_is_shown_without_a_traceback(console, source, line, error):
    text, failed = console.run(source)
    assert failed
    assert error in text
    assert line in text.splitlines()[min(1, len(text.splitlines()) - 1)]
    assert "Traceback" not in text


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ("raise SystemExit(3)", "SystemExit: 3"),
        ("exit()", "SystemExit"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("class Own(BaseException): pass\nraise Own('x')", "Own: x"),
        ("input('?')", "EOFError"),
        ("class A:\n    def __repr__(self): raise OSError('no')\nA()", "OSError: no"),
        ("def f(): return f()\nf()", "RecursionError"),
    ],
)
def test_no_typed_code_ends_the_worker(console, source, named):
    before = sys.stdin, sys.stdout, sys.stderr
    text, failed = console.run(source)
    assert failed
    assert any(named in line for line in text.splitlines()[-2:])
    assert (sys.stdin, sys.stdout, sys.stderr) == before
    assert console.run("1").text == "1\n"


@pytest.mark.parametrize(
    "source",
    [
        "raise SyntaxError('m', ([], 1, 1, ''))",
        "raise SyntaxError('m', ('f', 'one', None, 3))",
        "e = SyntaxError('m'); e.text = 5; e.filename = 7; raise e",
        "e = SyntaxError('m', ('<console 1>', 1, 1, None)); e.lineno = 'x'; raise e",
        "class E(SyntaxError):\n    text = property(lambda self: exit())\nraise E('m')",
    ],
)
def test_an_error_that_cannot_be_shown_is_named(console, source):
    """Typed code may put anything into an error."""
    text, failed = console.run(source)
    assert failed
    assert text.endswith("\n")
    assert re.search(r"^(SyntaxError|E|.*\.E): ", text, re.MULTILINE)


def test_no_completion_ends_the_worker(console):
    """Reading an object's attributes may run typed code."""
    console.run("class Ends:\n    def __getattr__(self, name): raise SystemExit\nends = Ends()")
    assert complete(console, "ends.some.thing") == ("ends.some.", [])


def test_warnings_are_shown_with_their_line():
    """In a process of its own, because pytest catches warnings."""
    code = (
        "import numpy\nfrom engine.console.console import Console\n"
        "print(Console({'np': numpy}).run('np.ones(1) / 0').text)"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code], cwd=PY, capture_output=True, text=True, check=True
    ).stdout
    assert "RuntimeWarning: divide by zero" in shown
    assert "  np.ones(1) / 0\n" in shown
    assert shown.endswith("array([inf])\n\n")


@pytest.mark.parametrize(
    "source",
    ["print('a' * 10**6)", "'a' * 10**6", "for i in range(10**4): print(i)", "print('\\n' * 999)"],
)
def test_long_output_is_cut_and_says_so(console, source):
    text, failed = console.run(source)
    assert not failed
    *shown, last = text.splitlines()
    assert last.startswith("… cut here: more than 10,000 characters or 200 lines")
    assert len(shown) <= LINES
    assert sum(map(len, shown)) <= CHARACTERS


@pytest.mark.parametrize("source", ["print('a' * 9999)", "for i in range(200): print(i)"])
def test_output_at_the_limit_is_not_cut(console, source):
    assert "cut here" not in console.run(source).text


def test_an_error_is_shown_after_any_amount_of_output(console):
    text, failed = console.run("for i in range(10**4): print(i)\n1 / 0")
    assert failed
    assert "cut here" in text
    assert text.endswith("ZeroDivisionError: division by zero\n")


def test_the_error_of_an_endless_recursion_comes_last(console):
    text, _ = console.run("def f(): g()\ndef g(): f()\nf()")
    assert "RecursionError" in text.splitlines()[-1]


def test_a_large_array_is_abbreviated(console):
    text, _ = console.run("np.zeros((1000, 1000))")
    assert text.count("\n") < 10


@pytest.mark.parametrize(
    ("source", "more"),
    [
        ("for i in x:", True),
        ("for i in x:\n    y", True),
        ("for i in x:\n    y\n", False),
        ("a = 1\nif a:\n    b", True),
        ("a = 1\nif a:\n    b\n", False),
        ("@f", True),
        ("@f\ndef g():\n    pass", True),
        ("@f\ndef g():\n    pass\n", False),
        ("x = (1,", True),
        ("print(1", True),
        ("'''a", True),
        ("x = \\", True),
        ("x = 1", False),
        ("x = 1; y = 2", False),
        ("x = (1,\n2)", False),
        ("x = = 1", False),
        ("1 +", False),
        ("a\0b", False),
        ("1 is 1", False),
        ("", False),
        ("# c", False),
    ],
)
def test_an_incomplete_statement_needs_more(console, source, more, recwarn):
    assert console.needs_more(source) is more
    assert not recwarn


@pytest.mark.parametrize(
    "source",
    [
        "print('a'); print('b', end=''); print('c')",
        "import sys\nprint('out')\nprint('err', file=sys.stderr)\n1 / 0",
        "for i in range(10**4): print(i, i)",
        "for i in range(10**4): print('x', end='')",
        "for i in range(10**5): print('', end='')",
        "for i in range(150): print(*range(20))",
        "print('a' * 10**6)",
        "print('\\n' * 999)",
        "5",
    ],
)
def test_output_is_shown_during_the_run(console, source):
    """In order, without gaps, and not so often that it floods the page."""
    shown = []
    began = perf_counter()
    text, _ = console.run(source, shown.append)
    pauses = (perf_counter() - began) / PAUSE
    assert text.startswith("".join(shown))
    assert all(shown)
    assert bool(shown) is bool(text)
    assert len(shown) <= LINES + PIECES + 2 + pauses


def test_output_before_an_endless_loop_is_shown(console):
    """Even an incomplete line just after another; whole lines always."""
    seen = []
    source = "print('a')\nprint('b', end='')\nseen.append(''.join(shown))"
    console.namespace.update(shown=(shown := []), seen=seen)
    console.run(source, shown.append)
    assert seen == ["a\nb"]
    shown.clear()
    console.run("for i in range(5000): print('.', end='')\nprint('done')", shown.append)
    assert "".join(shown) == "." * 5000 + "done\n"


def test_a_file_kept_from_an_earlier_run_shows_nothing(console):
    shown = []
    console.run("import sys\nkept = sys.stdout", shown.append)
    console.run("print('late', file=kept)", shown.append)
    assert shown == []


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("input()", console_advice.UNANSWERED),
        ("breakpoint()\n", console_advice.NO_DEBUGGER),
        ("import no_such_package.of_this", console_advice.NOT_HERE),
        ("import importlib\nimportlib.import_module('no_such_package')", console_advice.NOT_HERE),
        ("import _winapi", console_advice.NOT_IN_BROWSERS),
        ("pip install x", console_advice.NOT_HERE),
        ("!pip3 install x", console_advice.NOT_HERE),
        ("%matplotlib inline", console_advice.NOT_PYTHON),
        ("x = 1\n!ls", console_advice.NOT_PYTHON),
        ("cd data", console_advice.NOT_PYTHON),
        ("await x", console_advice.NO_WAITING),
        ("def f(): await x", console_advice.NO_WAITING),
        ('raise RuntimeError("can\'t start new thread")', console_advice.NO_THREADS),
        (
            "raise OSError(138, 'emscripten does not support processes.')",
            console_advice.NO_PROGRAMS,
        ),
        ("open('/no/such/file')", console_advice.NO_FILES),
        ("import urllib.request\nurllib.request.urlopen('no:x')", console_advice.NO_NETWORK),
        ("exit()", console_advice.NO_LEAVING),
    ],
)
def test_an_error_caused_by_the_browser_is_explained(console, source, said):
    """In one sentence, after Python's own message."""
    text, failed = console.run(source)
    assert failed
    *_, error, last = text.splitlines()
    assert last == said
    assert re.match(r"[\w.]+(Error|Quit|Exit)\b", error)


@pytest.mark.parametrize(
    "source",
    [
        "1 / 0",
        "x = = 1",
        "5 % ",
        "raise EOFError",
        "raise EOFError('end of my data')",
        "raise ModuleNotFoundError('mine')",
        "import numpy.no_such_part",
        "from numpy import no_such_name",
        "raise OSError('mine')",
        "raise RuntimeError('mine')",
        "np.no_such_name",
        "nobody",
        "class E(ModuleNotFoundError):\n    name = property(lambda self: exit())\nraise E('m')",
    ],
)
def test_an_error_of_the_code_is_not_explained_away(console, source):
    text, _ = console.run(source)
    sentences = {name: said for name, said in vars(console_advice).items() if name.isupper()}
    assert len(sentences) > 10
    assert text.splitlines()[-1] not in sentences.values()
    assert re.match(r"(.*\.)?\w*(Error|E)\b", text.splitlines()[-1])


def complete(console, text, cursor=None):
    start, names = console.complete(text, len(text) if cursor is None else cursor)
    return text[:start], names


def test_names_are_completed_our_own_first(console):
    console.run("printed = 1")
    assert complete(console, "x = pri") == ("x = ", ["printed", "print"])
    assert complete(console, "wei + 1", 3) == ("", ["weights"])
    assert complete(console, "sum(wei") == ("sum(", ["weights"])


def test_attributes_are_completed(console):
    assert complete(console, "weights.rem") == ("weights.", ["remove"])
    assert complete(console, "y = np.linalg.nor") == ("y = np.linalg.", ["norm"])
    assert len(complete(console, "np.")[1]) == NAMES


def test_private_names_are_completed_when_asked_for(console):
    assert not any(name.startswith("_") for name in complete(console, "weights.")[1])
    assert "__len__" in complete(console, "weights.__")[1]
    assert complete(console, "__na")[1] == ["__name__"]


@pytest.mark.parametrize(
    "text", ["", "x = ", "weights[0].re", "1.re", "nobody.re", "f().re", "bad.re"]
)
def test_what_cannot_be_looked_up_is_not_completed(console, text):
    console.run("class Bad:\n    def __dir__(self): raise OSError\nbad = Bad()")
    assert complete(console, text)[1] == []
