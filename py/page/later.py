"""What is not needed for the first stroke: modules that are fetched when the page is ready.

Public: ``fetch`` and ``MODULES``. Every module that is there from the start makes the pen wait.
"""

import asyncio
import os

from page.dom import window

# In the order in which they are imported, after the package itself.
MODULES = (
    "rooms/__init__",
    "rooms/bars",
    "rooms/brush",
    "rooms/changed",
    "rooms/code",
    "rooms/compare",
    "rooms/console",
    "rooms/curve",
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
    "rooms/picking",
    "rooms/product",
    "rooms/score",
    "rooms/sheet",
    "rooms/sides",
    "rooms/testdigit",
    "rooms/building",
)

_FOLDER = __file__[: __file__.rfind("/")]


async def fetch():
    """Fetch the modules side by side, and import them one by one, with time for the pen in between.

    Raises OSError if one does not come; then it may be tried again.
    """
    await asyncio.gather(*[_fetch(name) for name in MODULES])
    for name in MODULES[1:]:
        __import__("page." + name.replace("/", "."))
        await asyncio.sleep(0.001)


async def _fetch(name):
    response = await window.fetch("py/page/" + name + ".py")
    if not response.ok:
        raise OSError("py/page/%s.py: the server answered %d" % (name, response.status))
    text = await response.text()
    folder = _FOLDER + "/" + name[: name.rfind("/")]
    try:
        os.mkdir(folder)
    except OSError:
        pass  # it is there already
    with open(_FOLDER + "/" + name + ".py", "w") as file:
        file.write(text)
