"""The part of `snapshot.mjs` that runs in Pyodide."""

import sys
from pathlib import Path

MOUNT = Path("/mnt")
# Where Python finds the modules in a visitor's browser.
HOME = Path("/home/pyodide")
SITE_PACKAGES = Path("/lib/python3.13/site-packages")


def compile_modules():
    """Compile all modules, without column numbers: most sources are not there to be shown.

    The standard library goes into ``stdlib.zip``; NumPy and the engine go into ``imported``, at the paths
    where Python looks for them in a visitor's browser.
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
    """Compile the module at ``path`` into ``target``, as if it were at ``source``."""
    import py_compile

    py_compile.compile(
        str(path),
        str(target),
        str(source),
        doraise=True,
        optimize=0,  # NumPy needs its docstrings, and people may ask the console for help
        # The sources never change.
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
    )


def visit():
    """Import the whole engine, and use each part of it once."""
    import secrets  # noqa: F401, numpy.random imports it, for the test digits

    # The clock stands still, so cached folder listings look up to date.
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
    """Overwrite freed memory with zeros, so that it compresses, and reset the random numbers.

    Only as much as fits into the present memory, which must not grow. The random numbers get a new seed
    when the snapshot is used.
    """
    import gc
    import random
    import zipimport

    random.seed(0)
    # This lists the archive of bytecode. A visitor may later get the one of sources.
    zipimport._zip_directory_cache.clear()  # noqa: SLF001, the public function would read it again at once
    gc.collect()
    small = [bytes(size) for size in range(0, 480, 16) for _ in range(300)]
    del small
    large = [bytes(1 << power) for power in range(18, 9, -1) for _ in range((1 << 18) >> power)]
    del large
    gc.collect()
