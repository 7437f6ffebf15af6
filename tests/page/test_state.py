"""The one state of the page, and who is told about its changes."""

from support import raises

from page.state import State


def watched():
    """Return a state, and a list that grows by one with every call of a watcher."""
    state, calls = State(ink=None), []
    state.watch(lambda: calls.append(1))
    return state, calls


def test_the_page_starts_with_nothing_to_show():
    """There is no answer, and no neuron is pointed at or playing."""
    state = State(ink="the ink")
    assert state.ink == "the ink"
    assert state.engine == "loading"
    assert state.answer is None
    assert state.pointed is None
    assert state.playing is None
    assert state.failure == ""
    assert state.straighten is True


def test_a_change_calls_a_watcher_once():
    """Several fields at once are one change, and one rendering."""
    state, calls = watched()
    state.change(loaded=5, total=10, doing="Fetching")
    assert (state.loaded, state.total, state.doing) == (5, 10, "Fetching")
    assert len(calls) == 1


def test_old_values_call_no_watcher():
    """The page does not render for nothing."""
    state, calls = watched()
    state.change(engine="loading", loaded=0)
    assert calls == []


def test_one_new_value_among_old_ones_calls_the_watchers():
    """Old values beside a new one do not hide it."""
    state, calls = watched()
    state.change(engine="loading", loaded=7)
    assert state.loaded == 7
    assert len(calls) == 1


def test_every_watcher_is_called():
    """A second view does not displace the first."""
    state, calls = watched()
    others = []
    state.watch(lambda: others.append(1))
    state.changed()
    assert (len(calls), len(others)) == (1, 1)


def test_watchers_see_the_new_values():
    """Views read the new state."""
    state, seen = State(ink=None), []
    state.watch(lambda: seen.append(state.pointed))
    state.change(pointed=(1, 3))
    assert seen == [(1, 3)]


def test_a_field_that_does_not_exist_is_refused():
    """A typo does not make a new field."""
    state, calls = watched()
    raises(AttributeError, lambda: state.change(engin="ready"))
    assert calls == []


class Network:
    """A network of which only the shape matters."""

    def __init__(self, *shape):
        self.shape = list(shape)


def after(old, new, **fields):
    """Return a state in which a network of one shape has taken the place of another."""
    state = State(ink=None)
    state.network = Network(*old)
    state.change(answer="an answer", playing=1, **fields)
    state.change(network=Network(*new))
    return state


def test_another_shape_lets_go_of_neurons_that_it_does_not_have():
    """Nothing may ask for them. What was known of the old network is gone as well."""
    neurons = {"pointed": (2, 15), "pinned": True, "looked": (2, 15), "linked": (1, 3)}
    state = after((784, 16, 16, 10), (784, 16, 4, 10), picked=(2, 15, 3), **neurons)
    assert (state.pointed, state.pinned, state.looked) == (None, False, None)
    assert (state.linked, state.picked) == (None, None)
    assert (state.answer, state.playing) == (None, None)


def test_a_hidden_neuron_is_no_output():
    """Layer 2 is the output now, and its neuron 5 another thing."""
    state = after((784, 16, 16, 10), (784, 16, 10), looked=(2, 5), pointed=(2, 5))
    assert (state.looked, state.pointed) == (None, None)


def test_an_output_is_still_the_same_digit():
    """However many layers there are before it. A pixel is a pixel."""
    state = after((784, 16, 16, 10), (784, 10), looked=(3, 7), linked=(2, 9), picked=(3, 7, 9))
    assert state.looked == (1, 7)
    assert state.linked is None
    assert state.picked == (1, 7, 9)
    assert after((784, 10), (784, 8, 10), pointed=(0, 400)).pointed == (0, 400)


def test_what_exists_in_both_shapes_stays():
    """So does everything when only the dials are new."""
    fields = {"pointed": (1, 3), "pinned": True, "looked": (1, 3), "linked": (0, 5)}
    state = after((784, 16, 16, 10), (784, 4, 10), picked=(1, 3, 5), **fields)
    assert {name: getattr(state, name) for name in fields} == fields
    assert state.picked == (1, 3, 5)
    same = after((784, 16, 10), (784, 16, 10), looked=(1, 9))
    assert (same.looked, same.answer, same.playing) == ((1, 9), "an answer", 1)


def test_a_weight_that_is_gone_is_no_longer_picked():
    """The neuron is there, but not the one before it."""
    state = after((784, 16, 16, 10), (784, 4, 16, 10), looked=(2, 3), picked=(2, 3, 9))
    assert (state.looked, state.picked) == ((2, 3), None)


def test_what_the_network_does_not_have_cannot_be_pointed_at():
    """The board may show it for one frame more."""
    state = after((784, 16, 16, 10), (784, 10))
    state.point((2, 3), pinned=True)
    assert (state.pointed, state.looked) == (None, None)
    state.point((1, 9), source=(0, 783))
    assert (state.pointed, state.linked) == ((1, 9), (0, 783))
    state.link((0, 784))
    assert state.linked is None
