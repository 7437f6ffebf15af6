"""The state of the page: what every view shows, in one place.

Views read it when they are rendered. Event handlers change it through ``change``. Those that change the ink
call ``changed`` afterwards.
"""

from page import networks

# How a training run is while it goes on by itself.
MOVING = ("loading", "running")


class State:
    """What the page knows. ``__init__`` lists every field.

    Neurons are (layer, index), where layer 0 is the input:

    - ``pointed``: the neuron pointed at, or None; ``pinned``: whether it stays when the pointer leaves;
    - ``looked``: the neuron in view, the last one pointed at that is no pixel;
    - ``linked``: a neuron of the layer before ``looked`` whose edge into it is pointed at, or None;
    - ``picked``: the weight chosen to be set, as (layer, index, source), or None.

    Of the diagram: ``playing`` is the layer that the signal has reached while it is played, or None;
    ``flowing`` says that edges show weight × activation instead of weights; ``strongest`` is how many of each
    layer's edges are drawn, 0 for all.

    Of the engine: ``networks`` lists the NetworkInfo of every network that can be chosen, shipped ones first;
    ``chosen`` is the id of the network that the visitor wants, ``network`` the Network in use;
    ``compared`` are the ids of the two in the comparison;
    ``answer`` is the engine's last reply (see ``replies.Answer``); ``score`` is the accuracy on the test
    digits as (now, before, count), or None while it is unknown; ``busy`` says that typed Python is running;
    ``printed`` lists what it has printed and nobody has shown yet. The first piece is empty: it says that the
    code has started.

    Of the test digits: ``digits`` is "", "loading" or "ready"; ``digits_loaded`` and ``digits_total`` count
    bytes; ``digits_trouble`` says why the last download failed.

    ``learning`` is how the training run is: "idle", "loading", "running", "paused" or "stopped" (see
    ``engine_client.learning``).

    ``fetched`` lists the paths of files that the worker has fetched after its start.

    From the build before (see ``updates.offline``): ``draft`` is what was typed in the console and not run,
    ``kept_digit`` the index and label of the test digit that was on the pad, ``kept_examples`` the visitor's
    own digits as the text of a file. ``examples`` are those of this visit (see ``panels.examples``).
    """

    def __init__(self, ink):
        self.ink = ink
        self.straighten = True
        self.engine = "loading"
        self.doing = ""
        self.loaded = 0
        self.total = 0
        self.failure = ""
        self.networks = list(networks.SHIPPED)
        self.chosen = ""
        self.compared = tuple([info.id for info in networks.SHIPPED])
        self.network = None
        self.answer = None
        self.pointed = None
        self.pinned = False
        self.looked = None
        self.linked = None
        self.picked = None
        self.flowing = False
        self.strongest = 0
        self.score = None
        self.digits = ""
        self.digits_loaded = 0
        self.digits_total = 0
        self.digits_trouble = ""
        self.learning = "idle"
        self.fetched = []
        self.busy = False
        self.printed = []
        self.draft = ""
        self.kept_digit = None
        self.kept_examples = ""
        self.examples = ()
        self.playing = None
        self._watchers = []

    def watch(self, function):
        """Call function() after every change."""
        self._watchers.append(function)

    def change(self, **fields):
        """Set fields, and tell the watchers if a value is new. Raises AttributeError for an unknown field.

        A network of another shape takes with it whatever was about neurons that it does not have.
        """
        network = fields.get("network")
        if network and self.network and network.shape != self.network.shape:
            fields = dict(self._kept(self.network.shape, network.shape), **fields)
        new = False
        for name, value in fields.items():
            if getattr(self, name) != value:
                setattr(self, name, value)
                new = True
        if new:
            self.changed()

    def point(self, neuron, pinned=False, source=None):
        """Point at a neuron, or at none; source: the neuron before it whose edge into it is meant.

        A neuron that is no pixel stays in view until another one is pointed at. Neurons that the network does
        not have cannot be pointed at, though the page may show them until the next frame.
        """
        neuron, source = self._existing(neuron), self._existing(source)
        looked = neuron if neuron and neuron[0] else self.looked
        linked = source or _linked(neuron, looked)
        self.change(pointed=neuron, pinned=pinned, looked=looked, linked=linked)

    def link(self, neuron):
        """Point at the edge from a neuron into the one in view, if there is such an edge."""
        self.change(linked=_linked(self._existing(neuron), self.looked))

    def _existing(self, neuron):
        """Return a neuron if the network in use has it, else None."""
        shape = self.network.shape
        has = neuron and neuron[0] < len(shape) and neuron[1] < shape[neuron[0]]
        return neuron if has else None

    def _kept(self, old, new):
        """Return the fields that a network of another shape changes."""
        pointed, looked = _same(self.pointed, old, new), _same(self.looked, old, new)
        picked = None
        if self.picked:
            layer, index, source = self.picked
            into = _same((layer, index), old, new)
            if into and source < new[into[0] - 1]:
                picked = into + (source,)
        return {
            "answer": None,
            "score": None,
            "playing": None,
            "pointed": pointed,
            "pinned": self.pinned and pointed is not None,
            "looked": looked,
            "linked": _linked(_same(self.linked, old, new), looked),
            "picked": picked,
        }

    def changed(self):
        """Call every watcher."""
        for function in self._watchers:
            function()


def _linked(neuron, looked):
    """Return the neuron if it is in the layer before the one in view, else None."""
    return neuron if neuron and looked and neuron[0] == looked[0] - 1 else None


def _same(neuron, old, new):
    """Return the neuron of a new shape that is what this one was in the old: an output is the same digit."""
    if neuron is None or neuron[0] == 0:
        return neuron
    layer, index = neuron
    if layer == len(old) - 1:
        return len(new) - 1, index
    return neuron if layer < len(new) - 1 and index < new[layer] else None
