"""JavaScript modules: fetched with their sums before anybody imports them.

Public: ``load`` and ``load_workers``. An import that hangs is never given up, Firefox 153 does not ask again
for a module that did not come, and nobody knows of a wrong one.
"""

import js
from pyscript.context import js_import

from page.dom import document, find, window

# What a worker imports before Python is there: files, or how their paths begin.
WORKERS = (
    "runtime/manifest.mjs",
    "runtime/pyodide/",
    "static/boot/fetching.mjs",
    "static/boot/interpreter.mjs",
    "static/boot/library.mjs",
    "static/boot/linking.mjs",
    "static/boot/parts.mjs",
)


async def load(path, *used):
    """Import a module; ``used``: files that it imports, or how their paths begin."""
    await js.Promise.all(_fetch((path,) + used))
    [imported] = await js_import(js.URL.new(path, document.baseURI).href)
    return imported


async def load_workers():
    """Have the browser fetch what a worker imports past what it keeps, as far as it comes.

    To another worker of the same page WebKitGTK 2.50 gives what the first one got, be it broken.
    """
    anew = js.Object.new()
    anew.cache = "reload"
    await js.Promise.allSettled(_fetch(WORKERS, anew))


def _fetch(beginnings, *options):
    """Fetch what begins so, of the files of which `static/boot/guard.js` knows the sums."""
    files = [each.split(" ")[0] for each in find("meta[name=sums]").content.split("; ")]
    coming = [window.fetch(each, *options) for each in files if each.startswith(beginnings)]
    return js.Array.of(*coming)
