"""The comparison: networks side by side on what is on the pad."""

from engine.digits import prepared
from engine.fetch import FetchError
from engine.networks import open_new
from engine.offer import offered
from engine.session import session


@offered
async def compare(ids, addresses, edits):
    """Describe networks side by side, and open those that are new.

    edits: for each network the dials that it had in an earlier worker, or []. Returns as ``sides`` what
    ``Session.compare`` gives, or as ``trouble`` the reason of a FetchError.
    """
    try:
        for network_id, address, dials in zip(ids, addresses, edits, strict=True):
            await open_new(network_id, address, dials)
    except FetchError as error:
        return {"trouble": error.reason}
    if session.digits:
        await prepared()
    return {"sides": session.compare(ids)}
