"""A training run: a network, and step by step the search for its weights."""

import math
from typing import NamedTuple

import numpy as np

from datasets.training_digits import LEVELS
from nn.batches import backpropagate
from nn.learning import COSTS, Cost, Gradient, targets
from nn.optimisers import OPTIMISERS
from training import weights
from training.batches import Batch
from training.checkpoints import Checkpoint, Checkpoints
from training.progress import Progress
from training.schedule import Place
from training.settings import OUTPUTS, named

# A network that knows nothing has a cost of about 7. One that got a hundred times worse will not recover.
HOPELESS = 1_000

# A run ends after so many images, which takes a few minutes.
LONGEST = 10_000_000


class Exploded(ArithmeticError):
    """The cost is infinite, NaN or HOPELESS. The network has the weights of the best checkpoint again."""


class Lesson(NamedTuple):
    """What a step did: its Batch, the mean cost and the number of right answers before it, its Gradient."""

    batch: Batch
    cost: float
    right: int
    gradient: Gradient


class Run:
    """The training of one network; the same first weights, settings and steps give the same bits.

    ``network`` is trained in place. ``images`` and ``steps`` count what it has learned from, and ``edits``
    how often somebody else changed it. ``place`` is where the schedule is, and ``seconds`` is the time that
    all of it took, as far as somebody adds it up. If there are examples, ``before`` is the accuracy on test
    images and on them at the start, once somebody has measured it.
    """

    def __init__(self, settings, network, batches):
        """Prepare to train a copy of a network. batches: Batches. Raises ValueError for another shape."""
        check_same_network(settings, network)
        self.settings, self.batches = settings, batches
        self.network = weights.copy(network)
        self.images = self.steps = self.edits = 0
        self.seconds, self.before = 0.0, None
        self.place = Place()
        self.progress = Progress()
        self.checkpoints = Checkpoints(network.count)
        self.optimiser = self._new_optimiser()
        self._keep()

    @property
    def ready(self):
        """Whether the images of the next step have arrived."""
        return self.batches.ready(self.place, self.settings)

    @property
    def finished(self):
        """Whether the run is at its end."""
        return self.images >= LONGEST

    def step(self):
        """Learn from the next batch: Lesson. Raises Exploded."""
        batch, after = self.batches.make(self.place, self.steps, self.settings)
        right = 0

        def value(z, y):
            nonlocal right
            right = int((z.argmax(axis=0) == y.argmax(axis=0)).sum())
            return cost.value(z, y)

        cost = COSTS[self.settings.cost]
        wanted = targets(batch.labels, OUTPUTS)
        with np.errstate(over="ignore", invalid="ignore"):  # of an explosion, which is noticed here
            mean, gradient = backpropagate(
                self.network, batch.levels, wanted, LEVELS, Cost(value, cost.slope)
            )
            if not mean < HOPELESS:
                self.recover()
                raise Exploded
            self.progress.note(mean, right, len(batch.labels))
            self.optimiser.step(gradient, self.settings.rate)
        self.place = after
        self.steps += 1
        self.images += len(batch.labels)
        if self.checkpoints.due(self.images) and weights.finite(self.network):
            self._keep()
        self.progress.stepped(self.images)
        return Lesson(batch, mean, right, gradient)

    def adjust(self, settings):
        """Change settings from the next step on. Raises ValueError for another shape or activation."""
        check_same_network(settings, self.network)
        before, self.settings = self.settings, settings
        for name, old, new in zip(settings._fields, before, settings, strict=True):
            if old != new:
                self.progress.mark(self.images, name, new)
        if settings.optimiser != before.optimiser:
            self.optimiser = self._new_optimiser()
        self.optimiser.decay = settings.decay

    def take(self, network):
        """Go on with other weights, which somebody else chose. Raises ValueError for another shape."""
        check_same_network(self.settings, network)
        if self.steps and self.images > self.checkpoints.kept[-1].images:
            self._keep()  # so that what was learned up to now is not lost
        weights.fill(self.network, weights.flat(network))
        self.edits += 1
        self.progress.mark(self.images, "edited")
        if not self.steps:
            self.checkpoints = Checkpoints(network.count)
            self._keep()

    def rewind(self):
        """Go back to the start."""
        self.resume_from(0)
        self.seconds = 0.0
        self.progress.mark(0, "rewound")

    def resume_from(self, index):
        """Go back to a checkpoint, and forget what came later."""
        at = self.checkpoints.cut(index)
        self.images, self.steps, self.place = at.images, at.steps, at.place
        weights.fill(self.network, at.weights)
        self.optimiser = self._new_optimiser()
        self.progress.cut(at.images)

    def network_at(self, index):
        """Return a copy of the network at a checkpoint, or for −1 as it is now."""
        network = weights.copy(self.network)
        if index >= 0:
            weights.fill(network, self.checkpoints.kept[index].weights)
        return network

    def _new_optimiser(self):
        return OPTIMISERS[self.settings.optimiser](self.network, decay=self.settings.decay)

    def _keep(self):
        cost = self.progress.cost if self.steps else math.inf
        numbers = weights.flat(self.network)
        self.checkpoints.add(Checkpoint(self.images, self.steps, self.place, cost, numbers))

    def recover(self):
        """Go back to the weights of the best checkpoint."""
        weights.fill(self.network, self.checkpoints.kept[self.checkpoints.best()].weights)


def check_same_network(settings, network):
    """Refuse a network whose shape or activation is not in the settings. Raises as ``settings.read`` does."""
    for name in ("shape", "activation"):
        asked, found = getattr(settings, name), getattr(network, name)
        if asked != found:
            raise named(ValueError(f"{name} is {found}, expected {asked}"), name)
