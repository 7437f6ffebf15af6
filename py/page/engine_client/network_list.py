"""The list of networks that can be chosen, and what a worker is told about each of them."""

import js

from page.dom import document
from page.engine_client.replies import Network


class NetworkList:
    """Changes ``state.networks``, and holds what a worker needs in order to open them.

    ``dials`` has, by id, the dials of each network that is the visitor's own or has edits: the next worker
    cannot fetch those.
    """

    def __init__(self, state, dials=None):
        self._state = state
        self.dials = dials or {}

    def add(self, info, dials=None):
        """Offer a network, in place of one with the same id. dials: see ``engine.replies.dials``.

        Without dials, the engine has the network, and ``network`` was called with its reply.
        """
        if dials:
            self.dials[info.id] = dials
        others = [each for each in self._state.networks if each.id != info.id]
        self._state.change(networks=others + [info])

    def remove(self, network_id):
        """Offer a network no longer. If it was chosen, the first shipped one is chosen instead."""
        state = self._state
        left = [info for info in state.networks if info.id != network_id]
        chosen = left[0].id if state.chosen == network_id else state.chosen
        self.dials.pop(network_id, None)
        state.change(networks=left, chosen=chosen)

    def recipe(self, info):
        """Return what ``engine.networks.open_network`` is told about a network."""
        address = address_of("weights/%s.npz" % info.id) if info.source == "shipped" else ""
        dials = self.dials.get(info.id, js.Array.new())
        return js.Array.of(
            info.id, address, dials, js.Array.of(*info.shape), info.activation, info.source
        )

    def network(self, info, reply):
        """Make a Network from a reply about it (see ``engine.replies.network_in_use``)."""
        network = Network(info, reply)
        if network.edited or info.source != "shipped":
            self.dials[info.id] = network.dials
        else:
            self.dials.pop(info.id, None)
        return network


def address_of(path):
    """Return the absolute address of a file of the site."""
    return js.URL.new(path, document.baseURI).href
