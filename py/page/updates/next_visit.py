"""The next visit: its files are cached, and a new build is offered when there is one.

A visit runs on one build from beginning to end. A new build waits until the visitor asks for it, and takes
over the drawing and the edits.
"""

from boot import modules
from page.dom import find, find_all, kept, on, show, window

REFUSED = "This browser cannot keep your changes. Press again to use the new version without them."


async def keep(state, pack):
    """Have the files cached, and offer a new build when there is one. The page does not depend on it.

    state: the page's; pack() returns what the new build takes over (see ``hand_over``).
    """
    offline = await modules.load("static/boot/offline.mjs")
    moving, told = [], []

    def offer():
        for part in find_all("#update > *"):
            show(part, True)

    def moved():
        if moving:
            window.location.reload()
        else:
            # Another tab uses the new build now. Files that this tab has yet to fetch would not fit.
            offer()

    def use(*_):
        if not offline.remember(pack()) and not told:
            told.append(True)
            find("#update p").textContent = REFUSED
            return
        moving.append(True)
        offline.activate()

    def cache():
        while cached[0] < len(state.fetched):
            cached[0] += 1
            offline.cache(state.fetched[cached[0] - 1])

    on(find("#update button"), "click", use)
    await offline.install(kept(offer), kept(moved))
    cached = [0]
    state.watch(cache)
    cache()
