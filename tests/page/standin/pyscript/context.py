"""Stands in for PyScript's way to JavaScript's modules."""


async def js_import(*addresses):
    """Bring no module: there is nothing here that one could show."""
    raise OSError(", ".join(addresses))
