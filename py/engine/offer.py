"""Offered functions: those that the page may call, each marked by a decorator beside it."""

import pkgutil
from importlib import import_module

# PyScript runs this one as a script, and it calls ``gather``.
SCRIPT = "api"

_functions = {}


def offered(function):
    """Make a function available to the page, under its own name.

    It is given positional arguments as plain Python: numbers, text, lists, memoryviews for typed arrays,
    None. It may be async. It returns numbers, arrays, codes and identifiers, alone or in dicts and lists:
    no sentence, no markup. NumPy arrays reach the page as typed arrays.
    """
    name = function.__name__
    known = _functions.get(name)
    if known and known.__module__ != function.__module__:
        raise ValueError(f"{known.__module__} and {function.__module__} both offer {name!r}")
    _functions[name] = function
    return function


def gather():
    """Import every module of this package, and return the offered functions by name."""
    package = import_module(__package__)
    for module in pkgutil.iter_modules(package.__path__):
        if module.name != SCRIPT:
            import_module(f"{__package__}.{module.name}")
    return dict(_functions)
