"""Draw the weights of a network's first layer as one image: what each neuron looks for.

Run as ``python tools/weight_pictures.py NETWORK.npz IMAGE.png``. Each of a neuron's 784 weights is drawn at
its input's pixel: blue if ink there raises the activation, red if it lowers it.
"""

import argparse
import struct
import sys
import zlib
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "py"))

from nn import files
from preprocess.normalise import SIZE

POSITIVE, NEGATIVE = (0x58, 0xC4, 0xDD), (0xFC, 0x62, 0x55)
COLUMNS, SCALE, GAP = 8, 3, 4

PNG = b"\x89PNG\r\n\x1a\n"


def main(arguments=None):
    """Run the command line and return its exit status."""
    parser = argparse.ArgumentParser(description="Draw the weights of a network's first layer.")
    parser.add_argument("network", type=Path, help="weights, .npz")
    parser.add_argument("picture", type=Path, help="image to write, .png")
    options = parser.parse_args(arguments)
    try:
        weights = files.load(options.network).W[0]
        options.picture.parent.mkdir(parents=True, exist_ok=True)
        options.picture.write_bytes(png(sheet(weights)))
    except (ValueError, OSError) as error:
        print(f"weight_pictures: {error}", file=sys.stderr)
        return 1
    return 0


def sheet(weights):
    """Lay out the neurons' weights, (n, 784), in rows: uint8 (height, width, 3)."""
    count = len(weights)
    columns = min(COLUMNS, count)
    rows = -(-count // columns)
    cell = SIZE * SCALE + GAP
    picture = np.zeros((rows * cell + GAP, columns * cell + GAP, 3), np.uint8)
    for number, one in enumerate(weights):
        top, left = (GAP + cell * place for place in divmod(number, columns))
        large = colours(one).repeat(SCALE, axis=0).repeat(SCALE, axis=1)
        picture[top : top + SIZE * SCALE, left : left + SIZE * SCALE] = large
    return picture


def colours(weights):
    """Colour one neuron's 784 weights, the largest brightest: uint8 (28, 28, 3)."""
    strength = weights.reshape(SIZE, SIZE, 1) / max(np.abs(weights).max(), 1e-9)
    blue, red = np.array(POSITIVE), np.array(NEGATIVE)
    return np.rint(np.maximum(strength, 0) * blue + np.maximum(-strength, 0) * red).astype(np.uint8)


def png(picture):
    """Encode uint8 (height, width, 3) as a PNG file (its specification, sections 5 and 11)."""
    height, width, _ = picture.shape
    # Each row begins with its filter type: 0, none.
    lines = np.concatenate([np.zeros((height, 1), np.uint8), picture.reshape(height, -1)], axis=1)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(lines.tobytes(), 9)), (b"IEND", b""))
    return PNG + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )


if __name__ == "__main__":
    sys.exit(main())
