"""What is not needed for the first stroke: modules that are fetched when the page is ready.

Public: ``fetch`` and ``lifted``. Every module that is there from the start makes the pen wait.
"""

import asyncio

import native

from page.dom import window

ADDRESS = "py/panels.txt"


async def fetch(ink):
    """Fetch the modules, and import them one by one, with time for the pen in between; none while it is down.

    Raises OSError if they do not come; then it may be tried again.
    """
    response = await window.fetch(ADDRESS)
    if not response.ok:
        raise OSError("%s: the server answered %d" % (ADDRESS, response.status))
    for name in native.lay_out(await response.text()).split(" "):
        await lifted(ink)
        native.trace(False)
        try:
            __import__(name)
        finally:
            native.trace(True)


async def lifted(ink):
    """Give the browser time, and as much as it needs while the pen is down."""
    await asyncio.sleep(0.001)
    while ink.drawing:
        await asyncio.sleep(0.05)
