"""Every module of the page stays within the subset of Python that MicroPython has."""

import os

# Importing these starts the page, which the browser tests do.
ENTRIES = ("page.app", "boot.start")

# This one runs in the worker.
IN_WORKER = ("boot.on_demand",)


def modules():
    """List the modules in the page's packages, sorted: each with its path."""
    found = []
    for package in ("page", "boot"):
        found += walk("/" + package)
    return sorted([each for each in found if each[0] not in IN_WORKER])


def walk(folder):
    found = []
    for entry in os.ilistdir(folder):
        path = folder + "/" + entry[0]
        if entry[1] == 0x4000:
            found += walk(path)
        elif path.endswith(".py"):
            name = path[1:-3].replace("/", ".")
            found.append((name[: -len(".__init__")] if name.endswith(".__init__") else name, path))
    return found


def test_modules_are_found_at_every_depth():
    """So the tests below cannot pass because they found nothing."""
    names = [name for name, _ in modules()]
    for name in ("page.state", "page.pad.ink", "page.panels.neuron.panel"):
        assert name in names


def test_every_module_parses():
    """No module uses syntax that MicroPython refuses."""
    for _, path in modules():
        with open(path) as file:
            compile(file.read(), path, "exec")


def test_every_module_imports():
    """Every module finds what it imports, and its top level runs."""
    for name, _ in modules():
        if name not in ENTRIES:
            __import__(name)
