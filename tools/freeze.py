"""The part of `freeze.mjs` that runs in Pyodide: ``freeze`` and ``scrub``."""

import json
import py_compile
import sys
import zipfile
from pathlib import Path

MOUNT = Path("/mnt")
# Where a visitor's Python finds what is compiled here.
PLACES = {"packages": "/lib/python3.13/site-packages", "engine": "/home/pyodide"}
# What PyScript 0.7.31's own modules import of the standard library, and nobody else. In the snapshot these
# would weigh ten times as much.
PYSCRIPT = ("base64.py", "html/__init__.py", "html/entities.py")


def freeze():
    """Compile every module, do what a visit does, and return the standard library's modules that it needs.

    They come as "one, another"; ``loaded.json`` lists the files of packages that were imported.
    """
    before = set(sys.modules)
    for folder in PLACES:
        for path in sorted((MOUNT / folder).rglob("*.py")):
            compile_module(path, folder, path.relative_to(MOUNT / folder))
    with zipfile.ZipFile(next(path for path in sys.path if path.endswith(".zip"))) as library:
        library.extractall(MOUNT / "library", PYSCRIPT)
    for name in PYSCRIPT:
        compile_module(MOUNT / "library" / name, "packages", name)
    visit()
    new = [(name, module) for name, module in sys.modules.items() if name not in before]
    files = [getattr(module, "__file__", None) or "" for _, module in new]
    prefix = f"{MOUNT}/packages/"
    loaded = [file.removeprefix(prefix) for file in files if file.startswith(prefix)]
    (MOUNT / "out/loaded.json").write_text(json.dumps(sorted([*loaded, *PYSCRIPT]), indent=1))
    stdlib = {name for name, _ in new if name.partition(".")[0] in sys.stdlib_module_names}
    stdlib -= {"py_compile"}  # needed here alone
    return ", ".join(sorted(stdlib))


def compile_module(path, folder, name):
    """Write the bytecode of a module, not optimised: NumPy's own start needs docstrings."""
    py_compile.compile(
        str(path),
        str((MOUNT / "out" / folder / name).with_suffix(".pyc")),
        f"{PLACES[folder]}/{name}",
        doraise=True,
        optimize=0,
        # Nobody can edit the source beside it.
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
    )


def visit():
    """Import all that the engine is made of, and use each part of it once."""
    sys.path[:0] = [f"{MOUNT}/engine", f"{MOUNT}/packages"]
    for path in sorted((MOUNT / "engine").rglob("*.py")):
        parts = path.relative_to(MOUNT / "engine").with_suffix("").parts
        if parts[0] != "pyscript":  # that needs a browser
            __import__(".".join(parts).removesuffix(".__init__"))

    import numpy as np

    from nn import files
    from session import Session

    session = Session()
    session.open("it", files.load((MOUNT / "weights.npz").read_bytes()), None)
    session.use("it")
    session.look_at([np.array([[100.0, 90], [260, 84], [170, 330]])], True)
    session.answer(1, 0)
    session.inside(1, 0)
    session.layer(1)
    session.lines()
    session.run("network.W[0].shape")
    session.run("1 / 0")
    session.complete("network.", 8)


def scrub():
    """Overwrite with zeros what has been freed, since it would be sent to every visitor, and chance.

    As much as fits into the memory that is there; more would make it grow. Chance is seeded anew when the
    snapshot is used.
    """
    import gc
    import random

    random.seed(0)
    gc.collect()
    small = [bytes(size) for size in range(0, 480, 16) for _ in range(300)]
    del small
    large = [bytes(1 << power) for power in range(18, 9, -1) for _ in range((1 << 18) >> power)]
    del large
    gc.collect()
