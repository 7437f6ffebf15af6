"""The console: runs Python that somebody types, beside the network.

From the standard library, ``codeop`` recognises a complete statement, and ``rlcompleter`` completes names.
Its ``code`` does not fit: it shows every expression in a loop, and exits on SystemExit. ``pyodide.console``
does not exist in CPython, where this module is tested.
"""

import ast
import codeop
import io
import linecache
import re
import rlcompleter
import sys
import traceback
import warnings
from contextlib import contextmanager
from time import perf_counter
from typing import NamedTuple

from engine.console.advice import advise

# The most that one run shows. A traceback has as much again, so it is never cut off.
CHARACTERS, LINES = 10_000, 200

# Output is shown at once, because an endless loop may follow: every whole line, and so many parts of lines.
# Further parts wait until their line is complete or PAUSE seconds have passed.
PIECES, PAUSE = 500, 0.05

# The calls that a traceback shows, innermost last: an endless recursion would hide the error.
FRAMES = 20

# The file name of typed code; the number of the run follows.
NAME = "<console "

# The most names that a completion offers.
NAMES = 50

# The names and dots before the cursor. After a bracket or a number they cannot be looked up.
CHAIN = re.compile(r"(?<![\w.])([^\W\d][\w.]*)\Z")


class Output(NamedTuple):
    """What a run shows: everything printed, then the value or the traceback; and whether it failed."""

    text: str
    failed: bool


class Console:
    """An interactive Python whose variables are in ``namespace``, a dict that its maker shares."""

    def __init__(self, namespace):
        namespace.setdefault("__name__", "__console__")
        self.namespace = namespace
        self._runs = 0

    def run(self, source, show=None):
        """Run statements, and return their Output. The value of a last expression is shown.

        A value other than None is kept as ``_``. Every error is shown and caught: no typed code can end the
        worker. ``input()`` finds the end of its file.

        show(text) is called with each piece of output during the run, at most LINES + PIECES times and once
        for each PAUSE. The Output begins with the same text.
        """
        self._runs += 1
        name = f"{NAME}{self._runs}>"
        # Tracebacks and warnings find the lines of typed code there.
        linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
        shown, trouble = _Paper(show), _Paper()
        with _streams(shown):
            try:
                self._execute(source, name)
            except BaseException as error:  # noqa: BLE001, SystemExit and KeyboardInterrupt as well
                trouble.write(_describe(error) + _advise(error))
        return Output(shown.text(end=bool(trouble.text())) + trouble.text(), bool(trouble.text()))

    def needs_more(self, source):
        """Tell whether a statement is incomplete, so that Enter should begin another line.

        An empty line completes a block, as in any interactive Python.
        """
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the run shows them
            try:
                return codeop.compile_command(_last(source), symbol="single") is None
            except (SyntaxError, ValueError, OverflowError, MemoryError, RecursionError):
                return False  # the run says what is wrong

    def complete(self, text, cursor):
        """Complete the name before the cursor: return where it begins, and at most NAMES names.

        Each of them can replace ``text[start:cursor]``. The console's own variables come first. Names with
        an underscore in front are offered only if one was typed.
        """
        found = CHAIN.search(text[:cursor])
        if not found:
            return cursor, []
        before, dot, typed = found[1].rpartition(".")
        # The completer appends brackets and colons, depending on Python's version.
        names = {
            match.rstrip("(): ").removeprefix(before + dot) for match in self._matches(found[1])
        }
        names = [name for name in names if typed.startswith("_") or not name.startswith("_")]
        names.sort(key=lambda name: (not dot and name not in self.namespace, name.lower(), name))
        return cursor - len(typed), names[:NAMES]

    def _execute(self, source, name):
        tree = ast.parse(source, name)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, name, "exec"), self.namespace)
        if last:
            code = compile(ast.Expression(last.value), name, "eval")
            value = eval(code, self.namespace)
            if value is not None:
                print(repr(value))
                self.namespace["_"] = value

    def _matches(self, word):
        completer = rlcompleter.Completer(self.namespace)
        state = 0
        try:
            while (match := completer.complete(word, state)) is not None:
                yield match
                state += 1
        except BaseException:  # noqa: BLE001, reading an attribute may run typed code
            return


def _last(source):
    """Return the last statement, for ``codeop`` takes only one; everything if it cannot be parsed."""
    try:
        statement = ast.parse(source).body[-1]
    except (SyntaxError, IndexError):
        return source
    # It starts below its decorators; they make no difference to whether it is complete.
    return "\n".join(source.split("\n")[statement.lineno - 1 :])


class _Paper(io.TextIOBase):
    """A file of limited length to print to."""

    def __init__(self, show=None):
        """show(text): see ``Console.run``."""
        self._show = show
        self._parts, self._waiting = [], []
        self._characters, self._lines, self._pieces = CHARACTERS, LINES, PIECES
        self._is_cut = False
        self._shown_at = 0.0

    def writable(self):
        return True

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() takes a str, not {type(text).__name__}")
        lines = text[: self._characters].split("\n")
        kept = "\n".join(lines if len(lines) <= self._lines else [*lines[: self._lines], ""])
        self._characters -= len(kept)
        self._lines -= kept.count("\n")
        self._add(kept)
        if len(kept) < len(text) and not self._is_cut:
            self._is_cut, self._characters = True, 0
            limits = f"{CHARACTERS:,} characters or {LINES} lines"
            self._add(f"{self._line_end()}… cut here: more than {limits}\n")
        return len(text)

    def flush(self):
        """Show what has not been shown yet."""
        text = "".join(self._waiting)
        self._waiting.clear()
        if text and self._show:
            self._shown_at = perf_counter()
            self._show(text)

    def close(self):
        """Stay open: after ``sys.stdout.close()`` people still want to see what is printed."""

    def end(self):
        """Show nothing more: typed code may have kept this file."""
        self._show = None

    def text(self, end=False):
        """Return what was printed. end: add a line break if there is none."""
        return "".join(self._parts) + (self._line_end() if end else "")

    def _add(self, text):
        if not text:
            return
        self._parts.append(text)
        self._waiting.append(text)
        if "\n" not in text and perf_counter() - self._shown_at < PAUSE:
            self._pieces -= 1
            if self._pieces < 0:
                return
        self.flush()

    def _line_end(self):
        return "\n" if self._parts and not self._parts[-1].endswith("\n") else ""


@contextmanager
def _streams(paper):
    """Send everything printed to a paper, and let nothing be read."""
    kept = sys.stdin, sys.stdout, sys.stderr
    sys.stdin, sys.stdout, sys.stderr = io.StringIO(), paper, paper
    try:
        yield
    finally:
        sys.stdin, sys.stdout, sys.stderr = kept
        paper.end()


def _describe(error):
    """Format an error as Python does, or by its name alone if Python cannot."""
    try:
        return _traceback(error)
    except BaseException:  # noqa: BLE001, a class that was typed may raise anything
        return f"{type(error).__name__}: an error that cannot be shown\n"


def _advise(error):
    try:
        advice = advise(error)
    except BaseException:  # noqa: BLE001, as above
        return ""
    return advice and advice + "\n"


def _traceback(error):
    """Format an error, beginning with the first line that was typed."""
    frames = error.__traceback__
    while frames and not frames.tb_frame.f_code.co_filename.startswith(NAME):
        frames = frames.tb_next
    if isinstance(error, SyntaxError) and not error.text and error.filename:
        error.text = linecache.getline(error.filename, error.lineno or 0)  # compiled from a tree
    return "".join(traceback.format_exception(type(error), error, frames, limit=-FRAMES))
