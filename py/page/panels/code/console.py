"""The console: Python that is typed on the page and runs in the engine, where the network is."""

import asyncio

from page import failures
from page.dom import disable, document, find, find_all, kept, on
from page.panels.code.history import History

# How many entries the log keeps.
ENTRIES = 200


class Console:
    """The log, the prompt below it, and the buttons that run and stop."""

    def __init__(self, state, engine):
        self._state = state
        self._engine = engine
        self._history = History()
        self._prompt = None
        self._running = None
        self._entry, self._printed = None, ""
        self._log = find("#console-log")
        self._run_button = find("#console-run")
        self._stop_button = find("#console-stop")
        on(self._run_button, "click", lambda event: self._press())
        on(self._stop_button, "click", lambda event: engine.stop())
        for starter in find_all("#code .starters button"):
            on(starter, "click", lambda event, text=starter.value: self._submit(text))

    def open(self, editor):
        """Make the prompt. editor: the module ``static/editor/editor.mjs``."""
        self._prompt = editor.prompt(
            find("#console-input"),
            "Python to run",
            kept(self._enter),
            kept(self._walk),
            kept(lambda text, cursor: asyncio.create_task(self._complete(text, cursor))),
        )
        self._prompt.put(self._state.draft)
        on(find("#console-input"), "focusout", lambda event: self._keep_draft())

    def render(self):
        """Enable running or stopping, whichever can be done, and show what was printed."""
        busy = self._state.busy
        if busy and self._state.printed:
            self._begin()
            self._print(self._so_far())
        ready = self._state.engine == "ready" and not busy
        self._run_button.disabled = not (ready and self._prompt)
        disable(self._stop_button, not busy, lambda: self._prompt or self._log)

    def _keep_draft(self):
        self._state.draft = self._prompt.text()

    def _enter(self, text):
        self._submit(text, self._prompt)

    def _press(self):
        # The empty line ends a block, as a second Enter would at the prompt.
        self._submit(self._prompt.text() + "\n", self._prompt)
        self._prompt.focus()

    def _submit(self, text, prompt=None):
        """Run a text, from the prompt or from elsewhere, unless something is running."""
        if not text.strip() or self._state.busy:
            return
        if self._state.engine != "ready":
            self._say("failed", failures.NOT_READY)
            return
        self._running = (text.rstrip(), prompt)
        self._state.change(busy=True, printed=[])
        asyncio.create_task(self._run(text.rstrip(" "), prompt))

    async def _run(self, text, prompt):
        try:
            reply = await self._engine.ask("run", text)
        finally:
            self._state.change(busy=False)
        if reply and reply.more:
            if prompt:
                prompt.newline()
            return
        self._begin()
        if reply is None:
            self._print(self._so_far())
            self._say("failed", self._state.failure or failures.STOPPED)
            return
        self._print(reply.text, reply.failed)
        if reply.edited:
            self._engine.take(reply)

    def _begin(self):
        """Move the running code from the prompt into the log, if it is not there yet."""
        if self._running:
            text, prompt = self._running
            self._running = self._entry = None
            self._printed = ""
            self._history.add(text)
            self._say("typed", text)
            if prompt:
                prompt.put("")

    def _so_far(self):
        """Return everything that was printed so far."""
        text = self._printed + "".join(self._state.printed)
        self._state.printed.clear()
        return text

    def _print(self, text, failed=False):
        """Show everything that was printed. Text on the page is not replaced: it may be selected."""
        shown, self._printed = self._printed.rstrip("\n"), text
        text = text.rstrip("\n")
        if not text:
            return
        if self._entry is None:
            self._entry = self._say("printed", "")
        log = self._log
        at_end = log.scrollTop + log.clientHeight > log.scrollHeight - 2
        if text != shown:
            self._entry.append(text[len(shown) :])
        if failed:
            self._entry.className = "failed"
        if at_end:
            log.scrollTop = log.scrollHeight

    async def _complete(self, text, cursor):
        reply = await self._engine.ask("complete", text, cursor)
        if not reply or self._prompt.text() != text:
            return  # the text has changed since
        words = list(reply.words)
        if words:
            shared = _common(words)
            if len(shared) > cursor - reply.start:
                self._prompt.insert(reply.start, shared)
            elif len(words) > 1:
                self._say("printed", "   ".join(words))

    def _walk(self, step):
        text = self._history.walk(step, self._prompt.text())
        if text is not None:
            self._prompt.put(text)

    def _say(self, kind, text):
        """Add an entry to the log and return it; remove the oldest."""
        entry = document.createElement("pre")
        entry.className = kind
        entry.textContent = text
        self._log.append(entry)
        if self._log.childElementCount > ENTRIES:
            self._log.firstElementChild.remove()
        self._log.scrollTop = self._log.scrollHeight
        return entry


def _common(words):
    """Return what all words begin with."""
    first, last = min(words), max(words)
    at = 0
    while at < min(len(first), len(last)) and first[at] == last[at]:
        at += 1
    return first[:at]
