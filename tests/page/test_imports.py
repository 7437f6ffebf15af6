"""Every module of the page is inside the subset of Python that MicroPython has."""

import os

# Importing these is starting the page: the browser's tests do that.
ENTRIES = ("start", "main")


def names():
    """List the page's modules, sorted."""
    return sorted(file[:-3] for file in os.listdir("/page") if file.endswith(".py"))


def test_the_page_has_modules():
    """The tests below look at something."""
    assert "ink" in names()


def test_every_module_parses():
    """No module uses syntax that MicroPython refuses."""
    for name in names():
        with open("/page/" + name + ".py") as file:
            compile(file.read(), name + ".py", "exec")


def test_every_module_imports():
    """Every module finds what it imports, and its top level runs."""
    for name in names():
        if name not in ("__init__",) + ENTRIES:
            __import__("page." + name)
