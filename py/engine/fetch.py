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


async def fetch(address):
    """Return a file's bytes. Raise FetchError if they do not come."""
    import js  # exists only in a browser

    try:
        response = await js.fetch(address)
        return (await response.arrayBuffer()).to_bytes()
    except Exception as error:
        raise FetchError(**reason_of(error)) from error


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
