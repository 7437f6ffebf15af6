"""MNIST's digits, prepared as inputs of a network: what `py/datasets/training_digits.py` reads.

Preparing seventy thousand digits takes twenty seconds, so it is done only when the digits, the code or the
Python in which it runs have changed. That Python is the one of the site, in Node (`prepare.mjs`): everybody
gets the same bytes, and the build needs no NumPy of its own.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from site_build import pins
from site_build.pins import Refusal

TOOLS = (Path(__file__).with_name("prepare.mjs"), Path(__file__).with_name("in_pyodide.py"))
# The packages with the code that prepares digits.
PACKAGES = ("datasets", "preprocess")
# Two runs side by side, and what each of them makes; both have about as much to do.
RUNS = (
    ("train-0.bin", "train-1.bin", "train-2.bin", "test-prepared.bin"),
    ("train-3.bin", "train-4.bin"),
)


def prepared(
    root: Path, originals: dict[str, bytes], python: bytes, wheel: Path, cache: Path
) -> dict[str, bytes]:
    """Return the prepared digits by the names of their files, for the project at `root`.

    originals: MNIST's four files by their names; python: the interpreter's WebAssembly; wheel: NumPy's. Raise
    `Refusal` if Node cannot do it.
    """
    key = _key(root, [originals[name] for name in sorted(originals)] + [python], wheel)
    made = cache / f"digits-{key}"
    if not made.exists():
        print("Preparing MNIST's 70,000 digits. This takes half a minute, once.", flush=True)
        for old in cache.glob("digits-*"):
            shutil.rmtree(old)
        with tempfile.TemporaryDirectory(dir=cache) as folder:
            _run(root, Path(folder), originals, wheel)
            (Path(folder) / "out").rename(made)
    return {name: (made / name).read_bytes() for run in RUNS for name in run}


def _key(root: Path, inputs: list[bytes], wheel: Path) -> str:
    """Hash everything that the result depends on."""
    code = [path for package in PACKAGES for path in sorted((root / "py" / package).glob("*.py"))]
    inputs = [*inputs, *(path.read_bytes() for path in (*code, *TOOLS, wheel))]
    return pins.sha256(b"".join(pins.sha256(content).encode() for content in inputs))[:16]


def _run(root: Path, folder: Path, originals: dict[str, bytes], wheel: Path) -> None:
    for place in ("in", "out"):
        (folder / place).mkdir()
    for name, content in originals.items():
        (folder / "in" / name).write_bytes(content)
    places = [root / "py", wheel, folder / "in", folder / "out"]
    try:
        runs = [
            subprocess.Popen(
                ["node", TOOLS[0], *places, *names],
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            for names in RUNS
        ]
    except FileNotFoundError:
        raise Refusal("node is missing: install Node 20 or later.") from None
    for run in runs:
        printed, _ = run.communicate()
        if run.returncode:
            sys.stderr.write(printed)
            raise Refusal("MNIST's digits could not be prepared: see above what Node reported.")
