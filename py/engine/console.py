"""The console: Python that somebody types, run beside the network.

Public: ``Console`` and ``Output``, and the limits ``CHARACTERS``, ``LINES``, ``PIECES``, ``FRAMES`` and
``NAMES``.

Of what exists, ``codeop`` says whether a statement is finished and ``rlcompleter`` completes names; ``code``
shows every expression of a loop and ends with SystemExit, and ``pyodide.console`` is not in CPython, where
this is tested.
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

from engine.console_advice import advise

# What is shown of one run; a traceback has as much again, so that it is never what is cut off.
CHARACTERS, LINES = 10_000, 200

# What is printed is shown at once, because a loop that never ends may follow: whole lines always, and so many
# pieces of lines. Further pieces wait until their line is complete or PAUSE seconds have passed.
PIECES, PAUSE = 500, 0.05

# Of a traceback, the innermost calls: those of an endless recursion would hide the error.
FRAMES = 20

# What code is called that is in no file, with the number of the run behind it.
NAME = "<console "

# As many names as somebody may want to choose from.
NAMES = 50

# The names and dots before the cursor; after a bracket or a number they belong to what cannot be looked up.
CHAIN = re.compile(r"(?<![\w.])([^\W\d][\w.]*)\Z")


class Output(NamedTuple):
    """What a run has to show: all that was printed, the value or the traceback, and whether it failed."""

    text: str
    failed: bool


class Console:
    """An interactive Python whose variables live in one dict, which it shares with whoever made it."""

    def __init__(self, namespace):
        namespace.setdefault("__name__", "__console__")
        self.namespace = namespace
        self._runs = 0

    def run(self, source, show=None):
        """Run statements, and show the value of the last one if it is an expression: Output.

        A value that is not None is kept as ``_``. Whatever is raised is shown and goes no further: nothing
        that is typed can end the worker. There is nothing to read: ``input()`` finds the end of its file.

        show(text) is called with what is printed while it runs: all of that, in order, is how the Output
        begins, and at most LINES + PIECES + one call for each PAUSE.
        """
        self._runs += 1
        name = f"{NAME}{self._runs}>"
        # Where tracebacks and warnings look for the lines of code that is in no file.
        linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
        shown, trouble = _Paper(show), _Paper()
        with _streams(shown):
            try:
                self._execute(source, name)
            except BaseException as error:  # noqa: BLE001, SystemExit and KeyboardInterrupt as well
                trouble.write(_describe(error) + _advise(error))
        return Output(shown.text(end=bool(trouble.text())) + trouble.text(), bool(trouble.text()))

    def needs_more(self, source):
        """Tell whether a statement is not finished, so that Enter should begin another line.

        A block is finished by an empty line, as in any interactive Python.
        """
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # they are shown when it runs
            try:
                return codeop.compile_command(_last(source), symbol="single") is None
            except (SyntaxError, ValueError, OverflowError, MemoryError, RecursionError):
                return False  # running it says what is wrong

    def complete(self, text, cursor):
        """Complete the name before the cursor: where it begins, and what it may be, at most NAMES.

        Each of those can take the place of ``text[start:cursor]``. Our own variables come first, and what
        begins with an underscore only if one was typed.
        """
        found = CHAIN.search(text[:cursor])
        if not found:
            return cursor, []
        before, dot, typed = found[1].rpartition(".")
        # What it appends, such as a bracket, differs from version to version.
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
        except BaseException:  # noqa: BLE001, an object may raise anything when its attributes are read
            return


def _last(source):
    """Give the last statement of several, for ``codeop`` takes only one; all of what cannot be parsed."""
    try:
        statement = ast.parse(source).body[-1]
    except (SyntaxError, IndexError):
        return source
    # Without its decorators, if it has any, it is finished or not all the same.
    return "\n".join(source.split("\n")[statement.lineno - 1 :])


class _Paper(io.TextIOBase):
    """A file to print to, of limited length; closing it does nothing."""

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
        """Show what was printed, if it has not been shown yet."""
        text = "".join(self._waiting)
        self._waiting.clear()
        if text and self._show:
            self._shown_at = perf_counter()
            self._show(text)

    def close(self):
        """Stay open: whoever typed ``sys.stdout.close()`` still wants to see what was printed."""

    def end(self):
        """Show nothing more: whoever kept this file for later prints to nobody."""
        self._show = None

    def text(self, end=False):
        """Give what was printed; end: with a line's end, whatever it was."""
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
    """Let all that is printed go to a paper, and nothing be read."""
    kept = sys.stdin, sys.stdout, sys.stderr
    sys.stdin, sys.stdout, sys.stderr = io.StringIO(), paper, paper
    try:
        yield
    finally:
        sys.stdin, sys.stdout, sys.stderr = kept
        paper.end()


def _describe(error):
    """Write an error as Python does, or its name alone if it was made so that Python cannot."""
    try:
        return _traceback(error)
    except BaseException:  # noqa: BLE001, an error is an object like any other, and may raise anything
        return f"{type(error).__name__}: an error that cannot be shown\n"


def _advise(error):
    try:
        advice = advise(error)
    except BaseException:  # noqa: BLE001, as above
        return ""
    return advice and advice + "\n"


def _traceback(error):
    """Write an error from the first line on that was typed."""
    frames = error.__traceback__
    while frames and not frames.tb_frame.f_code.co_filename.startswith(NAME):
        frames = frames.tb_next
    if isinstance(error, SyntaxError) and not error.text and error.filename:
        error.text = linecache.getline(error.filename, error.lineno or 0)  # compiled from a tree
    return "".join(traceback.format_exception(type(error), error, frames, limit=-FRAMES))
