"""Modules that come many in one file, since each request costs a round trip.

Public: ``lay_out``. The files are made by `tools/bundle.py`.
"""

import json
import os


def lay_out(text):
    """Write the modules of a bundle, their sources by their paths, to where ``import`` finds them."""
    sources = json.loads(text)
    for path in sources:
        parts = path.split("/")[:-1]
        for depth in range(1, len(parts) + 1):
            _make("/".join(parts[:depth]))
        with open(path, "w") as file:
            file.write(sources[path])


def _make(folder):
    try:
        os.mkdir(folder)
    except OSError:
        pass  # it is there already
