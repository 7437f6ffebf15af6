"""The controls of the training run, and how far it is: in large figures and in words."""

import asyncio

from page.diagram.layout import PIXELS
from page.dom import Once, disable, document, find, on, paint, put, show, window
from page.engine_client.run import LEARNED
from page.failures import of_training
from page.panels.learn import sentences
from page.words import percent

# Milliseconds between two announcements of cost and accuracy.
QUIET = 10_000


class Controls:
    """Forget, learn, pause; the accuracy, the facts, and the download of the training images."""

    def __init__(self, page):
        self._state = page.state
        self._learning = learning = page.learning
        self._panel = find("#learn")
        self._forget = find("#learn-forget")
        self._start = find("#learn-start")
        self._pause = find("#learn-pause")
        self._rest = find("#learn .rest")
        self._rewind = find("#learn-rewind")
        self._seed = find("#learn-new-seed")
        self._stop = find("#learn-stop")
        self._accuracy = Once(find("#learn .accuracy"))
        self._percent = Once(find("#learn .accuracy b"))
        self._tested = Once(find("#learn .accuracy span"))
        self._said = Once(find("#learn-said"))
        self._alone = Once(find("#learn-alone"))
        self._taught = Once(find("#learn-taught"))
        self._facts = find("#learn-facts")
        self._values = None
        self._idle_neurons = Once(find("#learn-idle-neurons"))
        self._elsewhere = Once(find("#learn-elsewhere"))
        self._other = Once(find("#learn-elsewhere span"))
        self._spoken = Once(find("#learn-spoken"))
        self._spoke = 0
        self._fetch = Download(learning)
        self._reading = Reading(page.state)
        acts = {
            "#learn-forget": learning.forget,
            "#learn-start": learning.start,
            "#learn-pause": learning.pause,
            "#learn-stop": learning.stop,
            "#learn-rewind": learning.rewind,
            "#learn-new-seed": learning.new_seed,
        }
        for selector, act in acts.items():
            on(find(selector), "click", lambda event, act=act: asyncio.create_task(act()))
        look = find("#learn-elsewhere button")
        on(look, "click", lambda event: self._state.change(chosen=LEARNED))

    def render(self):
        """Show what can be done now, and what the last report said."""
        state, run = self._state, self._learning.run
        progress, ready = run.progress, state.engine == "ready"
        disable(self._forget, not ready, lambda: document.querySelector("#learn summary"))
        disable(self._start, not ready or run.moving, lambda: self._pause)
        disable(self._pause, not run.moving, lambda: self._start)
        self._start.textContent = "Resume" if run.status == "paused" else "Learn"
        show(self._rest, bool(progress))
        put(self._panel, "data-begun", "" if progress else None)
        disable(self._seed, not ready, lambda: self._forget)
        disable(self._stop, not ready or run.status in ("idle", "stopped"), lambda: self._start)
        self._said.write(sentences.said(run, state))
        self._alone.write(sentences.on_from(run, state))
        self._taught.write(sentences.before_and_after(progress))
        self._fetch.render()
        self._render_figures(progress)
        self._reading.render()
        away = bool(progress) and state.network.name != LEARNED
        self._elsewhere.show(away)
        if away:
            self._other.write(sentences.elsewhere(run, state))

    def _render_figures(self, progress):
        accuracy = progress.get("accuracy", -1)
        self._accuracy.show(accuracy >= 0)
        if accuracy >= 0:
            self._percent.write(percent(accuracy))
            self._tested.write(sentences.of_tested(progress))
        begun = progress.get("images", 0) > 0
        show(self._facts, begun)
        if begun:
            pairs = sentences.facts(progress)
            if self._values is None:
                self._facts.innerHTML = "".join(
                    ["<div><dt>%s</dt><dd></dd></div>" % name for name, _ in pairs]
                )
                self._values = [Once(value) for value in self._facts.querySelectorAll("dd")]
            for element, (_, text) in zip(self._values, pairs):
                element.write(text)
            self._idle_neurons.write(sentences.idle_neurons(progress))
            self._announce(progress)

    def _announce(self, progress):
        """Say accuracy and cost to a screen reader, but not too often."""
        now = window.performance.now()
        if now - self._spoke >= QUIET or not self._spoke:
            said = sentences.speech(progress)
            if said:
                self._spoke = now
                self._spoken.write(said)


class Reading:
    """What the network makes of the visitor's drawing: the pad may be out of sight."""

    def __init__(self, state):
        self._state = state
        self._box = Once(find("#learn .reading"))
        self._canvas = find("#learn .reading canvas")
        self._digit = Once(find("#learn .reading b"))
        self._painted = None

    def render(self):
        """Show the input that was answered, and the answer."""
        state, answer = self._state, self._state.answer
        if answer is None and not state.ink.blank:
            return  # the next one is on its way
        self._box.show(not state.ink.blank)
        if state.ink.blank:
            return
        self._digit.write(answer.digit or "?")
        if answer.version != self._painted:
            self._painted = answer.version
            paint(self._canvas, answer.rgba, PIXELS, PIXELS)


class Download:
    """How much of the training images has arrived, or why they did not."""

    def __init__(self, learning):
        self._learning = learning
        self._box = Once(find("#learn-fetch"))
        self._label = Once(find("#learn-fetch label"))
        self._bar = Once(find("#learn-fetch progress"))
        self._alert = Once(find("#learn-fetch p"))
        self._again = Once(find("#learn-fetch button"))
        on(
            find("#learn-fetch button"),
            "click",
            lambda event: asyncio.create_task(learning.start()),
        )

    def render(self):
        """Show the bytes so far, or the failure."""
        run = self._learning.run
        progress, trouble = run.progress, run.trouble
        loaded, total = progress.get("loaded", 0), progress.get("total", 0)
        coming = not trouble and run.moving and (run.status == "loading" or loaded < total)
        self._box.show(coming or bool(trouble))
        self._label.show(coming)
        self._bar.show(coming)
        self._again.show(bool(trouble))
        self._alert.write(of_training(trouble) if trouble else "")
        if coming:
            self._label.write(sentences.fetching(progress))
            self._bar.put("max", str(total or 1))
            self._bar.put("value", str(loaded))
