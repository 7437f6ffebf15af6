"""How the panel names networks, files, and what was kept."""

from page.networks import SHIPPED

# A title has to fit into the header.
LONGEST = 40

# The file of a drawing, as the lines of NumPy name it.
DRAWING = "digit.npy"


def file_name(network):
    """Name the file of a network by its shape and activation, without an ending."""
    return "%s-%s" % ("-".join([str(size) for size in network.shape]), network.activation)


def title_of(name):
    """Make a title of a file's name: without its ending, and not too long."""
    title = " ".join((name[:-4] if name.lower().endswith(".npz") else name).split())
    return shortened(title, LONGEST) or "network"


def shortened(text, most):
    """Shorten a text to so many characters."""
    return text if len(text) <= most else text[: most - 1] + "…"


def id_for(title, networks):
    """Return the id for a network that is opened: that of the opened one with its title, or a new one."""
    for info in networks:
        if info.source == "file" and info.title == title:
            return info.id
    taken = [info.id for info in networks]
    number = 1
    while "file-%d" % number in taken:
        number += 1
    return "file-%d" % number


def title_in_use(state):
    """Return the title of the network in use."""
    for info in list(state.networks) + list(SHIPPED):
        if info.id == state.network.name:
            return info.title
    return state.network.name
