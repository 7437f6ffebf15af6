"""Our modules in the worker: which of them every visit needs, and which only learning needs.

What the engine's own modules import, directly or indirectly, is there from the start. All others are in
`py/learning.zip`, which `py/boot/on_demand.py` fetches when something imports one of them.
"""

from __future__ import annotations

import ast
import io
import zipfile
from pathlib import Path

ARCHIVE = "py/learning.zip"
# The packages of the worker. Their `__init__` is always there, except for those of LEARNING.
PACKAGES = ("nn", "preprocess", "datasets", "engine", "boot", "training")
LEARNING = ("engine/learning/", "training/")
# The engine begins with these. `deferred.py` imports `engine.learning`, but not by a statement.
START = "engine/*.py"
ALONE = "boot/on_demand.py"
# PyScript runs this one as a script.
SCRIPT = "engine/api.py"


def needed(root: Path) -> list[Path]:
    """List the modules that every visit needs, in the project at `root`, without SCRIPT."""
    files = _files(root)
    found, waiting = set(), [name for name in files if Path(name).match(START) or name == ALONE]
    waiting += [name for name in files if name.endswith("/__init__.py")]
    waiting = [name for name in waiting if not name.startswith(LEARNING)]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _imported(files[name].read_bytes(), files)
    return [files[name] for name in sorted(found - {SCRIPT})]


def left(root: Path) -> list[Path]:
    """List the modules that only learning needs."""
    there = {*needed(root), root / "py" / SCRIPT}
    others = [path for name, path in sorted(_files(root).items()) if not name.startswith("boot/")]
    return [path for path in others if path not in there]


def archive(root: Path) -> bytes:
    """Pack the modules that only learning needs. Equal sources give equal bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        for path in left(root):
            # The date is the earliest that a zip archive can hold.
            entry = zipfile.ZipInfo(path.relative_to(root / "py").as_posix(), (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(entry, path.read_bytes())
    return packed.getvalue()


def _files(root: Path) -> dict[str, Path]:
    """Map each module's path within `py/` to the file."""
    paths = [path for package in PACKAGES for path in (root / "py" / package).rglob("*.py")]
    return {path.relative_to(root / "py").as_posix(): path for path in paths}


def _imported(source: bytes, files: dict[str, Path]) -> list[str]:
    """List the modules of ours that a source imports anywhere, even inside a function."""
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except SyntaxError:
        return []  # Pyodide will report it.
    named = []
    for node in nodes:
        if isinstance(node, ast.ImportFrom):
            named += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            named += [alias.name for alias in node.names]
    paths = [f"{name.replace('.', '/')}.py" for name in named if name]
    return [path for path in paths if path in files]
