"""What of Python and NumPy a visit does not need: fetched when something imports it after all.

The console lets people type anything. ``install`` has an import that finds nothing look into the two
archives that lie on the site whole: Python's standard library and NumPy. ``bring`` fetches one of them before
it is needed, while Python goes on.
"""

import hashlib
import io
import sys
import zipfile
from importlib.machinery import PathFinder
from pathlib import Path


class Archive:
    """A file with modules that are not here yet.

    holds: a function that tells whether a module, by its name, belongs to it; address, sha256: where it
    is, and its hash in hexadecimal; put: a function that lays its bytes where Python finds the modules.
    """

    def __init__(self, holds, address, sha256, put):
        self.holds = holds
        self.address = address
        self._sha256 = sha256
        self._put = put

    def unpack(self, content):
        """Make the modules importable. Raises ImportError for bytes that are not those that were built."""
        if hashlib.sha256(content).hexdigest() != self._sha256:
            name = _name(self.address)
            raise ImportError(f"{name} could not be used: its bytes are not those that were built.")
        self._put(content)
        # Not `importlib.invalidate_caches`, which imports `importlib.metadata`, and that half of `email`.
        sys.path_importer_cache.clear()


class Missing:
    """The last of ``sys.meta_path``: fetches an archive when a part of it is imported, and looks again."""

    def __init__(self, archives):
        self.archives = list(archives)

    def find_spec(self, name, path=None, target=None):
        """Return where a module is, None if it is nowhere; see ``importlib.abc.MetaPathFinder``."""
        archive = self.archive_of(name)
        if archive is None:
            return None
        self.unpack(archive, fetch(archive.address))
        return PathFinder.find_spec(name, path, target)

    def archive_of(self, name):
        """Return the archive that a module belongs to, None if there is none or it is here already."""
        return next((archive for archive in self.archives if archive.holds(name)), None)

    def unpack(self, archive, content):
        """Make an archive's modules importable, unless somebody has while it was on its way."""
        if archive in self.archives:
            archive.unpack(content)
            self.archives.remove(archive)


def install(wheel, stdlib=None):
    """Have what is missing fetched from now on.

    wheel, stdlib: for each archive its absolute address, and its sha256 in hexadecimal; no stdlib if the
    whole of it is here.
    """
    library = Path(f"/lib/python{sys.version_info.major}{sys.version_info.minor}.zip")
    packages = next(place for place in sys.path if place.endswith("/site-packages"))
    archives = [Archive(_is_numpy, *wheel, lambda content: unzip(content, packages))]
    if stdlib:
        archives.append(Archive(_is_standard, *stdlib, library.write_bytes))
    sys.meta_path.append(Missing(archives))


def unpack_for(name):
    """Fetch what a module needs that is not here, while Python waits. Raises ImportError."""
    for finder, archive in _wanted(name):
        finder.unpack(archive, fetch(archive.address))


async def bring(name):
    """Fetch what a module needs that is not here, while Python goes on. Raises as ``js.fetch`` does."""
    import js

    for finder, archive in _wanted(name):
        response = await js.fetch(archive.address)
        finder.unpack(archive, (await response.arrayBuffer()).to_bytes())


def fetch(address):
    """Fetch a file while Python waits. Raises ImportError, with a sentence, if it does not come."""
    import js

    request = js.XMLHttpRequest.new()
    request.open("GET", address, False)
    request.responseType = "arraybuffer"
    try:
        request.send()
    except Exception:  # noqa: BLE001, a JavaScript error of no class of its own
        raise ImportError(f"{_name(address)} could not be fetched: check the connection.") from None
    if request.status != 200:
        why = f"the server answered {request.status}"
        raise ImportError(f"{_name(address)} could not be fetched: {why}.")
    return request.response.to_bytes()


def unzip(content, folder):
    """Unpack a wheel's bytes into a folder."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)


def _wanted(name):
    """List what a module needs that is not here: each archive with the finder that has it."""
    finders = [finder for finder in sys.meta_path if isinstance(finder, Missing)]
    return [(finder, archive) for finder in finders if (archive := finder.archive_of(name))]


def _name(address):
    return address[address.rfind("/") + 1 :]


def _is_standard(name):
    return name.partition(".")[0] in sys.stdlib_module_names


def _is_numpy(name):
    # NumPy looks for that one at its start, and does not mind that nobody has it.
    return name.startswith("numpy.") and name != "numpy._distributor_init_local"
