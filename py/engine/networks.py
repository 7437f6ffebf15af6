"""Networks: opening one by its id, and editing its dials."""

import numpy as np

from engine import replies
from engine.edits import refusal
from engine.fetch import FetchError, fetch, unusable
from engine.offer import offered
from engine.session import session
from nn import files


@offered
async def open_network(network_id, address, edits):
    """Use a network from now on; fetch it from an absolute address if it is new here.

    edits: the dials that it had in an earlier worker, or []. Returns ``replies.network_in_use``, or as
    ``trouble`` the reason of a FetchError; then the network in use stays.
    """
    try:
        await open_new(network_id, address, edits)
    except FetchError as error:
        return {"trouble": error.reason}
    session.use(network_id)
    return replies.network_in_use(session)


@offered
def edit(action, arguments, gesture):
    """Edit the dials of the network in use (see ``edits.edit``).

    Returns ``replies.network_in_use``, and as ``refused``, if nothing was changed, ``edits.refusal``.
    """
    try:
        session.edit(action, arguments, gesture)
    except ValueError as error:
        return replies.network_in_use(session) | {"refused": refusal(error)}
    return replies.network_in_use(session)


async def open_new(network_id, address, edits):
    """Open a network unless it is open already. Raise FetchError if that cannot be done."""
    if session.knows(network_id):
        return
    content = await fetch(address)
    try:
        opened = files.load(content)
    except ValueError as error:
        raise unusable(address) from error
    session.open(network_id, opened, np.asarray(edits, np.float32) if len(edits) else None)
