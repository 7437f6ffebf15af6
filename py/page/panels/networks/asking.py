"""Asking the engine's functions that are fetched when they are first wanted."""

from page import failures
from page.engine_client.replies import trouble_in


async def ask(engine, name, *arguments):
    """Call a function. Returns its reply and "", or None and a sentence that says why there is none."""
    reply = await engine.ask("deferred", name, *arguments)
    trouble = trouble_in(reply) if reply else ""
    if trouble:
        return None, failures.of_learning(trouble)
    return reply, "" if reply else failures.NOT_READY
