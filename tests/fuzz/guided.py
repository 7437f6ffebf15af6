"""Fuzz one target by coverage. ``tools/fuzz.py --engine atheris`` runs this in a separate process.

Arguments: the target, a folder of valid files to start from, and libFuzzer's own options.
"""

import sys
import zipfile
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / folder) for folder in ("tests/fuzz", "tests/support", "py", "tools")]

INSTRUMENTED = ["nn", "zipfile", "numpy.lib", "table", "json"]

with atheris.instrument_imports(include=INSTRUMENTED):
    # Modules that are already imported would not be instrumented.
    for name in [name for name in sys.modules if name.partition(".")[0] in ("zipfile", "json")]:
        del sys.modules[name]
    import zipfile

    from targets import TARGETS

# Otherwise the checksum would reject every changed byte, and the code behind it would never be reached.
zipfile.ZipExtFile._update_crc = lambda self, data: None

TARGET = TARGETS[sys.argv.pop(1)]

atheris.Setup(sys.argv, TARGET.promise_bytes)
atheris.Fuzz()
