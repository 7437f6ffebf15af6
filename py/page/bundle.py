"""Modules that come many in one file, since each request costs a round trip.

Public: ``lay_out``. The files are made by `tools/bundle.py`.
"""

import os

from ubinascii import a2b_base64  # in C; `binascii` is a slower one, in Python


def lay_out(text):
    """Write the modules of a bundle to where ``import`` finds them: in each line a path, and base64."""
    for line in text.splitlines():
        path, content = line.split(" ")
        parts = path.split("/")[:-1]
        for depth in range(1, len(parts) + 1):
            _make("/".join(parts[:depth]))
        with open(path, "wb") as file:
            file.write(a2b_base64(content))


def _make(folder):
    try:
        os.mkdir(folder)
    except OSError:
        pass  # it is there already
