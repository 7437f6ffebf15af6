"""Convert published digits and characters into a stroke file, for training and evaluation.

Run as ``python tools/convert.py --help``. ``weights/README.md`` says where to get the data.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "py"))

from network_training.sources import omniglot, pendigits, stroke_files, unipen

READERS = {"pendigits": pendigits.read, "unipen": unipen.read, "omniglot": omniglot.read}

DEVICES = {
    "pendigits": "pen (Wacom LCD tablet)",
    "unipen": "pen",
    "omniglot": "Mouse or trackpad",
}


def main(arguments=None):
    """Run the command line and return its exit status."""
    options = parse(arguments)
    skipped = Counter()
    try:
        drawings = convert(options.kind, options.source, name(options.out), skipped)
        stroke_files.write(options.out, drawings)
    except (unipen.Refusal, OSError) as error:
        print(f"convert: {error}", file=sys.stderr)
        return 2
    writers = len({drawing.writer for drawing in drawings})
    labels = len({drawing.label for drawing in drawings if drawing.label})
    what = f"drawings of {labels} characters by" if labels else "digits of"
    print(f"{options.out}: {len(drawings):,} {what} {writers} writers")
    for reason, count in sorted(skipped.items()):
        print(f"  skipped: {count:,} {reason}")
    return 0


def parse(arguments=None):
    """Parse the command line."""
    parser = argparse.ArgumentParser(
        description="Convert published digits or characters into a stroke file. A file that differs from "
        "what was published is refused, with its line and exit status 2. Published segments that are not "
        "digits are skipped and counted."
    )
    parser.add_argument(
        "kind",
        choices=READERS,
        help="pendigits: UCI's pendigits-orig.tra or .tes; unipen: the folder train_r01_v07; omniglot: the "
        "folders strokes_background_small1 and _small2",
    )
    parser.add_argument("source", type=Path, nargs="+", help="the file, or the folder or folders")
    parser.add_argument("out", type=Path, help="the stroke file to write, such as NAME.jsonl.gz")
    options = parser.parse_args(arguments)
    if options.kind != "omniglot":
        if len(options.source) > 1:
            parser.error(f"{options.kind} has {len(options.source)} sources, expected one")
        (options.source,) = options.source
    return options


def convert(kind, source, title, skipped):
    """Read drawings of one kind: a list of Drawing. ``skipped`` counts what is skipped, by reason.

    Writers and drawings are numbered in the order in which they first appear; Omniglot has numbered its
    writers itself. Whoever converts the same data therefore gets the same names, and the same split. Raises
    unipen.Refusal.
    """
    writers, drawings = {}, []
    for found in READERS[kind](source):
        if isinstance(found, str):
            skipped[found] += 1
            continue
        number = writers.setdefault(found.writer, len(writers) + 1)
        drawings.append(
            stroke_files.Drawing(
                id=f"{title}-{len(drawings):05}",
                digit=found.digit,
                writer=f"{title}-{found.writer if kind == 'omniglot' else f'w{number:03}'}",
                strokes=found.strokes,
                source=found.writer.split()[0] if kind == "unipen" else title,
                device=DEVICES[kind],
                label=found.label,
            )
        )
    return drawings


def name(path):
    """Return a path's file name without its extensions."""
    return path.name.removesuffix(".gz").removesuffix(".jsonl")


if __name__ == "__main__":
    sys.exit(main())
