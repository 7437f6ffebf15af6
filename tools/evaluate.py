"""Evaluate a network: how often it is right on files of digits, and how often it says so.

Run as ``python tools/evaluate.py --help``. What is measured is what the page does, from the strokes
or the picture to the answer, by the page's own code.
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "py"))

from nn import files, scoring
from preprocess.normalise import SIZE
from training import labelled_files
from training.labelled_files import Refusal

NETWORK = ROOT / "weights" / "784-16-16-10-sigmoid.npz"


def main(arguments=None):
    """Evaluate by the command line's options; returns the exit status."""
    options = parse(arguments)
    try:
        network = open_network(options.network)
        sources = labelled_files.gather(options.files)
        if options.held_out:
            sources = [labelled_files.held_out(source) for source in sources]
        results = [evaluate(network, source) for source in sources]
    except Refusal as error:
        print(f"evaluate: {error}", file=sys.stderr)
        return 2
    if options.json:
        for result in results:
            print(json.dumps(result, ensure_ascii=False))
    else:
        print(table(results))
    return 0


def parse(arguments=None):
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description="Say how often a network is right on files of digits, by the page's own code.",
        epilog="An idx file of labels is found beside its pictures by its name, or is given right "
        "after them. Exit status 2: a file is not what it should be, and nothing was printed.",
    )
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="idx or stroke file, gzipped or not"
    )
    parser.add_argument(
        "--network", type=Path, default=NETWORK, metavar="NPZ", help="weights (the page's network)"
    )
    parser.add_argument(
        "--held-out",
        action="store_true",
        help="of stroke files, only the writers kept from training: as in the cards",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object for each file")
    return parser.parse_args(arguments)


def open_network(path):
    """Read a network that takes the page's pictures and has ten answers; raises Refusal."""
    try:
        network = files.load(path)
    except OSError as error:
        raise Refusal(f"{path}: {error.strerror or error}") from error
    except ValueError as error:
        raise Refusal(f"{path}: {error}") from error
    inputs, outputs = network.shape[0], network.shape[-1]
    if (inputs, outputs) != (SIZE * SIZE, 10):
        raise Refusal(
            f"{path}: its network has {inputs} inputs and {outputs} outputs, expected {SIZE * SIZE} and 10"
        )
    return network


def evaluate(network, source):
    """Put one file's digits to a network: a dict of what `--json` prints.

    ``accuracy`` is the share whose brightest output is the label, ``per_digit`` the same for each digit
    that there is and ``balanced_accuracy`` the mean of those. ``answered`` is the share for which the
    page would not say that it is unsure, ``accuracy_answered`` how many of these are right (None if it
    answers none).
    """
    chosen, answered = answers(network, labelled_files.normalise(source))
    labels = source.labels
    right = chosen == labels
    return {
        "file": str(source.path),
        "n": len(labels),
        "accuracy": scoring.accuracy(chosen, labels),
        "balanced_accuracy": scoring.balanced_accuracy(chosen, labels),
        "per_digit": {
            str(digit): float(right[labels == digit].mean()) for digit in np.unique(labels)
        },
        "answered": float(answered.mean()),
        "accuracy_answered": float(right[answered].mean()) if answered.any() else None,
    }


def answers(network, seen):
    """Give the brightest output for each of what was seen, and whether that is the page's answer."""
    chosen, answered = [], []
    for one in seen:
        # One after the other as on the page: a batch may differ in the last bit, and a verdict with it.
        outputs = network.feedforward(one.column)
        chosen.append(scoring.choices(outputs)[0])
        answered.append(scoring.verdict(outputs, one.ink).digit is not None)
    return np.array(chosen), np.array(answered)


def table(results):
    """Lay results out in lines: shares in per cent, the ten digits at the right."""
    heads = ["file", "digits", "right", "balanced", "answered", "of those right", *"0123456789"]
    rows = [
        [
            Path(result["file"]).name,
            f"{result['n']:,}",
            *(
                percent(result[name], 2)
                for name in ("accuracy", "balanced_accuracy", "answered", "accuracy_answered")
            ),
            *(percent(result["per_digit"].get(digit), 1) for digit in "0123456789"),
        ]
        for result in results
    ]
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    return "\n".join(
        "  ".join(
            [row[0].ljust(widths[0])]
            + [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        )
        for row in [heads, *rows]
    )


def percent(share, places):
    """Write a share of 1 in per cent, and a share of nothing as a dash."""
    return "–" if share is None else f"{100 * share:.{places}f}"


if __name__ == "__main__":
    sys.exit(main())
