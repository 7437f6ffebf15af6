"""The parts of Python that a visit needs, ready to run, each in one gzipped file.

`freeze` makes them:

- ``wasm``      the interpreter,
- ``glue``      Pyodide's JavaScript,
- ``numpy``     the compiled part of NumPy that is needed,
- ``snapshot``  the memory of an interpreter that has imported NumPy and the engine's modules
  (`snapshot.mjs`), without the constants that the two WebAssembly files contain (`delta.py`),
- ``engine``    the sources of the engine's modules, in a tar archive.

The site also has the modules that only learning needs (`worker_modules.py`), the whole standard library and
the thinned wheel: `py/boot/on_demand.py` fetches them when something imports a module that was left out.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from site_build import packing, pins
from site_build.pins import Refusal
from site_build.python import worker_modules
from site_build.python.delta import NOTHING, without_data

# Where Python finds its modules in a visitor's browser; the engine's are in its home.
HOME = "home/pyodide"
SITE_PACKAGES = "lib/python3.13/site-packages"
# How the name of NumPy's needed compiled part begins in the wheel.
COMPILED = "numpy/_core/_multiarray_umath"
# `numpy` imports this at its start although nothing here uses it. The stand-in takes its place until
# something does.
LINALG = "numpy/linalg/_umath_linalg"
STANDIN = Path(__file__).with_name("linalg_standin.py")
# The tools that the result depends on.
TOOLS = ("tools/site_build/python/snapshot.mjs", "tools/site_build/python/snapshot_in_pyodide.py")
LINKING = Path(__file__).parents[3] / "static/boot/linking.mjs"
# The network with which the engine is tried, so that the snapshot has everything that a visit uses.
TRIED = "weights/784-16-16-10-sigmoid.npz"


@dataclass(frozen=True)
class Frozen:
    """Python as it is served: the contents of files by their paths, and what the manifest says about them.

    ``told`` has ``parts``, the paths by the names above in the order of their use; ``shared``, what
    `delta.py` returns for ``wasm`` and ``numpy``; ``linked``, the path of the latter for Python, and the
    number of functions once it is linked; ``lock``, Pyodide's list of packages, emptied; ``learning``,
    ``stdlib`` and ``wheel``, the paths of the archives that are fetched on demand.
    """

    contents: dict[str, bytes]
    told: dict


def freeze(
    root: Path, files: dict[str, bytes], wheel: Path, cache: Path, *, delta: bool = True
) -> Frozen:
    """Make the parts for the project at `root`.

    files: those of the pinned packages; wheel: the thinned one; delta: leave the constants out of the
    snapshot. Raise `Refusal` if Node cannot do it.
    """
    engine = {
        path.relative_to(root / "py").as_posix(): path.read_bytes()
        for path in worker_modules.needed(root)
    }
    numpy = _numpy(wheel)
    [compiled] = [name for name in numpy if name.startswith(COMPILED)]
    made = _made(root, numpy, compiled, engine, cache)
    wasm, linked = files["pyodide/pyodide.asm.wasm"], numpy[compiled]
    snapshot, shared = (made / "snapshot.bin").read_bytes(), {}
    for name, module in ("wasm", wasm), ("numpy", linked):
        snapshot, shared[name] = without_data(snapshot, module) if delta else (snapshot, NOTHING)
    contents, parts = {worker_modules.ARCHIVE: worker_modules.archive(root)}, {}
    ready = {
        "wasm": wasm,
        "glue": files["pyodide/pyodide.asm.js"],
        "numpy": linked,
        "snapshot": snapshot,
    }
    ready = {name: packing.gzipped(content) for name, content in ready.items()}
    ready["engine"] = packing.packed(dict(sorted(_laid(engine, numpy).items())))
    for name, packed in ready.items():
        parts[name] = f"runtime/python/{name}-{pins.sha256(packed)[:8]}.bin"
        contents[parts[name]] = packed
    info = json.loads(files["pyodide/pyodide-lock.json"])["info"]
    told = {
        "parts": parts,
        "shared": shared,
        "linked": {
            "path": f"/{SITE_PACKAGES}/{compiled}",
            "places": json.loads((made / "places.json").read_text()),
        },
        "learning": worker_modules.ARCHIVE,
        "lock": {"info": info, "packages": {}},
        "stdlib": "runtime/pyodide/python_stdlib.zip",
        "wheel": f"runtime/pyodide/{wheel.name}",
    }
    return Frozen(contents, told)


def _numpy(wheel: Path) -> dict[str, bytes]:
    """Return NumPy's files by their names, with the stand-in for linear algebra."""
    with zipfile.ZipFile(wheel) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return {name: content for name, content in files.items() if not name.startswith(LINALG)} | {
        f"{LINALG}.py": STANDIN.read_bytes()
    }


def _made(
    root: Path, numpy: dict[str, bytes], compiled: str, engine: dict[str, bytes], cache: Path
) -> Path:
    """Return the folder with the output of `snapshot.mjs`, which runs only when an input has changed."""
    inputs = [(root / name).read_bytes() for name in (*TOOLS, "runtime.json", TRIED)]
    inputs.append(LINKING.read_bytes())
    inputs += [f"{name}\0".encode() + content for name, content in (numpy | engine).items()]
    key = pins.sha256(b"".join(pins.sha256(content).encode() for content in inputs))[:16]
    made = cache / f"frozen-{key}"
    if not (made / "places.json").exists():
        for old in cache.glob("frozen-*"):
            shutil.rmtree(old)
        with tempfile.TemporaryDirectory(dir=cache) as folder:
            _run(root, Path(folder), numpy, compiled, engine)
            (Path(folder) / "out").rename(made)
    return made


def _run(
    root: Path, folder: Path, numpy: dict[str, bytes], compiled: str, engine: dict[str, bytes]
) -> None:
    for place, files in ("packages", numpy), ("engine", engine):
        for name, content in files.items():
            path = folder / place / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    (folder / "out").mkdir()
    places = [folder / "packages", compiled, folder / "engine", root / TRIED]
    run = subprocess.run(
        ["node", root / "tools/site_build/python/snapshot.mjs", *places, folder / "out"],
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        sys.stderr.write(run.stdout + run.stderr)
        raise Refusal("Python's start could not be prepared: see above what Node reported.")


def _laid(engine: dict[str, bytes], numpy: dict[str, bytes]) -> dict[str, bytes]:
    """Return the files in Python's file system, by their paths there."""
    files = {f"{HOME}/{name}": content for name, content in engine.items()}
    # `importlib.metadata` reads NumPy's version from it.
    about = next(name for name in numpy if name.endswith(".dist-info/METADATA"))
    return files | {f"{SITE_PACKAGES}/{about}": numpy[about]}
