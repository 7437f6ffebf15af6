"""Write the README's table of networks from their model cards.

Run as ``python tools/table.py``; it changes what stands between the two marks and nothing else.
"""

import argparse
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

BEGIN, END = "<!-- networks -->", "<!-- /networks -->"

# The files of pen digits whose held-back writers the README's figure is a mean over.
PENS = ("pendigits_tra", "unipen_1a")

HEADS = (
    "network",
    "hidden layers",
    "weights and biases",
    "MNIST test images",
    "pens of new writers",
)


def main(arguments=None):
    """Rewrite the table by the command line's options; returns the exit status."""
    options = parse(arguments)
    try:
        text = options.readme.read_text(encoding="utf-8")
        renewed = renew(text, table(cards(options.weights)))
    except (ValueError, OSError) as error:
        print(f"table: {error}", file=sys.stderr)
        return 2
    if renewed != text:
        options.readme.write_text(renewed, encoding="utf-8")
        print(f"{options.readme}: table of networks renewed")
    return 0


def parse(arguments=None):
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description="Write the README's table of networks from the model cards in weights/."
    )
    parser.add_argument("--readme", type=Path, default=ROOT / "README.md", help="what to change")
    parser.add_argument(
        "--weights", type=Path, default=ROOT / "weights", help="folder of the cards"
    )
    return parser.parse_args(arguments)


def cards(folder):
    """Read the cards of all networks in a folder, the smallest network first.

    Raises ValueError if there is none, or one is no card.
    """
    found = []
    for path in sorted(folder.glob("*.npz")):
        try:
            card = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
            found.append((card["count"], card["name"], card))
        except (ValueError, KeyError, TypeError, OSError) as error:
            raise ValueError(
                f"{path.with_suffix('.json')} is no model card: {error!r}, expected name and count"
            ) from error
    if not found:
        raise ValueError(f"{folder} has no networks, expected .npz files with a card each")
    return [card for _, _, card in sorted(found, key=lambda entry: entry[:2])]


def table(networks):
    """Lay cards out as a Markdown table; a dash where a card does not say."""
    lines = [HEADS, ("---", "---", "---:", "---:", "---:"), *map(row, networks)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def row(card):
    """Give one network's cells."""
    accuracy = card.get("accuracy", {})
    return (
        f"[{card['name']}](weights/{card['name']}.json)",
        card.get("activation", "–") if len(card.get("shape", ())) > 2 else "none",
        f"{card['count']:,}",
        percent(accuracy.get("mnist_test")),
        percent(new_writers(accuracy)),
    )


def new_writers(accuracy):
    """Take the mean of the balanced accuracies on held-back writers, None if a file's is missing."""
    shares = [accuracy.get("held_out", {}).get(name) for name in PENS]
    return None if None in shares else sum(shares) / len(shares)


def percent(share):
    """Write a share of 1 in per cent, and an unknown one as a dash."""
    return "–" if share is None else f"{100 * share:.2f} %"


def renew(text, lines):
    """Put lines between the two marks of a text; raises ValueError without exactly one of each."""
    for mark in (BEGIN, END):
        if text.count(mark) != 1:
            raise ValueError(f"README has {mark} {text.count(mark)} times, expected it once")
    before, _, rest = text.partition(BEGIN)
    if END not in rest:
        raise ValueError(f"README has {END} before {BEGIN}, expected it after")
    return f"{before}{BEGIN}\n\n{lines}\n\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    sys.exit(main())
