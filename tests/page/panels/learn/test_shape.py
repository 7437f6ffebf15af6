"""The shape that is wanted: what is said of it."""

from page.engine_client.training_settings import default_rate
from page.panels.learn import shape


class Element:
    """As much of an element as is written to."""

    def __init__(self):
        self.text = ""

    def write(self, text):
        self.text = text

    def querySelectorAll(self, selector):  # noqa: N802, the browser's name
        return []


class Learning:
    """The settings that are wanted, for a network without hidden layers."""

    def __init__(self):
        self.settings = {
            "shape": [784, 10],
            "activation": "sigmoid",
            "optimiser": "momentum",
            "rate": default_rate("momentum", "sigmoid"),
        }

    def choose(self, activation):
        self.settings["activation"] = activation
        self.settings["rate"] = default_rate("momentum", activation)


class View(shape.Shape):
    """The editor without a browser."""

    def __init__(self):
        self._learning = Learning()
        self._room = self
        self._state = self
        self._list = self._add = self._use = self._activation = Element()
        self._count, self._later = Element(), Element()
        self._fields, self._sliders = [], []
        self._shown, self._moved = None, ""
        shape.disable = lambda *arguments: None

    open, engine = True, "ready"

    class network:  # noqa: N801, it stands for an object
        """The one in use."""

        shape = (784, 10)
        activation = "sigmoid"


class Event:
    """A choice of ReLU."""

    class target:  # noqa: N801, it stands for an object
        """The radio button."""

        value = "relu"


def test_the_rate_moves_along_with_the_activation_and_that_is_said():
    """Until the network has forgotten."""
    view = View()
    view.render()
    assert view._later.text == ""
    view._activate(Event)
    view.render()
    assert "takes effect" in view._later.text
    assert "The learning rate moves along, to 0.02: that suits ReLU." in view._later.text
    View.network.activation = "relu"
    view.render()
    assert view._later.text == ""
