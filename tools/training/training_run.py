"""Lessons: training networks side by side on the same batches, and stopping half-way.

Public: ``Lesson``.
"""

import math
import pickle
from pathlib import Path

import numpy as np

from nn.learning import Adam, backpropagate, targets
from nn.network import Network
from preprocess.normalise import SIZE

# Where to stop in between is a matter of how much work may be lost.
KEPT_EVERY = 2000


class Lesson:
    """The training of one recipe's networks, one a seed, on the same batches in the same order.

    pools: what to learn from, by the kinds that the recipe has shares for, each with ``rows`` and
    ``labels``. The same recipe, pools, NumPy and number of threads give the same bits. ``step``
    counts the steps done; ``networks`` are the networks as they are now.
    """

    def __init__(self, recipe, pools):
        """Begin with random weights."""
        self.recipe, self.pools = recipe, pools
        shares = dict(recipe.shares)
        self.counts = _counts(recipe.batch, {kind: shares[kind] for kind in pools})
        self.targets = {kind: _targets(pool.labels) for kind, pool in pools.items()}
        self.step = 0
        self.averaged = 0
        self.networks = [_begin(recipe, seed) for seed in recipe.seeds]
        self.adams = [Adam(network, recipe.decay) for network in self.networks]
        self.means = [[np.zeros_like(a) for a in (*n.W, *n.b)] for n in self.networks]
        self._orders = {}

    def run(self, path=None, shown=lambda items, _title: items):
        """Train to the end; with a path, keep what is done there, now and then, and go on from it.

        Returns the networks with the mean of their weights over the last part of the training.
        """
        if path and Path(path).is_file():
            self._resume(path)
        for _ in shown(range(self.step, self.recipe.steps), self.recipe.name):
            self.teach()
            if path and (self.step % KEPT_EVERY == 0 or self.step == self.recipe.steps):
                self._keep(path)
        return self.finished()

    def teach(self):
        """Take one step with one batch: the mean cost of the networks before it."""
        share = self.step / self.recipe.steps
        x, y = self.batch(self.step)
        costs = []
        for network, adam, mean in zip(self.networks, self.adams, self.means, strict=True):
            cost, gradient = backpropagate(network, x, y)
            tidy(gradient.W[0], network.W[0], self.recipe.smooth, self.recipe.sparse)
            adam.step(gradient, self.recipe.rate * schedule(share))
            costs.append(cost)
            if share >= self.recipe.average_from:
                for total, array in zip(mean, (*network.W, *network.b), strict=True):
                    total += (array - total) / (self.averaged + 1)
        self.averaged += share >= self.recipe.average_from
        self.step += 1
        return sum(costs) / len(costs)

    def batch(self, step):
        """Give the batch of a step: x, float32 (784, m), and y, float32 (10, m)."""
        rows, wanted = [], []
        for kind, count in self.counts.items():
            chosen = self._chosen(kind, step, count)
            rows.append(self.pools[kind].rows[chosen])
            wanted.append(self.targets[kind][chosen])
        x = np.concatenate(rows).astype(np.float32)
        x /= 255
        return x.T, np.concatenate(wanted).T

    def finished(self):
        """Give the networks of averaged weights, or as they are where nothing was averaged."""
        if not self.averaged:
            return self.networks
        activation = self.recipe.activation
        layers = len(self.networks[0].W)
        return [Network(mean[:layers], mean[layers:], activation) for mean in self.means]

    def _chosen(self, kind, step, count):
        """Name the pictures of a kind for a step: all of a pool come before any comes again."""
        size = len(self.pools[kind].rows)
        count = min(count, size)
        each = size // count
        turn, place = divmod(step, each)
        if self._orders.get(kind, (None,))[0] != turn:
            # Made of the numbers alone, so that going on after a stop needs no memory of before.
            rng = np.random.default_rng([turn, size, *kind.encode()])
            self._orders[kind] = turn, rng.permutation(size)
        return self._orders[kind][1][place * count : (place + 1) * count]

    def _keep(self, path):
        path = Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        state = self.step, self.averaged, self.networks, self.adams, self.means
        unfinished.write_bytes(pickle.dumps(state))
        unfinished.replace(path)

    def _resume(self, path):
        # Pickle, for it is our own file, from a folder of our own.
        state = pickle.loads(Path(path).read_bytes())
        self.step, self.averaged, self.networks, self.adams, self.means = state


def schedule(share):
    """Give the rate at this share of the training, of the highest: 5 % up, then half a cosine."""
    return share / 0.05 if share < 0.05 else (1 + math.cos(math.pi * (share - 0.05) / 0.95)) / 2


def tidy(slope, weights, smooth, sparse):
    """Add to the slope what asks for first-layer pictures that are smooth, and black where idle.

    The cost of it: smooth·Σ(difference of neighbours)² + sparse·Σ|w|.
    """
    pictures = weights.reshape(-1, SIZE, SIZE)
    change = slope.reshape(-1, SIZE, SIZE)
    down, right = np.diff(pictures, axis=1), np.diff(pictures, axis=2)
    change[:, 1:] += 2 * smooth * down
    change[:, :-1] -= 2 * smooth * down
    change[:, :, 1:] += 2 * smooth * right
    change[:, :, :-1] -= 2 * smooth * right
    change += sparse * np.sign(pictures)


def _begin(recipe, seed):
    network = Network.random(recipe.shape, recipe.activation, np.random.default_rng(seed))
    # Most pixels are black: the mean square of an input is about 0.1, not 1.
    network.W[0] *= math.sqrt(10)
    if recipe.activation == "sigmoid":
        # A sigmoid's slope is a quarter at most, so what comes after the first needs twice the start.
        for weights in network.W[1:]:
            weights *= 2
    return network


def _targets(labels):
    """Say which outputs should light up for each picture: float32 (n, 10), no row lit without a digit."""
    wanted = np.zeros((len(labels), 10), np.float32)
    digit = labels >= 0
    wanted[digit] = targets(labels[digit], 10).T
    return wanted


def _counts(batch, shares):
    total = sum(shares.values())
    return {kind: max(1, round(batch * share / total)) for kind, share in shares.items()}
