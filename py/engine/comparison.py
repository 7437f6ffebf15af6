"""The comparison: networks side by side on what is on the pad."""

from engine.digits import prepared
from engine.fetch import FetchError
from engine.networks import open_new
from engine.offer import offered
from engine.session import session


@offered
async def compare(recipes):
    """Describe networks side by side, and open those that are new. recipes: see ``open_new``.

    Returns as ``sides`` what ``Session.compare`` gives, or as ``trouble`` the reason of a FetchError.
    """
    try:
        for recipe in recipes:
            await open_new(*recipe)
    except FetchError as error:
        return {"trouble": error.reason}
    if session.digits:
        await prepared()
    return {"sides": session.compare([network_id for network_id, *_ in recipes])}
