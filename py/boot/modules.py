"""JavaScript modules, fetched and checked before anybody imports them.

An import that hangs never gives up, Firefox 153 does not retry a module that failed to load, and an import
alone does not notice wrong bytes.
"""

import js
from pyscript.context import js_import

# Where everything is that a worker imports before Python has started.
WORKER = ("runtime/manifest.mjs", "runtime/pyodide/", "static/boot/")


async def load(path, *needed):
    """Import a module. ``needed``: what it imports in turn, as paths or beginnings of paths."""
    await js.Promise.all(_fetch((path,) + needed))
    [imported] = await js_import(js.URL.new(path, js.document.baseURI).href)
    return imported


async def load_workers():
    """Refresh the browser's copies of what a worker imports, as far as the server answers.

    WebKitGTK 2.50 gives a page's second worker the same files as the first, even broken ones.
    """
    reload = js.Object.new()
    reload.cache = "reload"
    await js.Promise.allSettled(_fetch(WORKER, reload))


def _fetch(beginnings, *options):
    """Fetch all files whose paths begin so and whose hashes `static/boot/guard.js` knows."""
    hashes = js.document.querySelector("meta[name=hashes]").content
    files = [entry.split(" ")[0] for entry in hashes.split("; ")]
    fetched = [js.window.fetch(file, *options) for file in files if file.startswith(beginnings)]
    return js.Array.of(*fetched)
