"""Hints: what goes wrong with the run, and one click that may mend it, and can be undone."""

import asyncio

from page.dom import find, on, show
from page.panels.learn import sentences


class Hints:
    """One line: the hint, then what was done about it."""

    def __init__(self, page):
        self._state = page.state
        self._learning = page.learning
        self._box = find("#learn-hint")
        self._words = find("#learn-hint p")
        self._mend = find("#learn-mend")
        self._undo = find("#learn-unmend")
        # The hint that is shown, its remedy and the checkpoint to go back to; and the hint that was followed,
        # and whether the run did without it since.
        self._offer = ("", {}, -1)
        self._followed, self._helped = "", False
        self._before = self._copied = None
        self._images = 0
        self._busy = False
        self._shown = None
        on(self._mend, "click", lambda event: asyncio.create_task(self._follow()))
        on(self._undo, "click", lambda event: asyncio.create_task(self._take_back()))

    def render(self):
        """Show the hint of the last report, or what was done about it."""
        progress = self._learning.run.progress
        images = progress.get("images", 0)
        if images < self._images and not self._busy:
            # The network has forgotten, or the run went back: what was done before is history.
            self._followed = ""
        self._images = images
        hint = progress.get("hint", "")
        if self._followed:
            self._helped = self._helped or not hint
            if hint and (self._helped or hint != self._followed):
                self._followed = ""  # it goes wrong again, or in another way
        key = ("", self._followed) if self._followed else (hint, "")
        remedy = progress.get("remedy") or {}
        key += (sorted(remedy.items()) if key[0] else None,)
        if key == self._shown:
            return
        self._shown = key
        self._offer = (hint, remedy, progress.get("best", -1))
        focused = self._box.querySelector(":focus")
        show(self._box, bool(key[0] or key[1]))
        show(self._mend, bool(key[0]) and (bool(remedy) or self._back(progress)))
        show(self._undo, bool(key[1]))
        if key[0]:
            self._words.textContent = sentences.hint(hint)
            self._mend.textContent = sentences.remedy(remedy, self._back(progress))
        elif key[1]:
            self._words.textContent = "Done. If that is no better, undo it."
        if focused:
            # Its button is gone: the other one takes its place, or else one that is always there.
            shown = [each for each in (self._mend, self._undo) if not each.hidden]
            (shown or [find("#learn-forget")])[0].focus()

    def _back(self, progress):
        return progress.get("best", -1) >= 0

    async def _follow(self):
        learning = self._learning
        hint, remedy, best = self._offer
        settings = learning.settings
        self._before = {name: settings[name] for name in remedy}
        self._followed, self._helped = hint, False
        stopped = not learning.run.moving
        self._copied, self._busy = None, True
        if best >= 0:
            self._copied = await learning.copy()
            await learning.resume_from(best)
        await self._change(remedy)
        if stopped and best < 0:
            await learning.start()
        self._images, self._busy = learning.run.progress.get("images", 0), False
        self._state.changed()

    async def _take_back(self):
        self._followed = ""
        if self._copied:
            await self._learning.bring_back(self._copied)
        else:
            await self._change(self._before)
        self._state.changed()

    async def _change(self, settings):
        later = {name: settings[name] for name in ("shape", "activation") if name in settings}
        if later:
            self._learning.choose(**later)
        now = {name: value for name, value in settings.items() if name not in later}
        if now:
            await self._learning.adjust(**now)
