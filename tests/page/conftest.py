"""Runs the tests in this folder inside MicroPython, the interpreter that the page's modules meet.

The test files are written in the Python that MicroPython has. They are never imported here: this
plugin reads the names of their ``test_*`` functions, gives the files to ``run.mjs``, and reports what
came back as pytest's own results. Every test has a fresh interpreter in which ``import page`` is
``py/page``, ``import support`` the helpers beside this file, and ``import pyscript`` what is in
``standin/``.
"""

import ast
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
PY = ROOT / "py"
SECONDS_A_FILE = 60

OPERATORS = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
    ast.NotIn: "not in",
    ast.Is: "is",
    ast.IsNot: "is not",
}


def pytest_pycollect_makemodule(module_path, parent):
    """Take the test files of this folder away from pytest's own collector."""
    return MicroPythonFile.from_parent(parent, path=module_path)


class MicroPythonFile(pytest.File):
    """A test file. All of its selected tests run when the first one is asked for."""

    results = None

    def collect(self):
        for node in ast.parse(self.path.read_text("utf-8"), self.path).body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith(
                "test_"
            ):
                yield MicroPythonTest.from_parent(self, name=node.name, line=node.lineno)

    def result(self, name):
        """Return a test's {"test", "failure", "output"}, or None if the run ended before it."""
        if self.results is None:
            wanted = [item.name for item in self.session.items if item.parent is self]
            self.results, self.ending = run(self.path, wanted)
        return self.results.get(name)


class MicroPythonTest(pytest.Item):
    """One function of a test file."""

    def __init__(self, *, line, **kwargs):
        super().__init__(**kwargs)
        self.line = line

    def runtest(self):
        result = self.parent.result(self.name)
        if result is None:
            raise Failure(f"This test has no result. {self.parent.ending}")
        if result["output"]:
            self.add_report_section("call", "stdout", "\n".join(result["output"]))
        if result["failure"]:
            raise Failure(with_source_lines(result["failure"]))

    def repr_failure(self, excinfo, style=None):
        if isinstance(excinfo.value, Failure):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self):
        return self.path, self.line - 1, self.name


class Failure(Exception):
    """What went wrong inside MicroPython, as text."""


def run(path, names):
    """Run the named tests of a file; return their results by name, and how the run ended."""
    node = shutil.which("node")
    if node is None:
        raise Failure("node is not on the PATH: install Node 20 or newer.")
    order = json.dumps({"module": path.stem, "tests": names, "files": files(path)})
    try:
        done = subprocess.run(
            [node, HERE / "run.mjs"],
            input=order,
            check=False,
            text=True,
            capture_output=True,
            timeout=SECONDS_A_FILE,
        )
        stdout, ending = done.stdout, f"node ended with {done.returncode}: {done.stderr.strip()}"
    except subprocess.TimeoutExpired as expired:
        stdout = (expired.stdout or b"").decode()
        ending = f"{path.name} did not finish in {SECONDS_A_FILE} seconds."
    results = [json.loads(line) for line in stdout.splitlines()]
    return {result["test"]: result for result in results}, ending


def files(path):
    """Return what is mounted in MicroPython's file system: each path there, and its text."""
    mounted = {
        file.relative_to(PY).as_posix(): file
        for package in ("page", "boot")
        for file in (PY / package).rglob("*.py")
    }
    standin = HERE / "standin"
    mounted |= {file.relative_to(standin).as_posix(): file for file in standin.rglob("*.py")}
    mounted["support.py"] = HERE / "support.py"
    texts = {f"/{place}": file.read_text("utf-8") for place, file in mounted.items()}
    texts[f"/{path.name}"] = with_telling_asserts(path.read_text("utf-8"))
    return texts


def with_telling_asserts(source):
    """Rewrite each plain comparison that is asserted so that its failure shows both sides.

    MicroPython's AssertionError says nothing, and it has no frames to look into. Lines keep their
    numbers.
    """
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Assert) or node.msg or not isinstance(node.test, ast.Compare):
            continue
        if len(node.test.ops) != 1:
            continue
        left, right = ast.unparse(node.test.left), ast.unparse(node.test.comparators[0])
        operator = OPERATORS[type(node.test.ops[0])]
        call = f'assert __import__("support").compared({left}, "{operator}", {right})'
        indent = lines[node.lineno - 1][: node.col_offset]
        lines[node.lineno - 1 : node.end_lineno] = [indent + call] + [""] * (
            node.end_lineno - node.lineno
        )
    return "\n".join(lines) + "\n"


def with_source_lines(failure):
    """Give each frame of a MicroPython traceback its real path, and the line of code below it."""
    shown = []
    for line in failure.rstrip().splitlines():
        frame = re.match(r'  File "/?(?P<path>.+?)", line (?P<line>\d+)', line)
        places = [folder / frame["path"] for folder in (ROOT / "py", HERE)] if frame else []
        file = next((place for place in places if place.exists()), None)
        if file is None:
            shown.append(line)
            continue
        shown.append(f'  File "{file.relative_to(ROOT)}"{line[frame.end("path") + 1 :]}')
        shown.append("    " + file.read_text("utf-8").splitlines()[int(frame["line"]) - 1].strip())
    return "\n".join(shown)
