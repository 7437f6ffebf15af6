"""Stands in for PyScript: what the page takes from it, without a browser behind it."""

from js import document, window

__all__ = ["document", "js_import", "window"]


async def js_import(*addresses):
    """Bring no module: there is nothing here that one could show."""
    raise OSError(", ".join(addresses))
