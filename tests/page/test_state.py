"""The one state of the page, and who hears of its changes."""

from support import raises

from page.state import State


def watched():
    """Return a state and a list that grows by one at every change it tells of."""
    state, calls = State(ink=None), []
    state.watch(lambda: calls.append(1))
    return state, calls


def test_the_page_starts_with_nothing_to_show():
    """Nothing is answered, pointed at or playing before something happens."""
    state = State(ink="the ink")
    assert state.ink == "the ink"
    assert state.engine == "loading"
    assert state.answer is None
    assert state.pointed is None
    assert state.playing is None
    assert state.failure == ""
    assert state.straighten is True


def test_a_change_is_told_once():
    """Several fields at once are one change, and one rendering."""
    state, calls = watched()
    state.change(loaded=5, total=10, doing="Fetching")
    assert (state.loaded, state.total, state.doing) == (5, 10, "Fetching")
    assert len(calls) == 1


def test_what_is_not_new_is_not_told():
    """The page does not render for nothing."""
    state, calls = watched()
    state.change(engine="loading", loaded=0)
    assert calls == []


def test_one_new_field_among_old_ones_is_told():
    """Old values beside a new one do not hide it."""
    state, calls = watched()
    state.change(engine="loading", loaded=7)
    assert state.loaded == 7
    assert len(calls) == 1


def test_everybody_who_watches_is_told():
    """A second view does not displace the first."""
    state, calls = watched()
    others = []
    state.watch(lambda: others.append(1))
    state.changed()
    assert (len(calls), len(others)) == (1, 1)


def test_a_change_is_made_before_it_is_told():
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
