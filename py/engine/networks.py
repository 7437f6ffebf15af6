"""Networks: opening one by its id, and editing its dials."""

import numpy as np

from engine import replies
from engine.edits import refusal
from engine.fetch import FetchError, fetch, unusable
from engine.offer import offered
from engine.session import session
from nn import files


@offered
async def open_network(recipe):
    """Use a network from now on. recipe: see ``open_new``.

    Returns ``replies.network_in_use``, or as ``trouble`` the reason of a FetchError; then the network in use
    stays.
    """
    try:
        await open_new(*recipe)
    except FetchError as error:
        return {"trouble": error.reason}
    session.use(recipe[0])
    return replies.network_in_use(session)


@offered
def use(network_id):
    """Use a network that is open. Returns {}.

    The page calls this whenever it shows another one, whatever the engine has used since.
    """
    session.use(network_id)
    return {}


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


async def open_new(network_id, address, dials, shape, activation, source):
    """Open a network unless it is open already. Raise FetchError if that cannot be done.

    address: absolute, of a shipped network's file, or "" for a network of the visitor's own. dials: those
    that it had in an earlier worker, or [] if it is as it was shipped. shape, activation, source: see
    ``NetworkInfo``.
    """
    if session.knows(network_id):
        return
    edits = np.asarray(dials, np.float32) if len(dials) else None
    if not address:
        session.open(network_id, replies.network_of(edits, shape, activation), source=source)
        return
    content = await fetch(address)
    try:
        opened = files.load(content)
    except ValueError as error:
        raise unusable(address) from error
    session.open(network_id, opened, edits, source)
