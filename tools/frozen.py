"""Python as it is served: what of it a visit needs, made ready to run, each part in one gzipped file.

`freeze` makes the parts:

- ``wasm``      the interpreter,
- ``glue``      Pyodide's JavaScript,
- ``snapshot``  its memory after its start (`freeze.mjs`), less what the interpreter's own file has of it,
- ``numpy``     those modules of NumPy that the engine imports, as bytecode in a tar archive,
- ``engine``    the engine's own modules, likewise, with their sources, and the bytecode of PyScript's.

The whole standard library and the thinned wheel lie beside them: `py/missing.py` fetches them when
something is imported that was left out.
"""

from __future__ import annotations

import gzip
import io
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pins
from delta import without_data
from pins import Refusal

# PyScript's own modules. It lays their sources into the interpreter; here is only their bytecode for them.
PYSCRIPT = "node_modules/@pyscript/core/src/stdlib/pyscript"
# What `numpy` imports at its start and nobody here uses, and what takes its place until somebody does.
LINALG = "numpy/linalg/_umath_linalg"
STANDIN = Path(__file__).with_name("linalg.py")
# Both have a part in what comes out.
TOOLS = ("tools/freeze.mjs", "tools/freeze.py")
# `engine.py` comes by its own tag; `learning.py` is for training only.
LEFT_OUT = {"engine.py", "nn/learning.py"}
# The network that is looked into to learn what a visit needs.
TRIED = "weights/784-16-16-10-sigmoid.npz"


@dataclass(frozen=True)
class Frozen:
    """What is served of Python: the contents of files by their paths, and what to tell of them.

    ``told`` has ``parts``, the paths by their names above in the order of their use; ``shared``, see
    `delta.py`; ``lock``, Pyodide's list of packages with none in it; ``stdlib`` and ``wheel``, the paths of
    the whole.
    """

    contents: dict[str, bytes]
    told: dict


def freeze(root: Path, files: dict[str, bytes], wheel: Path, cache: Path) -> Frozen:
    """Make Python ready for the project at `root`.

    files: those of the pinned packages; wheel: the thinned one. Raise `Refusal` if Node cannot do it.
    """
    sources = [*(root / "py").glob("*.py"), *(root / "py/nn").glob("*.py")]
    engine = {
        path.relative_to(root / "py").as_posix(): path.read_bytes() for path in sorted(sources)
    }
    engine = {name: content for name, content in engine.items() if name not in LEFT_OUT}
    pyscript = {
        f"pyscript/{path.name}": path.read_bytes()
        for path in sorted((root / PYSCRIPT).glob("*.py"))
    }
    made = _made(root, wheel, engine | pyscript, cache)
    wasm = files["pyodide/pyodide.asm.wasm"]
    snapshot, shared = without_data((made / "snapshot.bin").read_bytes(), wasm)
    contents, parts = {}, {}
    for name, content in {
        "wasm": wasm,
        "glue": files["pyodide/pyodide.asm.js"],
        "snapshot": snapshot,
        "numpy": _tar(_needed(made, wheel)),
        "engine": _tar(engine | _bytecode(made, [*engine, *pyscript])),
    }.items():
        packed = gzip.compress(content, 9, mtime=0)
        # Not `.gz`, or a host might unpack it on the way.
        parts[name] = f"runtime/python/{name}-{pins.sha256(packed)[:8]}.bin"
        contents[parts[name]] = packed
    info = json.loads(files["pyodide/pyodide-lock.json"])["info"]
    told = {
        "parts": parts,
        "shared": shared,
        "lock": {"info": info, "packages": {}},
        "stdlib": "runtime/pyodide/python_stdlib.zip",
        "wheel": f"runtime/pyodide/{wheel.name}",
    }
    return Frozen(contents, told)


def _made(root: Path, wheel: Path, engine: dict[str, bytes], cache: Path) -> Path:
    """Return the folder that `freeze.mjs` has filled, now or for an earlier build of the same."""
    inputs = [(root / name).read_bytes() for name in (*TOOLS, "runtime.json", TRIED)]
    inputs += [wheel.read_bytes(), *(f"{name}\0".encode() + engine[name] for name in engine)]
    key = pins.sha256(b"".join(pins.sha256(content).encode() for content in inputs))[:16]
    made = cache / f"frozen-{key}"
    if not (made / "snapshot.bin").exists():
        for old in cache.glob("frozen-*"):
            shutil.rmtree(old)
        with tempfile.TemporaryDirectory(dir=cache) as folder:
            _run(root, Path(folder), wheel, engine)
            (Path(folder) / "out").rename(made)
    return made


def _run(root: Path, folder: Path, wheel: Path, engine: dict[str, bytes]) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "packages")
    for name, content in engine.items():
        path = folder / "engine" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (folder / "out").mkdir()
    places = [folder / "packages", folder / "engine", root / TRIED, folder / "out"]
    run = subprocess.run(
        ["node", root / "tools/freeze.mjs", *places], capture_output=True, text=True, check=False
    )
    if run.returncode:
        sys.stderr.write(run.stdout + run.stderr)
        raise Refusal("Python's start could not be prepared: read above what Node said of it.")


def _needed(made: Path, wheel: Path) -> dict[str, bytes]:
    """Return what a visit imports of NumPy: bytecode in the place of sources, and what is compiled."""
    files = {}
    with zipfile.ZipFile(wheel) as archive:
        for name in json.loads((made / "loaded.json").read_text()):
            if name.startswith(LINALG):
                files[f"{LINALG}.py"] = STANDIN.read_bytes()
            elif name.endswith(".py"):
                files[f"{name}c"] = (made / "packages" / f"{name}c").read_bytes()
            else:
                files[name] = archive.read(name)
        # `importlib.metadata` tells the version by it.
        about = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        files[about] = archive.read(about)
    return files


def _bytecode(made: Path, names: list[str]) -> dict[str, bytes]:
    """Return the bytecode of modules by where Python looks for it beside their sources."""
    files = {}
    for name in names:
        path = Path(name)
        cached = path.parent / "__pycache__" / f"{path.stem}.cpython-313.pyc"
        files[cached.as_posix()] = (made / "engine" / f"{name}c").read_bytes()
    return files


def _tar(files: dict[str, bytes]) -> bytes:
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name, content in sorted(files.items()):
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return archive.getvalue()
