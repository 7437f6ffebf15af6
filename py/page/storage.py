"""What the visitor asked to be kept on this device, as bytes by kind and name.

Every coroutine here raises StorageError where the browser does not keep anything. Nothing is stored before
the visitor asks for it, and looking leaves nothing behind.
"""

import js

from boot import modules

_SENTENCES = {
    "full": "There is no room left on this device, or this browser gives this page no more of it.",
    "forbidden": "This browser does not let this page keep anything: it may be a private window, "
    "or site data may be blocked.",
    "missing": "This browser has no place where a page could keep anything.",
    "unreached": "The part of this page that keeps things could not be fetched. "
    "Check the connection, then try again.",
}


_loaded = []


class StorageError(Exception):
    """Why something was not kept; ``code`` is "full", "forbidden", "missing" or "unreached"."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def sentence(code):
    """Say why something was not kept."""
    return _SENTENCES[code]


async def names(kind):
    """List the names that are kept of a kind."""
    return list(await _call("names", kind))


async def load(kind, name):
    """Return the bytes that are kept under a name as a JavaScript Uint8Array, or None if there are none."""
    return await _call("load", kind, name)


async def save(kind, name, array):
    """Keep the bytes of a JavaScript Uint8Array under a name. If that fails, what was kept there stays."""
    await _call("save", kind, name, array)


async def load_all(kind):
    """Return all that is kept of a kind as pairs of name and bytes, in the order of the names."""
    found = await _call("loadAll", kind)
    return list(zip(list(found.names), list(found.contents)))


async def save_all(kind, entries):
    """Keep many at once, given as pairs of name and bytes: all of them, or none."""
    listed = [js.Array.of(*column) for column in zip(*entries)]
    await _call("saveAll", kind, *listed)


async def remove(kind, name):
    """Erase what is kept under a name."""
    await _call("remove", kind, name)


async def clear(kind):
    """Erase everything that is kept of a kind."""
    await _call("clear", kind)


async def _call(function, *arguments):
    if not _loaded:
        try:
            _loaded.append(await modules.load("static/storage/storage.mjs"))
        except Exception:  # noqa: BLE001, whatever it was, nothing can be kept
            raise StorageError("unreached")
    reply = await getattr(_loaded[0], function)(*arguments)
    trouble = getattr(reply, "trouble", None)
    if trouble:
        raise StorageError(trouble)
    return reply.value
