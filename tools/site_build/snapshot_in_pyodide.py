"""The part of `snapshot.mjs` that runs in Pyodide: ``compile_modules``, ``visit`` and ``scrub``."""

import sys
from pathlib import Path

MOUNT = Path("/mnt")
# Where a visitor's Python finds what is made here.
HOME = Path("/home/pyodide")
SITE_PACKAGES = Path("/lib/python3.13/site-packages")


def compile_modules():
    """Write the bytecode of all modules, without columns: none but our own have sources to be shown.

    Into ``stdlib.zip`` that of the standard library; into ``imported`` that of NumPy and the engine, by where
    a visitor's Python looks for it.
    """
    import zipfile

    whole = next(path for path in sys.path if path.endswith(".zip"))
    with zipfile.ZipFile(whole) as library:
        library.extractall(MOUNT / "stdlib")
    for folder, place, cached in ("packages", SITE_PACKAGES, False), ("engine", HOME, True):
        for path in sorted((MOUNT / folder).rglob("*.py")):
            source = place / path.relative_to(MOUNT / folder)
            beside = (
                f"__pycache__/{source.stem}.cpython-313.pyc" if cached else f"{source.stem}.pyc"
            )
            compile_module(path, source, f"{MOUNT}/out/imported{source.parent / beside}")
    with zipfile.ZipFile(MOUNT / "out/stdlib.zip", "w") as archive:
        for path in sorted((MOUNT / "stdlib").rglob("*.py")):
            name = path.relative_to(MOUNT / "stdlib")
            compile_module(path, Path(whole) / name, path.with_suffix(".pyc"))
            archive.write(path.with_suffix(".pyc"), name.with_suffix(".pyc"))


def compile_module(path, source, target):
    """Write the bytecode of a module at a path to another, as if its source were at a third."""
    import py_compile

    py_compile.compile(
        str(path),
        str(target),
        str(source),
        doraise=True,
        optimize=0,  # NumPy's own start needs docstrings, and somebody may ask the console for help
        # Nobody can edit the source beside it.
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
    )


def visit():
    """Import all that the engine is made of, and use each part of it once."""
    import secrets  # noqa: F401, NumPy's chance imports it: test digits need no more of the library

    # By the clock that stands still, folders have not changed since they were looked at.
    sys.path_importer_cache.clear()
    for path in sorted(HOME.rglob("*.py")):
        parts = path.relative_to(HOME).with_suffix("").parts
        __import__(".".join(parts).removesuffix(".__init__"))

    import numpy as np

    from engine.session import Session
    from nn import files

    weights = HOME / "weights.npz"
    session = Session()
    session.open("it", files.load(weights.read_bytes()), None)
    weights.unlink()
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
    import zipimport

    random.seed(0)
    # What is in the archive with the bytecode; a visitor's Python may come to have that with the sources.
    zipimport._zip_directory_cache.clear()  # noqa: SLF001, what is public reads it anew at once
    gc.collect()
    small = [bytes(size) for size in range(0, 480, 16) for _ in range(300)]
    del small
    large = [bytes(1 << power) for power in range(18, 9, -1) for _ in range((1 << 18) >> power)]
    del large
    gc.collect()
