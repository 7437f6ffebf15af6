"""Moments: the network as it was at any checkpoint of its run, on what is on the pad now."""

import asyncio

from page.dom import Once, disable, find, on, put
from page.engine_client.replies import numbers
from page.engine_client.run import LEARNED
from page.networks import SHIPPED, NetworkInfo
from page.words import thousands

MARKUP = (
    '<p class="about"></p><div class="moments">'
    '<p class="field"><label for="learn-moment">moment</label>'
    '<input id="learn-moment" type="range" min="0" max="0" step="1" value="0" />'
    '<output for="learn-moment"></output></p>'
    '<div class="acting" role="group" aria-label="This moment">'
    '<button type="button" id="learn-now" class="pill">Back to now</button>'
    '<button type="button" id="learn-from-here" class="pill">Go on from here</button>'
    '<button type="button" id="learn-keep" class="pill">Keep this one</button>'
    '<button type="button" id="learn-compare" class="pill">Compare with…</button>'
    '</div><p class="kept" role="status"></p></div>'
)

# What the id of a network that is kept begins with.
KEPT = "moment-"


class Checkpoints:
    """The slider over the checkpoints, and what can be done with the one that it shows."""

    def __init__(self, page):
        self._state = page.state
        self._engine = page.engine
        self._learning = page.learning
        room = find("#learn-moments")
        room.innerHTML = MARKUP
        self._about = Once(room.querySelector(".about"))
        self._tools = Once(room.querySelector(".moments"))
        self._slider = find("#learn-moment")
        self._reads = Once(room.querySelector("output"))
        self._said = Once(room.querySelector(".kept"))
        self._buttons = [find("#" + name) for name in ("learn-now", "learn-from-here")]
        self._others = [find("#" + name) for name in ("learn-keep", "learn-compare")]
        self._moments = []
        self._wanted = None
        self._read = None
        on(self._slider, "input", lambda event: self._scrub(int(self._slider.value)))
        acts = (self._now, self._go_on, self._keep, self._compare)
        for button, act in zip(self._buttons + self._others, acts):
            on(button, "click", lambda event, act=act: asyncio.create_task(act()))

    def render(self):
        """Show which moments there are, and which one is shown."""
        progress = self._learning.run.progress
        kept = progress.get("checkpoints")
        if kept is not self._read:
            self._read = kept
            self._moments = [int(count) for count in numbers(kept)] if kept else []
        count = len(self._moments)
        self._about.write(about(count, progress.get("bytes", 0)))
        self._tools.show(count > 0)
        if not count:
            return
        self._slider.max = str(count)
        # While somebody drags it, it is ahead of the engine.
        at = progress.get("at", -1) if self._wanted is None else self._wanted
        at = count if at < 0 else at
        if self._slider.value != str(at):
            self._slider.value = str(at)
        said = moment(at, count, self._seen(at))
        self._reads.write(said)
        put(self._slider, "aria-valuetext", said)
        ready = self._state.engine == "ready"
        disable(
            self._slider,
            not ready,
            lambda: find("#learn-moments").closest("details").firstElementChild,
        )
        for button in self._buttons:
            disable(button, not ready or at == count, lambda: self._slider)
        for button in self._others:
            disable(button, not ready, lambda: self._slider)

    def _scrub(self, at):
        """Show a moment. While the engine is asked for one, only the newest wish is remembered."""
        asking = self._wanted is not None
        self._wanted = at
        self._said.write("")
        self._state.changed()
        if not asking:
            asyncio.create_task(self._follow())

    async def _follow(self):
        shown = None
        while shown != self._wanted:
            shown = self._wanted
            if not await self._learning.scrub(self._index(shown)):
                break
        self._wanted = None
        self._state.changed()

    def _seen(self, at):
        """Return how many images the network at a place on the slider has seen."""
        if at < len(self._moments):
            return self._moments[at]
        return self._learning.run.progress["images"]

    def _index(self, at):
        """Return the engine's index of a place on the slider, whose right end is the network as it is now."""
        return -1 if at >= len(self._moments) else at

    async def _now(self):
        self._scrub(len(self._moments))

    async def _go_on(self):
        at = self._index(int(self._slider.value))
        if await self._learning.resume_from(at) and not self._learning.run.moving:
            await self._learning.start()

    async def _keep(self):
        """Offer the network as it is shown among the others, for as long as the page is open."""
        network = await self._shown()
        if network is None:
            return None
        infos = self._state.networks
        seen = self._seen(int(self._slider.value))
        title = unused("after %s images" % thousands(seen), [info.title for info in infos])
        name = unused(KEPT + str(seen), [info.id for info in infos])
        info = NetworkInfo(name, title, list(network.shape), network.activation, "trained")
        self._engine.networks.add(info, network.dials)
        self._said.write("Kept: “%s” is among the networks at the top of the page now." % title)
        return info

    async def _compare(self):
        """Show the moment beside the first network that it could have been."""
        network = await self._shown()
        if network is not None:
            self._state.change(compared=(LEARNED, SHIPPED[network.activation == "relu"].id))

    async def _shown(self):
        """Return the learned network as the slider shows it, or None if the engine has ended."""
        if self._state.network.name != LEARNED:
            await self._learning.scrub(self._index(int(self._slider.value)))
        network = self._state.network
        return network if network.name == LEARNED else None


def about(count, size):
    """Say how many moments there are, and what they cost."""
    if not count:
        return (
            "While it learns, its weights are kept from time to time. Then you can look back here."
        )
    return (
        "%s of the run %s kept, evenly spaced on a logarithmic scale: as many from 1,000 to 2,000 images"
        " as from 100,000 to 200,000. They take %s of memory. When there are too many, every second one goes."
        % (
            "1 moment" if count == 1 else "%d moments" % count,
            "is" if count == 1 else "are",
            "%.1f MB" % (size / 1e6) if size >= 1e5 else "%d kB" % ((size + 999) // 1000),
        )
    )


def moment(at, count, images):
    """Say which moment is shown."""
    if at >= count:
        return "now, after %s images" % thousands(images)
    if not images:
        return "before the first image (moment %d of %d)" % (at + 1, count)
    return "after %s images (moment %d of %d)" % (thousands(images), at + 1, count)


def unused(text, taken):
    """Return a text, or the text with a number that makes it different from all others."""
    wanted, number = text, 1
    while wanted in taken:
        number += 1
        wanted = "%s (%d)" % (text, number)
    return wanted
