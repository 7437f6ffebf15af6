"""Helpers for tests that run in MicroPython, which has neither pytest nor asserts that explain.

``close(a, b)``, ``raises(kind, function, *arguments)``; ``compared`` is what ``conftest.py`` makes of
an asserted comparison.
"""

from page.networks import NetworkInfo

COMPARISONS = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "in": lambda a, b: a in b,
    "not in": lambda a, b: a not in b,
    "is": lambda a, b: a is b,
    "is not": lambda a, b: a is not b,
}


def compared(left, operator, right):
    """Compare, and show both sides if it does not hold."""
    if not COMPARISONS[operator](left, right):
        raise AssertionError("\n    %r\n%s\n    %r" % (left, operator, right))
    return True


def close(a, b, within=1e-9):
    """Tell whether two numbers, or all numbers of two sequences, differ by ``within`` at most."""
    if hasattr(a, "__len__"):
        return len(a) == len(b) and all(close(x, y, within) for x, y in zip(a, b))
    return abs(a - b) <= within


def raises(kind, function, *arguments):
    """Call the function, which must raise ``kind``, and return the error's message."""
    try:
        function(*arguments)
    except kind as error:
        return str(error)
    raise AssertionError("%s was not raised" % kind.__name__)


def network_info(name):
    """Make the info of a network that a test names like the shipped ones: sizes, then the activation."""
    parts = name.split("-")
    return NetworkInfo(name, name, [int(size) for size in parts[:-1]], parts[-1], "shipped")
