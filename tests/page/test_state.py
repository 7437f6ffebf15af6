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
