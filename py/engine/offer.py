"""Offered functions: those that the page may call, each marked by a decorator beside it."""

import pkgutil
from importlib import import_module

# PyScript runs this one as a script, and it calls ``gather``.
SCRIPT = "api"

# For each package, its functions by name.
_offered = {}


def offered(function):
    """Make a function available to the page, under its own name.

    It is given positional arguments as plain Python: numbers, text, lists, memoryviews for typed arrays,
    None. It may be async. It returns numbers, arrays, codes and identifiers, alone or in dicts and lists:
    no sentence, no markup. NumPy arrays reach the page as typed arrays.
    """
    name = function.__name__
    functions = _offered.setdefault(function.__module__.rpartition(".")[0], {})
    known = functions.get(name)
    if known and known.__module__ != function.__module__:
        raise ValueError(f"{known.__module__} and {function.__module__} both offer {name!r}")
    functions[name] = function
    return function


def gather(package=__package__):
    """Import every module of a package, and return the offered functions by name.

    Packages inside it are left alone: ``engine.learning`` is not here at the start (see ``deferred``).
    """
    for module in pkgutil.iter_modules(import_module(package).__path__):
        if module.name != SCRIPT and not module.ispkg:
            import_module(f"{package}.{module.name}")
    return dict(_offered.get(package, {}))
