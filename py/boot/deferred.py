"""What the first stroke does not need: modules, and the panels' insides and style.

It is fetched once the page is ready, since everything that is there from the start makes the pen wait.
"""

import asyncio
import json

import js
import native

from boot.importing import import_some

MODULES, STYLE, INSIDES = "py/panels.bin", "static/panels.css", "static/panels.json"


async def fetch(ink):
    """Fetch everything, import the modules one by one, and fill the panels, but not while the pen is down.

    Raises OSError if something cannot be fetched. It is safe to try again.
    """
    addresses = (MODULES, STYLE, INSIDES)
    answers = await js.Promise.all(js.Array.of(*[js.window.fetch(each) for each in addresses]))
    for address, answer in zip(addresses, answers):
        if not answer.ok:
            raise OSError("%s: the server answered %d" % (address, answer.status))
    modules, style, insides = answers
    bundle = await native.unpack(modules)
    style, insides = await style.text(), await insides.text()
    names = iter(native.write_modules(bundle).split())
    await lifted(ink)
    while import_some(names, 0):
        await lifted(ink)
    # Only now, when nothing can fail any more: a second try would fill the panels twice.
    apply(style)
    await lifted(ink)
    for panel, inside in json.loads(insides).items():
        js.document.getElementById(panel).insertAdjacentHTML("beforeend", inside)
        await lifted(ink)


def apply(style):
    """Apply a style sheet after those that are there."""
    sheet = js.CSSStyleSheet.new()
    sheet.replaceSync(style)
    js.document.adoptedStyleSheets.push(sheet)


async def lifted(ink):
    """Let the browser work, and wait as long as the pen is down."""
    await asyncio.sleep(0.001)
    while ink.drawing:
        await asyncio.sleep(0.05)
