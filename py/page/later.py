"""What is not needed for the first stroke: modules that are fetched when the page is ready.

Public: ``fetch``, ``MODULES``, ``module`` and ``modules_anew``. Every module that is there from the start
makes the pen wait.
"""

import asyncio

import js
from pyscript.context import js_import

from bundle import lay_out
from page.dom import document, find, window

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

ADDRESS = "py/rooms.txt"


async def fetch():
    """Fetch the modules, and import them one by one, with time for the pen in between.

    Raises OSError if they do not come; then it may be tried again.
    """
    response = await window.fetch(ADDRESS)
    if not response.ok:
        raise OSError("%s: the server answered %d" % (ADDRESS, response.status))
    lay_out(await response.text())
    for name in MODULES[1:]:
        __import__("page." + name.replace("/", "."))
        await asyncio.sleep(0.001)


async def module(path, *used):
    """Import a JavaScript module; ``used``: how the paths begin of what it imports.

    All of it is fetched before, as it was built: an import that hangs is never given up, and Firefox 153 does
    not ask again for a module that did not come.
    """
    needed = [each for each in _known() if each.startswith((path,) + used)]
    await js.Promise.all(js.Array.of(*[window.fetch(each) for each in needed]))
    [imported] = await js_import(js.URL.new(path, document.baseURI).href)
    return imported


async def modules_anew():
    """Have the browser fetch what a worker imports past what it keeps, as far as it comes.

    To another worker of the same page WebKitGTK 2.50 gives what the first one got, be it broken.
    """
    options = js.Object.new()
    options.cache = "reload"
    modules = [each for each in _known() if each.endswith(".mjs")]
    coming = [window.fetch(each, options) for each in modules]
    await js.Promise.allSettled(js.Array.of(*coming))


def _known():
    """List the files of which `static/guard.js` knows the sums."""
    return [each.split(" ")[0] for each in find("meta[name=sums]").content.split("; ")]
