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


def place(title, infos):
    """Choose the id and the title under which a file is opened.

    A file that is opened again takes the place of the earlier one. Any other network keeps its title for
    itself.
    """
    for info in infos:
        if info.source == "file" and info.title == title:
            return info.id, title
    if title in [info.title for info in infos]:
        return place(title + " (file)", infos)
    taken = [info.id for info in infos]
    number = 1
    while "file-%d" % number in taken:
        number += 1
    return "file-%d" % number, title


def described(network):
    """Describe a network: its title, if it is the visitor's own, its shape and activation."""
    shape = "-".join([str(size) for size in network.shape])
    parts = [shape, "ReLU" if network.activation == "relu" else network.activation]
    if network.name not in [info.id for info in SHIPPED]:
        parts.insert(0, network.info.title)
    return ", ".join(parts)
