"""What the network sees of the examples, and how it reads them. The engine works it out, a few at a time."""

import asyncio

import js

from page import failures
from page.diagram.layout import PIXELS
from page.engine_client.replies import trouble_in

SIZE = PIXELS * PIXELS

# How many drawings the engine turns into inputs before it can answer the pen.
BATCH = 20

# Seconds between two questions how the examples are read: a network that learns is another one all the time.
PAUSE = 0.3


class Inputs:
    """The network's input for each example, and ``readings``: by key, the digit that it reads."""

    def __init__(self, page, examples):
        self._state = page.state
        self._engine = page.engine
        self._examples = examples
        self._asked = (None, None, None)
        self._reading = False
        self._turn = asyncio.Lock()
        self._joined = (None, None, None)
        self.readings = {}

    def render(self):
        """Have the examples read again if there are others, or if the network is another one."""
        state = self._state
        question = (self._examples.all, state.network, state.straighten)
        known = all(one is other for one, other in zip(question, self._asked))
        if question[0] and state.engine == "ready" and not known and not self._reading:
            self._reading = True
            asyncio.create_task(self._read(question))

    async def fetch(self, examples, straighten):
        """Work out the inputs that are missing. Returns "", or why that failed."""
        async with self._turn:
            missing = [each for each in examples if (each.input or [None])[0] != straighten]
            while missing:
                some, missing = missing[:BATCH], missing[BATCH:]
                drawings = "[%s]" % ",".join([example.strokes for example in some])
                reply = await self._engine.ask("deferred", "inputs", drawings, straighten)
                if not reply:
                    return failures.NOT_READY
                if trouble_in(reply):
                    return failures.of_learning(trouble_in(reply))
                for at, example in enumerate(some):
                    example.input = straighten, reply.subarray(at * SIZE, (at + 1) * SIZE)
        return ""

    async def joined(self, examples, straighten):
        """Join the inputs of examples, which must be there: a Float32Array."""
        known, straightened, array = self._joined
        if known is not examples or straightened != straighten:
            array = js.Float32Array.new(len(examples) * SIZE)
            for at, example in enumerate(examples):
                array.set(example.input[1], at * SIZE)
                if at % BATCH == 0:
                    await asyncio.sleep(0)
            self._joined = examples, straighten, array
        return array

    async def _read(self, question):
        examples, _, straighten = question
        if not await self.fetch(examples, straighten):
            images = await self.joined(examples, straighten)
            reply = await self._engine.ask("deferred", "readings", images)
            if reply and not trouble_in(reply):
                digits = [int(digit) for digit in reply.join(" ").split()]
                self.readings = {e.key: digit for e, digit in zip(examples, digits)}
        self._asked = question
        self._state.changed()
        await asyncio.sleep(PAUSE * (1 + len(examples) / 100))
        self._reading = False
        self._state.changed()
