"""Advice: a sentence about an error whose cause is not the code, but that Python runs in a browser's worker.

There is no keyboard input, disk, thread, other program or internet here, and no package but NumPy. A bare
``EOFError`` says none of that.
"""

import re
import sys

UNANSWERED = "Nobody can answer while Python runs here. Assign the value instead, as in x = 3."
NO_DEBUGGER = "There is no debugger here, because nobody could answer it. Print the values instead."
NOT_HERE = "Only NumPy and Python's standard library are here, and nothing else can be installed."
NOT_IN_BROWSERS = "A browser's Python does not have this part of the standard library."
NOT_PYTHON = "That is a command for a notebook or a terminal. Here, type Python alone."
NO_WAITING = "Nothing can be awaited here. Call functions that are not async."
NO_THREADS = "In a browser, Python has a single thread. Call the function without another one."
NO_PROGRAMS = "A browser starts no other programs, so Python cannot do this here."
NO_FILES = "Python cannot see your files here. It has a disk of its own, which starts empty."
NO_NETWORK = "Python cannot reach the internet here: this page sends and fetches nothing elsewhere."
NO_PAGE = "Python runs in a worker here, which has no window and no document."
NO_LEAVING = "There is nothing to leave: Python goes on, and your names are still there."

# A pattern for an error's name and message, and the advice.
SAID = (
    (r"EOFError: EOF when reading a line$", UNANSWERED),
    (r"BdbQuit", NO_DEBUGGER),
    (r"SyntaxError: .*('await' outside|outside (async|of an asynchronous) function)", NO_WAITING),
    (r"RuntimeError: .*stack switch", NO_WAITING),  # asyncio.run
    (r"RuntimeError: can't start new thread", NO_THREADS),
    (r"OSError: .*(processes|not implemented)", NO_PROGRAMS),
    (r"FileNotFoundError", NO_FILES),
    (r"URLError|JsException: NetworkError", NO_NETWORK),
    (r"ImportError: cannot import name '(window|document)' from 'js'", NO_PAGE),
    (r"AttributeError: ((window|document)$|Unable to use `window`)", NO_PAGE),
    (r"SystemExit", NO_LEAVING),
)

# Lines that are not Python.
INSTALLING = re.compile(r"\s*[%!]?\s*(python3? -m )?(pip3?|conda|mamba|micropip)\s")
COMMAND = re.compile(r"\s*([%!?]|(cd|git|ls|python3?)\s)")


def advise(error):
    """Return a sentence about an error that would not be raised elsewhere, "" for any other."""
    if isinstance(error, ModuleNotFoundError):
        return _of_import((error.name or "").partition(".")[0])
    said = f"{type(error).__name__}: {error}"
    advice = next((advice for pattern, advice in SAID if re.match(pattern, said)), "")
    if isinstance(error, SyntaxError) and not advice:
        return _of_line(error.text or "")
    return advice


def _of_import(package):
    if package in sys.stdlib_module_names:
        return NOT_IN_BROWSERS
    return NOT_HERE if package and package not in sys.modules else ""


def _of_line(line):
    if INSTALLING.match(line):
        return NOT_HERE
    return NOT_PYTHON if COMMAND.match(line) else ""
