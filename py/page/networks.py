"""Networks: what the page knows of one before the engine has it."""


class NetworkInfo:
    """What identifies a network, and what it looks like.

    ``id`` names it between page and engine, and names the file of a shipped one in ``weights/``. ``title`` is
    for people. ``shape`` has the neurons of each layer, input first. ``activation`` is "sigmoid" or "relu".
    ``source`` is "shipped", "edited", "trained" or "file".
    """

    def __init__(self, id, title, shape, activation, source):  # noqa: A002, nothing here needs the builtin
        self.id = id
        self.title = title
        self.shape = shape
        self.activation = activation
        self.source = source

    def with_source(self, source):
        """Return this info with another source."""
        if source == self.source:
            return self
        return NetworkInfo(self.id, self.title, self.shape, self.activation, source)


# The networks that the page offers, in the order in which it lists them. The first one is used at the start.
SHIPPED = (
    NetworkInfo("784-16-16-10-sigmoid", "sigmoid", [784, 16, 16, 10], "sigmoid", "shipped"),
    NetworkInfo("784-16-16-10-relu", "ReLU", [784, 16, 16, 10], "relu", "shipped"),
)


def find(infos, network_id):
    """Return the info with an id. Raises KeyError if there is none."""
    for info in infos:
        if info.id == network_id:
            return info
    raise KeyError(network_id)


def own(infos):
    """Return the infos of networks that did not come with the site: trained, opened from a file, or kept."""
    return [info for info in infos if info.source != "shipped"]
