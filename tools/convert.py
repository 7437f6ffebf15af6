"""Convert published digits into a stroke file, for training and for evaluating.

Run as ``python tools/convert.py --help``; ``weights/README.md`` says where the data is.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "py"))

from training import (
    pendigits,
    stroke_files,
    unipen,
)

READERS = {"pendigits": pendigits.read, "unipen": unipen.read}

DEVICES = {"pendigits": "pen (Wacom LCD tablet)", "unipen": "pen"}


def main(arguments=None):
    """Convert by the command line's options; returns the exit status."""
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
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description="Convert published digits into a stroke file. What is not as published is refused, "
        "with file and line and exit status 2; what is published but is no digit is skipped and counted."
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
    """Read digits of one kind: a list of Digit. What is skipped is counted in skipped, by reason.

    Writers become numbers, in the order in which they first appear, and so do digits: whoever converts
    the same data has the same names for them, and the same split of writers. Raises unipen.Refusal.
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
    """Name a stroke file by its path without what says how it is written."""
    return path.name.removesuffix(".gz").removesuffix(".jsonl")


if __name__ == "__main__":
    sys.exit(main())
