"""The first of the page's Python: makes its modules importable, and starts it.

One import at a time, with time for the browser in between: all of them would keep it for a fifth of a
second.
"""

import asyncio

from bundle import lay_out

# In the order in which they need each other.
STEPS = ("dom", "layout", "words", "ink", "edges", "diagram", "pad", "worker", "report", "main")


async def begin():
    """Import the modules; the last of them is the page."""
    with open("page.txt") as file:
        text = file.read()
    await asyncio.sleep(0.001)
    lay_out(text)
    for name in STEPS:
        await asyncio.sleep(0.001)
        __import__("page." + name)


asyncio.create_task(begin())
