"""What of Python and NumPy a visit does not need: fetched when something imports it after all.

The console lets people type anything. ``install`` has an import that finds nothing look into the two
archives that lie on the site whole: Python's standard library and NumPy.
"""

import hashlib
import io
import sys
import zipfile
from importlib.machinery import PathFinder
from pathlib import Path


class Missing:
    """The last of ``sys.meta_path``: fetches an archive when a part of it is imported, and looks again.

    archives: for each archive a function that tells whether a module belongs to it, one without
    arguments that fetches its bytes, and one that puts those where Python finds them.
    """

    def __init__(self, archives):
        self._archives = list(archives)

    def find_spec(self, name, path=None, target=None):
        """Return where a module is, None if it is nowhere; see ``importlib.abc.MetaPathFinder``."""
        for archive in self._archives:
            holds, fetch, put = archive
            if holds(name):
                put(fetch())
                self._archives.remove(archive)
                sys.path_importer_cache.clear()
                return PathFinder.find_spec(name, path, target)
        return None


def install(stdlib, wheel):
    """Have what is missing fetched from now on.

    stdlib, wheel: for each archive its absolute address, and its sha256 in hexadecimal.
    """
    library = Path(f"/lib/python{sys.version_info.major}{sys.version_info.minor}.zip")
    packages = next(place for place in sys.path if place.endswith("/site-packages"))
    sys.meta_path.append(
        Missing(
            [
                (_is_standard, lambda: fetch(*stdlib), library.write_bytes),
                (_is_numpy, lambda: fetch(*wheel), lambda content: unpack(content, packages)),
            ]
        )
    )


def fetch(address, sha256):
    """Fetch a file while Python waits. Raises ImportError, with a sentence, if it does not come whole."""
    import js

    name = address[address.rfind("/") + 1 :]
    request = js.XMLHttpRequest.new()
    request.open("GET", address, False)
    request.responseType = "arraybuffer"
    try:
        request.send()
    except Exception:  # noqa: BLE001, a JavaScript error of no class of its own
        raise ImportError(f"{name} could not be fetched: check the connection.") from None
    if request.status != 200:
        raise ImportError(f"{name} could not be fetched: the server answered {request.status}.")
    content = request.response.to_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ImportError(f"{name} could not be used: its bytes are not those that were built.")
    return content


def unpack(content, folder):
    """Unpack a wheel's bytes into a folder."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)


def _is_standard(name):
    return name.partition(".")[0] in sys.stdlib_module_names


def _is_numpy(name):
    return name.startswith("numpy.")
