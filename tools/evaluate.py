"""Evaluate a network on files of digits: how often it is right, and how often it gives an answer.

Of characters that are no digits, it counts how often the network gives no answer.

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

from network_training.sources import labelled_files, stroke_files
from network_training.sources.labelled_files import Refusal
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
        description="Measure how often a network is right on files of digits, and unsure of what is no "
        "digit, with the page's own code.",
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
        help="in stroke files, use only the test writers, and of what is no digit the test characters that "
        "do not look like one, as the model cards do",
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
    """Evaluate a network on one file: a dict of what `--json` prints.

    ``accuracy`` is the share of the file's n digits whose brightest output is the label, ``per_digit`` the
    same for each digit in the file, and ``balanced_accuracy`` the mean of those. ``answered`` is the share
    for which the page gives an answer, and ``accuracy_answered`` the share of these that are right. A share
    of nothing is None.

    Only if the file has any that are no digits, ``n_non_digits`` is how many, ``unsure`` the share of them
    for which the page gives no answer, and ``unsure_per_label`` the same for each label.
    """
    chosen, answered = answers(network, labelled_files.normalise(source))
    digit = source.labels != stroke_files.NONE
    result = {"file": str(source.path)}
    result |= evaluate_digits(chosen[digit], answered[digit], source.labels[digit])
    if not digit.all():
        characters = np.array(source.characters)[~digit]
        result |= evaluate_non_digits(~answered[~digit], characters)
    return result


def evaluate_digits(chosen, answered, labels):
    """Compare answers with digits' labels: the part of the result that every file has."""
    right = chosen == labels
    return {
        "n": len(labels),
        "accuracy": scoring.accuracy(chosen, labels) if len(labels) else None,
        "balanced_accuracy": scoring.balanced_accuracy(chosen, labels) if len(labels) else None,
        "per_digit": {
            str(digit): float(right[labels == digit].mean()) for digit in np.unique(labels)
        },
        "answered": mean(answered),
        "accuracy_answered": mean(right[answered]),
    }


def evaluate_non_digits(unsure, characters):
    """Count the non-digits that the network is unsure of, for the rest of the result."""
    return {
        "n_non_digits": len(unsure),
        "unsure": mean(unsure),
        "unsure_per_label": {
            str(label): mean(unsure[characters == label]) for label in np.unique(characters)
        },
    }


def mean(flags):
    """Return the share that is true, or None of nothing."""
    return float(flags.mean()) if len(flags) else None


def answers(network, inputs):
    """Return the brightest output for each input, and whether it is the page's answer."""
    chosen, answered = [], []
    for one in inputs:
        # One at a time, as on the page: in a batch the last bit may differ, and with it a verdict.
        outputs = network.feedforward(one.column)
        chosen.append(scoring.choices(outputs)[0])
        answered.append(scoring.verdict(outputs, one.ink, one.apart, one.strokes).digit is not None)
    return np.array(chosen), np.array(answered)


def table(results):
    """Format results as lines: first the files with digits, then those with what is no digit."""
    tables = [
        digits_table([result for result in results if result["n"]]),
        non_digits_table([result for result in results if "unsure" in result]),
    ]
    return "\n\n".join(lines for lines in tables if lines)


def digits_table(results):
    """Format results on digits: shares in per cent, the ten digits on the right."""
    heads = ["file", "digits", "right", "balanced", "answered", "then right", *"0123456789"]
    rows = [
        [
            Path(result["file"]).name,
            f"{result['n']:,}",
            *(
                percent(result[name], 2)
                for name in ("accuracy", "balanced_accuracy", "answered", "accuracy_answered")
            ),
            # A screen has room for all ten if they are narrow.
            *(
                percent(result["per_digit"].get(digit), 1).replace("100.0", "100")
                for digit in "0123456789"
            ),
        ]
        for result in results
    ]
    return aligned([heads, *rows], ["  "] * 6 + [" "] * 9) if rows else ""


def non_digits_table(results):
    """Format results on what is no digit."""
    heads = ["file", "no digits", "labels", "unsure"]
    rows = [
        [
            Path(result["file"]).name,
            f"{result['n_non_digits']:,}",
            f"{len(result['unsure_per_label']):,}",
            percent(result["unsure"], 2),
        ]
        for result in results
    ]
    return aligned([heads, *rows], ["  "] * 3) if rows else ""


def aligned(rows, gaps):
    """Format rows of cells as lines, the first column to the left, with these gaps between columns."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        row[0].ljust(widths[0])
        + "".join(
            gap + cell.rjust(width)
            for gap, cell, width in zip(gaps, row[1:], widths[1:], strict=True)
        )
        for row in rows
    )


def percent(share, places):
    """Write a share in per cent, and None as a dash."""
    return "–" if share is None else f"{100 * share:.{places}f}"


if __name__ == "__main__":
    sys.exit(main())
