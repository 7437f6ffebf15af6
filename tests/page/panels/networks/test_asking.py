"""Asking for functions that have to be fetched first: a reply, or a sentence that says what to do."""

from page import failures
from page.panels.networks.asking import ask


class Thing:
    """An object as it comes from JavaScript."""

    def __init__(self, **fields):
        for name, value in fields.items():
            setattr(self, name, value)


class Engine:
    """An engine with one reply."""

    def __init__(self, reply):
        self.reply = reply
        self.asked = None

    async def ask(self, *asked):
        self.asked = asked
        return self.reply


async def test_a_reply_comes_without_a_sentence():
    engine = Engine(Thing(file="bytes"))
    assert await ask(engine, "save_network") == (engine.reply, "")
    assert engine.asked == ("deferred", "save_network")
    await ask(engine, "open_file", "content", "file-1")
    assert engine.asked == ("deferred", "open_file", "content", "file-1")


async def test_code_that_did_not_come_is_told_with_its_path_and_what_helps():
    trouble = Thing(code="status", path="py/learning.zip", status=404)
    reply, said = await ask(Engine(Thing(trouble=trouble)), "save_network")
    assert reply is None
    assert "py/learning.zip: the server answered 404" in said
    assert "copy all of its files" in said


async def test_an_engine_that_has_ended_is_not_ready():
    assert await ask(Engine(None), "save_network") == (None, failures.NOT_READY)
