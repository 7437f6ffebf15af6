"""The state of the page: what every view shows, in one place.

Public: ``State``. Views read it when they are asked to render; whoever handles an event changes it
through ``change`` or, for ink, calls ``changed`` after having changed the ink.
"""


class State:
    """What the page knows. Every field is listed in ``__init__``; there are no others.

    ``pointed`` is the neuron pointed at as (layer, index), layer 0 the input, or None; ``pinned`` says
    that it stays when the pointer leaves; ``looked`` is the last neuron pointed at that is no pixel, which
    the inspector goes on showing. ``playing`` is the layer that the signal has reached while it
    is played layer by layer, or None. ``answer`` is the engine's last reply (see ``replies.Answer``).
    ``linked`` is a neuron of the layer before ``looked`` whose edge into it is pointed at, or None.
    ``picked`` is the weight that was chosen to be set, as (layer, index, source), or None.
    ``flowing`` says that edges show weight × activation instead of weights, ``strongest`` how many of
    each layer's edges are drawn (0 for all). ``score`` is the accuracy on the test digits as (now, before,
    of), or None while it is not known; ``digits`` is "" until they are wanted, then "loading", of which
    ``digits_loaded`` bytes of ``digits_total`` are there, and "ready"; ``digits_trouble`` says why they
    did not come.
    ``busy`` says that Python which was typed is running; ``printed`` lists what it has printed and is not
    shown yet, piece by piece, the first of them an empty one that says that it has begun. ``draft`` is what
    was typed in the console and not run, ``kept_digit`` the index and label of a test digit to be put back.
    """

    def __init__(self, ink):
        self.ink = ink
        self.straighten = True
        self.engine = "loading"
        self.doing = ""
        self.loaded = 0
        self.total = 0
        self.failure = ""
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
        self.busy = False
        self.printed = []
        self.draft = ""
        self.kept_digit = None
        self.playing = None
        self._watchers = []

    def watch(self, function):
        """Call function() after every change."""
        self._watchers.append(function)

    def change(self, **fields):
        """Set fields and tell the watchers, unless nothing is new. Raises AttributeError for a typo."""
        new = False
        for name, value in fields.items():
            if getattr(self, name) != value:
                setattr(self, name, value)
                new = True
        if new:
            self.changed()

    def point(self, neuron, pinned=False, source=None):
        """Point at a neuron, or at none; source: the neuron before it whose edge into it is meant.

        One that is no pixel is looked into until another is.
        """
        looked = neuron if neuron and neuron[0] else self.looked
        linked = source or _linked(neuron, looked)
        self.change(pointed=neuron, pinned=pinned, looked=looked, linked=linked)

    def link(self, neuron):
        """Point at the edge from a neuron into the one that is looked into, if there is such an edge."""
        self.change(linked=_linked(neuron, self.looked))

    def changed(self):
        """Tell the watchers that something has changed."""
        for function in self._watchers:
            function()


def _linked(neuron, looked):
    """Give a neuron back if it is of the layer before the one that is looked into, else None."""
    return neuron if neuron and looked and neuron[0] == looked[0] - 1 else None
