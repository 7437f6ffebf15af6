"""How networks that come from files are named, in the header and on the device."""

from page.networks import SHIPPED, NetworkInfo
from page.panels.networks.naming import LONGEST, described, file_name, place, title_of


class Network:
    """A network in use, as far as it is named."""

    def __init__(self, info):
        self.info, self.name, self.shape, self.activation = (
            info,
            info.id,
            info.shape,
            info.activation,
        )


def opened(number, title):
    return NetworkInfo("file-%d" % number, title, [784, 10], "relu", "file")


def test_a_title_is_the_files_name_without_its_ending():
    """It may be any text, but not a long one: the header has little room."""
    assert title_of("mine.npz") == "mine"
    assert title_of("MINE.NPZ") == "MINE"
    assert title_of("a.b.npz") == "a.b"
    assert title_of("picture.png") == "picture.png"
    assert title_of(" <b>\n7 .npz") == "<b> 7"
    assert title_of(".npz") == "network"
    long = title_of("x" * 300 + ".npz")
    assert len(long) == LONGEST
    assert long.endswith("x…")


def test_a_file_that_is_opened_again_takes_its_own_place():
    """Otherwise the header would fill up while somebody works on a file."""
    infos = list(SHIPPED) + [opened(1, "mine"), opened(2, "other")]
    assert place("mine", infos) == ("file-1", "mine")
    assert place("new", infos) == ("file-3", "new")
    assert place("new", list(SHIPPED) + [opened(2, "other")]) == ("file-1", "new")


def test_no_title_is_in_the_header_twice():
    """A file may have the name of a shipped network, and be opened again."""
    infos = list(SHIPPED)
    assert place("sigmoid", infos) == ("file-1", "sigmoid (file)")
    infos.append(opened(1, "sigmoid (file)"))
    assert place("sigmoid", infos) == ("file-1", "sigmoid (file)")


def test_a_network_is_described_by_what_is_its_own():
    """The title of a shipped one is its activation, which would be said twice."""
    assert described(Network(SHIPPED[1])) == "784-16-16-10, ReLU"
    assert described(Network(opened(1, "mine"))) == "mine, 784-10, ReLU"
    assert file_name(Network(SHIPPED[1])) == SHIPPED[1].id
