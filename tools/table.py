"""Write the README's table of networks from their model cards.

Run as ``python tools/table.py``. It changes only the text between the two markers.
"""

import argparse
import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

BEGIN, END = "<!-- networks -->", "<!-- /networks -->"

# The files of pen digits whose test writers the README's figure is a mean over.
PENS = ("pendigits_tra", "unipen_1a")

HEADS = (
    "network",
    "hidden layers",
    "weights and biases",
    "MNIST test images",
    "pens of new writers",
    "letters and signs called unsure",
)


def main(arguments=None):
    """Run the command line and return its exit status."""
    options = parse(arguments)
    try:
        text = options.readme.read_text(encoding="utf-8")
        renewed = renew(text, table(cards(options.weights)))
    except (ValueError, OSError) as error:
        print(f"table: {error}", file=sys.stderr)
        return 2
    if renewed != text:
        options.readme.write_text(renewed, encoding="utf-8")
        print(f"{options.readme}: table of networks updated")
    return 0


def parse(arguments=None):
    """Parse the command line."""
    parser = argparse.ArgumentParser(
        description="Write the README's table of networks from the model cards in weights/."
    )
    parser.add_argument("--readme", type=Path, default=ROOT / "README.md", help="file to update")
    parser.add_argument(
        "--weights", type=Path, default=ROOT / "weights", help="folder of the model cards"
    )
    return parser.parse_args(arguments)


def cards(folder):
    """Read the model cards of all networks in a folder, the smallest network first.

    Raises ValueError if there is none, or if a card is not valid.
    """
    found = []
    for path in sorted(folder.glob("*.npz")):
        path = path.with_suffix(".json")
        try:
            found.append(card(path.read_bytes(), path.stem))
        except OSError as error:
            raise ValueError(
                f"{path.name} is not a model card: {error}, expected name and count"
            ) from error
    if not found:
        raise ValueError(f"{folder} has no networks, expected .npz files with a card each")
    return sorted(found, key=lambda card: (card["count"], card["name"]))


def card(data, name):
    """Parse the parts of a model card that the table needs from the bytes of its file: a dict.

    Raises ValueError saying what is wrong.
    """
    try:
        found = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{name}.json is not a model card: {error}") from error
    where = f"{name}.json is not a model card: its"
    if not isinstance(found, dict):
        raise ValueError(f"{name}.json is not a model card, expected an object with name and count")
    if found.get("name") != name:
        raise ValueError(f"{where} name is {short(found.get('name'))}, expected {name}")
    if not is_count(found.get("count")):
        raise ValueError(f"{where} count is {short(found.get('count'))}, expected 1 or more")
    shape = found.get("shape", [])
    if not isinstance(shape, list) or not all(map(is_count, shape)):
        raise ValueError(f"{where} shape is {short(shape)}, expected neurons of each layer")
    if not re.fullmatch(r"[a-z]+|–", str(found.get("activation", "–"))):
        raise ValueError(f"{where} activation is {short(found['activation'])}, expected a name")
    shares = found.get("accuracy", {})
    held_out = shares.get("held_out", {}) if isinstance(shares, dict) else None
    if not isinstance(held_out, dict):
        raise ValueError(f"{where} accuracy is {short(shares)}, expected shares by name")
    for key, share in [("mnist_test", shares.get("mnist_test")), *held_out.items()]:
        if share is not None and not is_share(share):
            raise ValueError(f"{where} accuracy {short(key)} is {short(share)}, expected 0 to 1")
    refused = found.get("no_digits", {})
    if not isinstance(refused, dict) or not isinstance(
        refused.get("unsure_of_characters", {}), dict
    ):
        raise ValueError(f"{where} no_digits is {short(refused)}, expected shares by name")
    if "test" in characters(found) and not is_share(characters(found)["test"]):
        share = short(characters(found)["test"])
        raise ValueError(f"{where} unsure_of_characters is {share}, expected 0 to 1")
    return found


def is_count(number):
    """Tell whether a value is a positive integer of a sensible size."""
    return isinstance(number, int) and not isinstance(number, bool) and 0 < number < 10**12


def is_share(number):
    """Tell whether a value is a number in 0..1."""
    return type(number) in (int, float) and 0 <= number <= 1


def short(value):
    """Write a value for an error message, shortened."""
    text = ascii(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def table(networks):
    """Format model cards as a Markdown table, with a dash for what a card does not say."""
    lines = [HEADS, ("---", "---", "---:", "---:", "---:", "---:"), *map(row, networks)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def row(card):
    """Return the cells of one network's row."""
    accuracy = card.get("accuracy", {})
    return (
        f"[{card['name']}](weights/{card['name']}.json)",
        card.get("activation", "–") if len(card.get("shape", ())) > 2 else "none",
        f"{card['count']:,}",
        percent(accuracy.get("mnist_test")),
        percent(new_writers(accuracy)),
        percent(characters(card).get("test")),
    )


def characters(card):
    """Return the shares of people's characters that a network calls unsure, by part, as its card says."""
    return card.get("no_digits", {}).get("unsure_of_characters", {})


def new_writers(accuracy):
    """Compute the mean balanced accuracy on the test writers, or None if a file's is missing."""
    shares = [accuracy.get("held_out", {}).get(name) for name in PENS]
    return None if None in shares else sum(shares) / len(shares)


def percent(share):
    """Write a share in per cent, and None as a dash."""
    return "–" if share is None else f"{100 * share:.2f} %"


def renew(text, lines):
    """Replace the text between the two markers. Raises ValueError without exactly one of each."""
    for mark in (BEGIN, END):
        if text.count(mark) != 1:
            raise ValueError(f"README has {mark} {text.count(mark)} times, expected it once")
    before, _, rest = text.partition(BEGIN)
    if END not in rest:
        raise ValueError(f"README has {END} before {BEGIN}, expected it after")
    return f"{before}{BEGIN}\n\n{lines}\n\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    sys.exit(main())
