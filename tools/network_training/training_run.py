"""Train networks side by side on the same batches, with checkpoints to resume from."""

import math
import pickle
from pathlib import Path

import numpy as np

from network_training.narrowing import narrow
from nn.learning import backpropagate, targets
from nn.network import Network
from nn.optimisers import Adam
from preprocess.normalise import SIZE

# Fewer checkpoints would lose more work when training is interrupted.
CHECKPOINT_EVERY = 2000

# In how many steps a network is narrowed.
NARROWINGS = 10


class TrainingRun:
    """The training of one recipe's networks, one for each seed, on the same batches in the same order.

    datasets: by kind, as in the recipe's shares, each with ``rows`` and ``labels``. The same recipe,
    datasets, version of NumPy and number of threads give the same bits. ``step`` counts the steps done, and
    ``networks`` are the current networks.
    """

    def __init__(self, recipe, datasets, teacher=None):
        """Start with random weights. teacher: the network that the recipe names, if it names one."""
        self.recipe, self.datasets, self.teacher = recipe, datasets, teacher
        shares = dict(recipe.shares)
        self.counts = _counts(recipe.batch, {kind: shares[kind] for kind in datasets})
        self.targets = {kind: _targets(dataset.labels) for kind, dataset in datasets.items()}
        self.step = 0
        self.averaged = 0
        self.networks = [_begin(recipe, seed) for seed in recipe.seeds]
        self.adams = [Adam(network, recipe.decay) for network in self.networks]
        self.means = None
        self._orders = {}

    def run(self, path=None, progress=lambda items, _title: items):
        """Train to the end. With a path, save checkpoints there and resume from the last one.

        Returns the networks, whose weights are the mean over the last part of the training.
        """
        if path and Path(path).is_file():
            self._resume(path)
        for _ in progress(range(self.step, self.recipe.steps), self.recipe.name):
            self.train_step()
            if path and (self.step % CHECKPOINT_EVERY == 0 or self.step == self.recipe.steps):
                self._save(path)
        return self.finished()

    def train_step(self):
        """Train on one batch. Returns the networks' mean cost before the step."""
        share = self.step / self.recipe.steps
        x, y = self.batch(self.step)
        self._narrow(x, y)
        costs = []
        for network, adam in zip(self.networks, self.adams, strict=True):
            cost, gradient = backpropagate(network, x, y)
            regularise(gradient.W[0], network.W[0], self.recipe.smooth, self.recipe.sparse)
            adam.step(gradient, self.recipe.rate * schedule(share))
            costs.append(cost)
        if share >= self.recipe.average_from:
            self._average()
        self.step += 1
        return sum(costs) / len(costs)

    def _narrow(self, x, y):
        """Remove neurons, if it is time to."""
        wanted = widths(self.recipe, self.step)
        for number, network in enumerate(self.networks):
            if network.shape[1:-1] != wanted:
                self.networks[number] = narrow(network, self.adams[number], x, y, wanted)

    def _average(self):
        """Include the current weights in their means."""
        if self.means is None:
            self.means = [[np.zeros_like(a) for a in (*n.W, *n.b)] for n in self.networks]
        self.averaged += 1
        for network, mean in zip(self.networks, self.means, strict=True):
            for total, array in zip(mean, (*network.W, *network.b), strict=True):
                total += (array - total) / self.averaged

    def batch(self, step):
        """Return the batch of a step: x, float32 (784, m), and y, float32 (10, m).

        With a teacher, y is the mean of what the labels want and what the teacher says.
        """
        rows, wanted = [], []
        for kind, count in self.counts.items():
            chosen = self._chosen(kind, step, count)
            rows.append(self.datasets[kind].rows[chosen])
            wanted.append(self.targets[kind][chosen])
        x = np.concatenate(rows).astype(np.float32).T
        x /= 255
        y = np.concatenate(wanted).T
        if self.teacher:
            y = (y + self.teacher.feedforward(x)) / 2
        return x, y

    def finished(self):
        """Return the networks with averaged weights, or the current ones if nothing was averaged yet."""
        if not self.averaged:
            return self.networks
        activation = self.recipe.activation
        layers = len(self.networks[0].W)
        return [Network(mean[:layers], mean[layers:], activation) for mean in self.means]

    def _chosen(self, kind, step, count):
        """Choose the rows of a kind for a step. All rows are used once before any is used again."""
        size = len(self.datasets[kind].rows)
        count = min(count, size)
        each = size // count
        turn, place = divmod(step, each)
        if self._orders.get(kind, (None,))[0] != turn:
            # Seeded by numbers alone, so that resuming needs no memory of earlier steps.
            rng = np.random.default_rng([turn, size, *kind.encode()])
            self._orders[kind] = turn, rng.permutation(size)
        return self._orders[kind][1][place * count : (place + 1) * count]

    def _save(self, path):
        path = Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        state = self.step, self.averaged, self.networks, self.adams, self.means
        unfinished.write_bytes(pickle.dumps(state))
        unfinished.replace(path)

    def _resume(self, path):
        # Pickle is safe here: the file is our own, from our own folder.
        state = pickle.loads(Path(path).read_bytes())
        self.step, self.averaged, self.networks, self.adams, self.means = state


def schedule(share):
    """Return the learning rate as a share of the highest: a warm-up of 5 %, then half a cosine."""
    return share / 0.05 if share < 0.05 else (1 + math.cos(math.pi * (share - 0.05) / 0.95)) / 2


def widths(recipe, step):
    """Return the widths of a recipe's hidden layers at a step: they fall by equal factors."""
    if not recipe.begin:
        return recipe.hidden
    first, last = recipe.narrowing
    share = (step / recipe.steps - first) / (last - first)
    done = min(max(math.ceil(share * NARROWINGS), 0), NARROWINGS) / NARROWINGS
    return tuple(
        round(begin * (end / begin) ** done)
        for begin, end in zip(recipe.begin, recipe.hidden, strict=True)
    )


def regularise(slope, weights, smooth, sparse):
    """Add to the slope what makes the first layer's weights smooth as images, and 0 where they do nothing.

    The cost that is added is smooth·Σ(difference of neighbours)² + sparse·Σ|w|.
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
    shape = (recipe.shape[0], *widths(recipe, 0), recipe.shape[-1])
    network = Network.random(shape, recipe.activation, np.random.default_rng(seed))
    # Most pixels are black, so the mean square of an input is about 0.1 instead of 1.
    network.W[0] *= math.sqrt(10)
    if recipe.activation == "sigmoid":
        # A sigmoid's slope is at most 1/4, so later layers need larger weights to start with.
        for weights in network.W[1:]:
            weights *= 2
    return network


def _targets(labels):
    """Turn labels into wanted outputs: float32 (n, 10). A row without a digit is all 0."""
    wanted = np.zeros((len(labels), 10), np.float32)
    digit = labels >= 0
    wanted[digit] = targets(labels[digit], 10).T
    return wanted


def _counts(batch, shares):
    total = sum(shares.values())
    return {kind: max(1, round(batch * share / total)) for kind, share in shares.items()}
