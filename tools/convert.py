"""Convert published digits into a stroke file, for training and evaluation.

Run as ``python tools/convert.py --help``. ``weights/README.md`` says where to get the data.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "py"))

from network_training import (
    pendigits,
    stroke_files,
    unipen,
)

READERS = {"pendigits": pendigits.read, "unipen": unipen.read}

DEVICES = {"pendigits": "pen (Wacom LCD tablet)", "unipen": "pen"}


def main(arguments=None):
    """Run the command line and return its exit status."""
    options = parse(arguments)
    skipped = Counter()
    try:
        digits = convert(options.kind, options.source, name(options.out), skipped)
        stroke_files.write(options.out, digits)
    except (unipen.Refusal, OSError) as error:
        print(f"convert: {error}", file=sys.stderr)
        return 2
    writers = len({digit.writer for digit in digits})
    print(f"{options.out}: {len(digits):,} digits of {writers} writers")
    for reason, count in sorted(skipped.items()):
        print(f"  skipped: {count:,} {reason}")
    return 0


def parse(arguments=None):
    """Parse the command line."""
    parser = argparse.ArgumentParser(
        description="Convert published digits into a stroke file. A file that differs from what was "
        "published is refused, with its line and exit status 2. Published segments that are not digits are "
        "skipped and counted."
    )
    parser.add_argument(
        "kind",
        choices=READERS,
        help="pendigits: UCI's pendigits-orig.tra or .tes; unipen: the folder train_r01_v07",
    )
    parser.add_argument("source", type=Path, help="the file, or the folder")
    parser.add_argument("out", type=Path, help="the stroke file to write, such as NAME.jsonl.gz")
    return parser.parse_args(arguments)


def convert(kind, source, title, skipped):
    """Read digits of one kind: a list of Digit. ``skipped`` counts what is skipped, by reason.

    Writers and digits are numbered in the order in which they first appear. Whoever converts the same data
    therefore gets the same names, and the same split of writers. Raises unipen.Refusal.
    """
    writers, digits = {}, []
    for found in READERS[kind](source):
        if isinstance(found, str):
            skipped[found] += 1
            continue
        number = writers.setdefault(found.writer, len(writers) + 1)
        digits.append(
            stroke_files.Digit(
                id=f"{title}-{len(digits):05}",
                digit=found.digit,
                writer=f"{title}-w{number:03}",
                strokes=found.strokes,
                source=found.writer.split()[0] if kind == "unipen" else title,
                device=DEVICES[kind],
            )
        )
    return digits


def name(path):
    """Return a path's file name without its extensions."""
    return path.name.removesuffix(".gz").removesuffix(".jsonl")


if __name__ == "__main__":
    sys.exit(main())
