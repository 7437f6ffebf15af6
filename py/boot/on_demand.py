"""Fetches the parts of Python, of NumPy and of our own code that most visits do not need.

People may type anything into the console. After ``install``, an import that finds nothing looks into three
archives on the site: our modules for learning, NumPy, and Python's standard library. ``bring`` fetches one of
them ahead of its import.
"""

import asyncio
import hashlib
import io
import sys
import zipfile
from importlib.machinery import PathFinder
from pathlib import Path

# Our own packages in the worker, and where they are.
OURS = {"datasets", "engine", "nn", "preprocess", "training"}
HOME = Path(__file__).parents[1]


class Archive:
    """A file with modules that are not here yet.

    holds: a function that tells whether a module belongs to it, by name; address, sha256: where it is, and
    its hash in hexadecimal; put: a function that writes its bytes where Python finds the modules.
    """

    def __init__(self, holds, address, sha256, put):
        self.holds = holds
        self.address = address
        self._sha256 = sha256
        self._put = put
        self._coming = None

    async def fetch(self):
        """Return the archive's bytes. Whoever asks before they are unpacked waits for the same ones."""
        if self._coming is None:
            self._coming = asyncio.ensure_future(_fetched(self.address))
            self._coming.add_done_callback(self._arrived)
        return await asyncio.shield(self._coming)

    def _arrived(self, coming):
        if coming.cancelled() or coming.exception():
            self._coming = None

    def unpack(self, content):
        """Make the modules importable. Raises ImportError if the content does not have the expected hash."""
        self._coming = None
        if hashlib.sha256(content).hexdigest() != self._sha256:
            name = _name(self.address)
            raise ImportError(f"{name} could not be used: its bytes are not those that were built.")
        self._put(content)
        # Not `importlib.invalidate_caches`: it imports `importlib.metadata`, and that half of `email`.
        sys.path_importer_cache.clear()


class Missing:
    """The last finder in ``sys.meta_path``: fetches the archive that a module belongs to, and looks again."""

    def __init__(self, archives):
        self.archives = list(archives)

    def find_spec(self, name, path=None, target=None):
        """Return a module's spec, or None if it is nowhere; see ``importlib.abc.MetaPathFinder``."""
        archive = self.archive_of(name)
        if archive is None:
            return None
        self.unpack(archive, fetch(archive.address))
        return PathFinder.find_spec(name, path, target)

    def archive_of(self, name):
        """Return the archive that a module belongs to, or None if there is none or it is unpacked."""
        return next((archive for archive in self.archives if archive.holds(name)), None)

    def unpack(self, archive, content):
        """Make an archive's modules importable, unless that was done while the content was fetched."""
        if archive in self.archives:
            archive.unpack(content)
            self.archives.remove(archive)


def install(learning, wheel=None, stdlib=None):
    """Fetch on demand from now on.

    learning, wheel, stdlib: for each archive its absolute address, and its sha256 in hexadecimal. Leave out
    wheel and stdlib if all of NumPy and of the standard library is here.
    """
    library = Path(f"/lib/python{sys.version_info.major}{sys.version_info.minor}.zip")
    packages = next(place for place in sys.path if place.endswith("/site-packages"))
    archives = [Archive(_is_ours, *learning, lambda content: unzip(content, HOME))]
    if wheel:
        archives.append(Archive(_is_numpy, *wheel, lambda content: unzip(content, packages)))
    if stdlib:
        archives.append(Archive(_is_standard, *stdlib, library.write_bytes))
    sys.meta_path.append(Missing(archives))


def unpack_for(name):
    """Fetch what a module needs, while Python waits. Raises ImportError."""
    for finder, archive in _wanted(name):
        finder.unpack(archive, fetch(archive.address))


async def bring(name):
    """Fetch what a module needs, while Python goes on. Raises as ``js.fetch`` does."""
    for finder, archive in _wanted(name):
        finder.unpack(archive, await archive.fetch())


def fetch(address):
    """Fetch a file while Python waits. Raises ImportError, with a sentence, if that fails."""
    import js

    request = js.XMLHttpRequest.new()
    request.open("GET", address, False)
    request.responseType = "arraybuffer"
    try:
        request.send()
    except Exception:  # noqa: BLE001, a JavaScript error without a class of its own
        raise ImportError(f"{_name(address)} could not be fetched: check the connection.") from None
    if request.status != 200:
        why = f"the server answered {request.status}"
        raise ImportError(f"{_name(address)} could not be fetched: {why}.")
    return request.response.to_bytes()


async def _fetched(address):
    import js

    return (await (await js.fetch(address)).arrayBuffer()).to_bytes()


def unzip(content, folder):
    """Unpack a zip archive, such as a wheel, into a folder."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)


def _wanted(name):
    """List the archives that a module needs and that are not here, each with its finder."""
    finders = [finder for finder in sys.meta_path if isinstance(finder, Missing)]
    return [(finder, archive) for finder in finders if (archive := finder.archive_of(name))]


def _name(address):
    return address[address.rfind("/") + 1 :]


def _is_ours(name):
    return name.partition(".")[0] in OURS


def _is_standard(name):
    return name.partition(".")[0] in sys.stdlib_module_names


def _is_numpy(name):
    # NumPy tries to import that one when it starts, and does not mind that it never exists.
    return name.startswith("numpy.") and name != "numpy._distributor_init_local"
