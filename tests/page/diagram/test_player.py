"""The player: the signal goes from layer to layer, and stops when somebody stops it."""

import asyncio

from support import network_info

from page.diagram import player
from page.engine_client.replies import Network
from page.state import State


class Button:
    """The player's button, or its word."""

    textContent = ""  # noqa: N815, the browser's name
    disabled = False


class Ink:
    """A drawing."""

    own = True


def playing(name):
    """Make a player that plays fast, and the state in which it does."""
    player.PACE = 0.02
    player.find = lambda selector: Button()
    player.on = lambda element, kinds, function: None
    state = State(Ink())
    state.network = Network(network_info(name))
    state.engine = "ready"
    seen = []
    state.watch(lambda: seen.append(state.playing))
    player.Player(state).toggle()
    return state, seen


async def ended(state):
    """Wait much longer than the signal takes."""
    for _ in range(20):
        await asyncio.sleep(0.02)


async def test_the_signal_passes_every_layer_of_any_network():
    """Without hidden layers there is one step."""
    for name, steps in (("784-10-sigmoid", 1), ("784-3-128-7-10-relu", 4)):
        state, seen = playing(name)
        await ended(state)
        assert seen == list(range(steps + 1)) + [None]


async def test_another_network_ends_it():
    """The signal does not go on in layers of which nothing is known."""
    state, seen = playing("784-8-8-8-10-sigmoid")
    while state.playing != 1:
        await asyncio.sleep(0.005)
    state.change(network=Network(network_info("784-10-sigmoid")))
    await ended(state)
    assert seen[-1] is None
    assert 2 not in seen
