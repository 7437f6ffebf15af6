"""Modules that the first stroke does not need. They are fetched once the page is ready.

Every module that is there from the start makes the pen wait.
"""

import asyncio

import js
import native

from boot.importing import import_some

ADDRESS = "py/panels.txt"


async def fetch(ink):
    """Fetch the modules and import them one by one, but not while the pen is down.

    Raises OSError if they cannot be fetched. It is safe to try again.
    """
    response = await js.window.fetch(ADDRESS)
    if not response.ok:
        raise OSError("%s: the server answered %d" % (ADDRESS, response.status))
    names = iter(native.write_modules(await response.text()).split())
    await lifted(ink)
    while import_some(names, 0):
        await lifted(ink)


async def lifted(ink):
    """Let the browser work, and wait as long as the pen is down."""
    await asyncio.sleep(0.001)
    while ink.drawing:
        await asyncio.sleep(0.05)
