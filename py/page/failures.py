"""What failed, in a sentence that a teacher understands.

The errors come from the worker as text. Those of ``static/boot/fetching.mjs`` begin with the path of a file.
"""

KEPT = " Your drawing is kept."

_ADVICE = "Check the connection, then try again."

# What the server did (see static/boot/fetching.mjs), and what helps.
_SERVER = (
    (
        "the server answered 4",
        "If you host this page, copy all of its files again. Then try again.",
    ),
    ("the server sent a web page", "If this network asks for a login, log in. Then try again."),
)

SILENT = (
    "Python is taking too long to load: the server has sent nothing for a while. " + _ADVICE + KEPT
)

NOT_READY = "Python is not ready yet. Try again in a moment."

# Shown when the visitor stops typed Python. The worker restarts at once.
STOPPED = (
    "Stopped, and Python restarted. The network and the drawing are as they were; "
    "names that you had defined are gone."
)

# What precedes the message in the last line of a traceback.
_PREFIXES = (
    "pyodide.ffi.JsException: ",
    "Error: ",
    "RuntimeError: ",
    "TypeError: ",
    "ValueError: ",
)

# What people call the files that the start needs.
_PARTS = (
    ("numpy", "NumPy"),
    ("runtime/python/engine", "the network's code"),
    ("runtime/py", "Python"),
    ("interpreter", "Python"),
    ("fetching", "Python"),
    ("parts", "Python"),
    ("weights/", "the network's weights"),
    ("digits/", "the test digits"),
    ("py/nn/", "the network's code"),
    ("py/engine/", "the network's code"),
)


def text(error):
    """Return an exception's message. For one from JavaScript, MicroPython 1.27 makes a tuple of reprs."""
    return str(error.args[-1]) if error.args else repr(error)


def at_start(error):
    """Say why the engine did not start, from the text of the error."""
    if "apply'" in error or 'apply"' in error:
        # The error for a call to a function that the worker lacks, because its file did not run.
        error = "py/engine/api.py: it cannot be run"
    for mark, part in _PARTS:
        if mark in error:
            return "Could not load " + part + " (" + _line(error) + "). " + _advice(error) + KEPT
    return "The network could not start (" + _line(error) + "). Try again." + KEPT


# Why a file did not come, by the codes of static/boot/fetching.mjs and engine.fetch.
_REASONS = {
    "no-answer": "no answer from the server",
    "web-page": "the server sent a web page",
    "cut": "the connection was cut",
    "altered": "its bytes are not those that were built",
    "unusable": "it does not hold what it should",
}


def of_file(reason):
    """Say why a file did not come, with its path in front; reason: what the worker reports."""
    code = reason.code
    if code == "unforeseen":
        return reason.text
    if code == "status":
        why = "the server answered %d" % reason.status
    elif code == "short":
        why = "%d bytes arrived of %d" % (reason.arrived, reason.bytes)
    else:
        why = _REASONS[code]
    return reason.path + ": " + why


def of_edit(refused):
    """Say why dials could not be edited; refused: what ``engine.edits.refusal`` returns."""
    if refused.code == "too-large":
        return "A weight or bias would become too large. Use a smaller number."
    if refused.code == "out-of-range":
        high = getattr(refused, "high", None)
        if high is None:
            return "Use a number of %g or more." % refused.low
        return "Use a number from %g to %g." % (refused.low, high)
    return "This network cannot be changed in that way."


def of_digits(error):
    """Say why the test digits could not be fetched. Everything else works without them."""
    if error == NOT_READY:
        return error
    return "Could not fetch the test digits (" + _line(error) + "). " + _advice(error)


def of_training(error):
    """Say why training images could not be fetched. The network in use works without them."""
    if error == NOT_READY:
        return error
    return "Could not fetch the training images (" + _line(error) + "). " + _advice(error)


def of_learning(error):
    """Say why what is fetched for learning, and for files, did not come. Everything else works without it."""
    return "Could not fetch the code for this (" + _line(error) + "). " + _advice(error)


def on_page(error):
    """Say that the page's own code has failed, from the text of the error."""
    return "Something on this page went wrong (" + _line(error) + "). Try again." + KEPT


def at_work(error):
    """Say why an engine that had started does not answer."""
    return "The network has stopped working (" + _line(error) + "). Try again." + KEPT


def _advice(error):
    for mark, advice in _SERVER:
        if mark in error:
            return advice
    return _ADVICE


def _line(error):
    """Return the last line that is not blank, without any prefix: a traceback ends with its message."""
    lines = [line.strip() for line in error.split("\n") if line.strip()]
    line = lines[-1] if lines else "no reason given"
    for prefix in _PREFIXES:
        if line.startswith(prefix):
            line = line[len(prefix) :]
    return line if len(line) <= 160 else line[:157] + "…"
