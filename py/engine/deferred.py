"""Functions that most visits never call: those of ``engine.learning``, fetched when the first is wanted."""

import asyncio
import inspect

from boot import on_demand
from engine import offer
from engine.fetch import reason_of
from engine.offer import offered

PACKAGE = "engine.learning"

# Its functions by name, once it is here.
_functions = {}


@offered
async def deferred(name, *arguments):
    """Call an offered function of ``engine.learning``. The first call fetches the package.

    Returns what that function returns, or as ``trouble`` the reason of a FetchError if the package did not
    come. The next call fetches it again then. Raises LookupError if the package offers no such function.
    """
    try:
        if not _functions:
            await _fetch()
    except Exception as error:  # noqa: BLE001, whatever it is, the page has to report it
        return {"trouble": reason_of(error)}
    if name not in _functions:
        raise LookupError(f"{PACKAGE} does not offer {name!r}")
    reply = _functions[name](*arguments)
    return await reply if inspect.isawaitable(reply) else reply


async def _fetch():
    """Fetch the package, and NumPy's random numbers, which learning needs as well."""
    await asyncio.gather(on_demand.bring(PACKAGE), on_demand.bring("numpy.random"))
    _functions.update(offer.gather(PACKAGE))
