"""NumPy's wheel, compressed, and without the files that a page never imports.

The wheel for Pyodide is stored uncompressed, and contains headers, type stubs and a Fortran interface
generator. The files that are kept, licences included, are byte for byte those that NumPy built. RECORD
lists exactly these, as `importlib.metadata` and Pyodide's loader require.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import zipfile
from fnmatch import fnmatchcase
from pathlib import Path

# Patterns for `fnmatchcase`, in which `*` also matches slashes, each with what it matches.
DROPPED = {
    "*.pyi": "type stubs",
    "*/py.typed": "declares that there are type stubs",
    "*.pxd": "Cython declarations",
    "numpy/_core/include/*": "C headers",
    "numpy/_core/lib/*": "a static library and its pkg-config files",
    "numpy/random/lib/*": "a static library",
    "numpy/random/_examples/*": "how to extend numpy.random in C",
    "numpy/f2py/*": "the Fortran interface generator: there is no compiler in a browser",
    "numpy/_pyinstaller/*": "a hook for PyInstaller",
    "numpy/typing/mypy_plugin.py": "a plugin for mypy",
    "numpy/_configtool.py": "the numpy-config command",
    "numpy/conftest.py": "pytest's set-up for NumPy's own tests, which the wheel lacks",
    "numpy/ma/API_CHANGES.txt": "history",
    "numpy/ma/README.rst": "documentation",
    "numpy/ma/testutils.py": "helpers of NumPy's own tests",
    "numpy/ma/timer_comparison.py": "a benchmark",
    "numpy/linalg/lapack_lite.*": "LAPACK for NumPy's own tests; numpy.linalg has its own copy",
    "*.dist-info/entry_points.txt": "the commands f2py and numpy-config",
}

# The earliest time that a zip archive can express: the same for every member, on every machine.
EPOCH = (1980, 1, 1, 0, 0, 0)


def is_dropped(name: str) -> bool:
    """Return whether the member `name` is left out of the thinned wheel."""
    return any(fnmatchcase(name, pattern) for pattern in DROPPED)


def members(path: Path) -> list[str]:
    """Return the names of a wheel's files, in the wheel's order."""
    with zipfile.ZipFile(path) as archive:
        return [entry.filename for entry in archive.infolist() if not entry.is_dir()]


def thin(source: Path, target: Path) -> None:
    """Write the wheel `source` to `target`, deflated, without the dropped files.

    The same source gives the same bytes with the same version of zlib.
    """
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        kept = sorted(name for name in old.namelist() if not name.endswith("/"))
        kept = [name for name in kept if not is_dropped(name)]
        record = next(name for name in kept if name.endswith(".dist-info/RECORD"))
        kept.remove(record)
        rows = []
        for name in kept:
            content = old.read(name)
            rows.append((name, f"sha256={_record_hash(content)}", len(content)))
            _add(new, name, content)
        rows.append((record, "", ""))
        _add(new, record, _csv(rows))


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content, zipfile.ZIP_DEFLATED, compresslevel=9)


def _csv(rows: list[tuple]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def _record_hash(content: bytes) -> str:
    """Return a hash in the form of RECORD: URL-safe base64 without padding."""
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
