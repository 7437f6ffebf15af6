"""The thinned wheel is reproducible, lists what it contains, and still is NumPy."""

import ast
import base64
import csv
import hashlib
import json
import subprocess
import time
import zipfile
from pathlib import Path

import pytest

from site_build.python import wheel

ROOT = Path(__file__).parents[4]
PIN = json.loads((ROOT / "runtime.json").read_text())["wheels"][0]

# Pyodide is where the wheel has to work.
IN_PYODIDE = """
import { loadPyodide } from "pyodide";
const python = await loadPyodide();
await python.loadPackage(process.argv[1]);
console.log(await python.runPythonAsync(process.argv[2]));
"""


@pytest.fixture(scope="module")
def original(real_site):
    """Give NumPy's own wheel, which a build has left in the cache."""
    return ROOT / "_cache" / PIN["file"]


@pytest.fixture(scope="module")
def thinned(real_site):
    return real_site / "runtime/pyodide" / PIN["file"]


def test_the_same_wheel_gives_the_same_bytes(original, tmp_path):
    """Neither time nor folder matters, so that a rebuild is not a new download."""
    wheel.thin(original, tmp_path / "one.whl")
    time.sleep(2.1)  # a zip archive counts time in steps of two seconds
    (tmp_path / "deeper").mkdir()
    wheel.thin(original, tmp_path / "deeper/two.whl")
    assert (tmp_path / "one.whl").read_bytes() == (tmp_path / "deeper/two.whl").read_bytes()


def test_the_kept_files_are_unchanged(original, thinned):
    """Only RECORD is rewritten."""
    with zipfile.ZipFile(original) as old, zipfile.ZipFile(thinned) as new:
        for name in new.namelist():
            assert new.read(name) == old.read(name) or name.endswith("/RECORD")


def test_record_lists_exactly_what_is_there(thinned):
    """It has hash and size of every file but itself, as the format requires."""
    with zipfile.ZipFile(thinned) as archive:
        [record] = [name for name in archive.namelist() if name.endswith("/RECORD")]
        rows = list(csv.reader(archive.read(record).decode().splitlines()))
        assert [name for name, _, _ in rows] == archive.namelist()
        assert rows[-1] == [record, "", ""]
        for name, digest, size in rows[:-1]:
            content = archive.read(name)
            padded = digest.removeprefix("sha256=") + "="
            assert base64.urlsafe_b64decode(padded) == hashlib.sha256(content).digest()
            assert int(size) == len(content)


def test_the_licences_stay(original, thinned):
    """The BSD licence requires that. Dropped headers take their own licences with them."""
    licences = {name for name in wheel.members(original) if "LICENSE" in name}
    licences.discard("numpy/_core/include/numpy/random/LICENSE.txt")
    assert licences
    assert licences <= set(wheel.members(thinned))


def test_every_pattern_drops_something(original):
    """A pattern that matches nothing is left over from an older NumPy."""
    names = wheel.members(original)
    for pattern in wheel.DROPPED:
        assert any(wheel.fnmatchcase(name, pattern) for name in names), pattern


def test_no_kept_module_imports_a_dropped_one(original, thinned):
    """Except f2py, which `numpy` imports only when somebody names it."""
    dropped = set(wheel.members(original)) - set(wheel.members(thinned))
    with zipfile.ZipFile(thinned) as archive:
        sources = {name: archive.read(name) for name in archive.namelist() if name.endswith(".py")}
    broken = {
        (name, module)
        for name, source in sources.items()
        for module in _imported(name, ast.parse(source))
        if any(f"{module.replace('.', '/')}{end}" in dropped for end in (".py", "/__init__.py"))
    }
    assert broken <= {("numpy/__init__.py", "numpy.f2py")}


def test_numpy_works_in_pyodide(thinned):
    """Arrays, random numbers, fft, masks and tests work, as somebody may use them in the console."""
    code = """
import importlib.metadata
import numpy as np
import numpy.ma, numpy.polynomial, numpy.testing, numpy.typing, numpy.ctypeslib, numpy.rec
draw = np.random.default_rng(0).random(3)
np.testing.assert_allclose(np.linalg.inv(np.eye(3) * 2), np.eye(3) / 2)
np.testing.assert_allclose(np.fft.ifft(np.fft.fft(draw)), draw)
assert np.ma.masked_less(draw, 2).mask.all() and 'array' in np.array.__doc__
f"{np.__version__} {importlib.metadata.version('numpy')} {len(importlib.metadata.files('numpy'))}"
"""
    command = ["node", "--input-type=module", "--eval", IN_PYODIDE, str(thinned), code]
    result = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=120, cwd=ROOT
    )
    assert result.returncode == 0, result.stderr
    count = len(wheel.members(thinned))
    assert result.stdout.splitlines()[-1] == f"{PIN['version']} {PIN['version']} {count}"


def test_the_wheel_stays_small(thinned):
    """It is fetched when something unforeseen is imported: 11.7 MB as published, a quarter as served."""
    assert thinned.stat().st_size < 2_600_000


def _imported(name, tree):
    """Yield the NumPy modules that a source file may import, as dotted names."""
    package = name.removesuffix(".py").removesuffix("/__init__").split("/")
    if not name.endswith("/__init__.py"):
        package = package[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*base, *([node.module] if node.module else [])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)
