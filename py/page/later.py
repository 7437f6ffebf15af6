"""What is not needed for the first stroke: modules that are fetched when the page is ready.

Public: ``fetch`` and ``MODULES``. Every module that is there from the start makes the pen wait.
"""

import asyncio

import native

from page.dom import window

# In the order in which they are imported, after the package itself.
MODULES = (
    "rooms/__init__",
    "rooms/bars",
    "rooms/brush",
    "rooms/carrying",
    "rooms/changed",
    "rooms/code",
    "rooms/compare",
    "rooms/console",
    "rooms/curve",
    "rooms/demo",
    "rooms/dials",
    "rooms/edges",
    "rooms/fetching",
    "rooms/formula",
    "rooms/grid",
    "rooms/hand",
    "rooms/history",
    "rooms/layers",
    "rooms/links",
    "rooms/matrix",
    "rooms/neuron",
    "rooms/numbers",
    "rooms/paper",
    "rooms/picking",
    "rooms/product",
    "rooms/score",
    "rooms/sheet",
    "rooms/sides",
    "rooms/testdigit",
    "rooms/warmup",
    "rooms/building",
)

ADDRESS = "py/rooms.txt"


async def fetch(ink):
    """Fetch the modules, and import them one by one, with time for the pen in between; none while it is down.

    Raises OSError if they do not come; then it may be tried again.
    """
    response = await window.fetch(ADDRESS)
    if not response.ok:
        raise OSError("%s: the server answered %d" % (ADDRESS, response.status))
    native.lay_out(await response.text())
    for name in MODULES[1:]:
        await lifted(ink)
        native.trace(False)
        try:
            __import__("page." + name.replace("/", "."))
        finally:
            native.trace(True)


async def lifted(ink):
    """Give the browser time, and as much as it needs while the pen is down."""
    await asyncio.sleep(0.001)
    while ink.drawing:
        await asyncio.sleep(0.05)
