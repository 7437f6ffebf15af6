"""Evaluate a network on files of digits: how often it is right, and how often it gives an answer.

Run as ``python tools/evaluate.py --help``. Like the page and with the page's own code, it goes all the way
from the strokes or the image to the answer.
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "py"))

from network_training import labelled_files
from network_training.labelled_files import Refusal
from nn import files, scoring
from preprocess.normalise import SIZE

NETWORK = ROOT / "weights" / "784-16-16-10-sigmoid.npz"


def main(arguments=None):
    """Run the command line and return its exit status."""
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
    """Parse the command line."""
    parser = argparse.ArgumentParser(
        description="Measure how often a network is right on files of digits, with the page's own code.",
        epilog="An idx file of labels is found beside its images by its name, or can be given right "
        "after them. Exit status 2: a file is not valid, and nothing was printed.",
    )
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="idx or stroke file, gzipped or not"
    )
    parser.add_argument(
        "--network", type=Path, default=NETWORK, metavar="NPZ", help="weights (the page's default)"
    )
    parser.add_argument(
        "--held-out",
        action="store_true",
        help="in stroke files, use only the test writers, as the model cards do",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object for each file")
    return parser.parse_args(arguments)


def open_network(path):
    """Read a network that takes the page's 784 inputs and has ten outputs. Raises Refusal."""
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
    """Evaluate a network on one file's digits: a dict of what `--json` prints.

    ``accuracy`` is the share whose brightest output is the label, ``per_digit`` the same for each digit in
    the file, and ``balanced_accuracy`` the mean of those. ``answered`` is the share for which the page gives
    an answer, and ``accuracy_answered`` the share of these that are right, or None if there are none.
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


def answers(network, inputs):
    """Return the brightest output for each input, and whether it is the page's answer."""
    chosen, answered = [], []
    for one in inputs:
        # One at a time, as on the page: in a batch the last bit may differ, and with it a verdict.
        outputs = network.feedforward(one.column)
        chosen.append(scoring.choices(outputs)[0])
        answered.append(scoring.verdict(outputs, one.ink).digit is not None)
    return np.array(chosen), np.array(answered)


def table(results):
    """Format results as lines: shares in per cent, the ten digits on the right."""
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
    """Write a share in per cent, and None as a dash."""
    return "–" if share is None else f"{100 * share:.{places}f}"


if __name__ == "__main__":
    sys.exit(main())
