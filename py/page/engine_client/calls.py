"""Calls to the engine's functions that wait for a reply."""

import asyncio


class Calls:
    """Calls to one worker after another. ``silence`` counts the seconds since one of them made progress.

    A worker that was ended never replies, so every waiting call must be released by hand.
    """

    def __init__(self, failed):
        """failed(error) is called if the engine raises."""
        self.silence = 0
        self._failed = failed
        self._functions = None
        self._waiting = []

    @property
    def waiting(self):
        """Whether a call waits for its reply."""
        return bool(self._waiting)

    def begin(self, functions):
        """Call the functions of another worker from now on."""
        self._functions = functions
        self.silence = 0

    def end(self):
        """Release whoever waits: the worker has ended."""
        self._functions = None
        while self._waiting:
            self._waiting.pop().set()

    def send(self, name, *arguments):
        """Call a function, and return its promise. That stays pending if its worker is ended."""
        self.silence = 0
        return getattr(self._functions, name)(*arguments)

    def ask(self, name, *arguments):
        """Call a function at once. Await what this returns: the reply, None if the worker fails or ends."""
        return self._reply(self.send(name, *arguments), self._functions)

    async def _reply(self, promise, functions):
        if functions is not self._functions:
            return None
        over, replies = asyncio.Event(), []
        self._waiting.append(over)
        asyncio.create_task(self._wait(promise, functions, over, replies))
        await over.wait()
        return replies[0] if replies and functions is self._functions else None

    async def _wait(self, promise, functions, over, replies):
        """Wait for a promise in a task of its own, for it may stay pending."""
        try:
            replies.append(await promise)
        except Exception as error:  # noqa: BLE001, whatever the worker raised has to be shown
            if functions is self._functions:
                self._failed(error)
        if functions is self._functions:
            self._waiting.remove(over)
            self.silence = 0
            over.set()
