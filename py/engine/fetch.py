"""Fetching: a file's bytes, or a code that says why they did not come.

``static/boot/fetching.mjs`` checks every file of the site, and gives its errors ``reason``: a code, the
file's path, and numbers.
"""

# The code of an error that nobody foresaw: only here a reason has a ``text``, Python's or the browser's own.
UNFORESEEN = "unforeseen"


class FetchError(Exception):
    """A file did not come, or could not be used. ``reason`` is a dict: ``code``, and what belongs to it."""

    def __init__(self, **reason):
        super().__init__(reason["code"])
        self.reason = reason


async def fetch(address, arrived=None):
    """Return a file's bytes. Raise FetchError if they do not come.

    arrived(count) is called for each piece of the file, with a negative count for bytes that have to come
    again. The counts add up to the file's length. A site without start-up tricks has only one piece.
    """
    import js  # exists only in a browser

    counts = []

    def count(piece):
        counts.append(piece)
        arrived(piece)

    try:
        response = await (_counted(js.fetch, address, count) if arrived else js.fetch(address))
        content = (await response.arrayBuffer()).to_bytes()
    except Exception as error:
        raise FetchError(**reason_of(error)) from error
    if arrived and len(content) != sum(counts):
        arrived(len(content) - sum(counts))
    return content


def size(address):
    """Return how many bytes a file of the site has, or 0 if that is not known before it has come."""
    import js

    known = getattr(js.fetch, "bytesOf", None)  # of static/boot/fetching.mjs
    return (known(address) if known else None) or 0


async def _counted(fetch, address, count):
    from pyodide.ffi import create_proxy

    proxy = create_proxy(count)
    try:
        return await fetch(address, arrived=proxy)
    finally:
        proxy.destroy()


def unusable(address):
    """Return the FetchError of a file that came, but does not hold what it should."""
    return FetchError(code="unusable", path="/".join(address.split("/")[-2:]))


def reason_of(error):
    """Return why a fetch failed: ``code``, and ``path`` and numbers as far as they are known."""
    if isinstance(error, FetchError):
        return error.reason
    reason = getattr(error, "reason", None)  # of static/boot/fetching.mjs
    if hasattr(reason, "to_py"):
        return reason.to_py()
    return {"code": UNFORESEEN, "text": f"{type(error).__name__}: {error}"}
