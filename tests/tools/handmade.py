"""Make drawings for tests: a few strokes, variations of them, and files that hold them."""

import gzip
import struct
from pathlib import Path

import numpy as np

import convert
from network_training.sources.stroke_files import NONE, Drawing

# On a pad 400 wide, with y downwards.
STROKES = {
    0: [[(80 * np.sin(t) + 200, 200 - 120 * np.cos(t)) for t in np.linspace(0, 6.2, 24)]],
    1: [[(200, 60), (196, 340)]],
    4: [[(180, 80), (150, 150), (110, 220), (190, 226), (270, 222)], [(240, 130), (205, 330)]],
    7: [[(100, 90), (260, 84), (215, 207), (170, 330)]],
}


def strokes(digit, rng=None):
    """Draw a digit. With rng, the hand shakes slightly."""
    arrays = [np.array(stroke, np.float64) for stroke in STROKES[digit]]
    return [array + rng.normal(0, 12, array.shape) for array in arrays] if rng else arrays


def digits(count, rng, writers=3):
    """Make count digits of a few writers, with unequal numbers of each digit."""
    labels = rng.choice(sorted(STROKES), count, p=(0.5, 0.1, 0.15, 0.25))
    return [
        Drawing(f"mine-{n:05}", int(label), f"mine-w{n % writers:03}", strokes(label, rng))
        for n, label in enumerate(labels)
    ]


def characters(labels, rng, writers=3):
    """Draw a cross for each label, which is no digit, by each of a few writers."""
    cross = [np.array([(80.0, 120), (320, 210)]), np.array([(210.0, 60), (190, 340)])]
    return [
        Drawing(
            f"{label}-{writer}",
            NONE,
            f"cross-w{writer:03}",
            [stroke + rng.normal(0, 25, stroke.shape) for stroke in cross],
            label=label,
        )
        for label in labels
        for writer in range(writers)
    ]


def idx(array):
    """Write an array of bytes as an idx file."""
    array = np.asarray(array, np.uint8)
    head = bytes([0, 0, 8, array.ndim]) + struct.pack(f">{array.ndim}I", *array.shape)
    return head + array.tobytes()


def write_lines(path, *lines):
    """Write lines of text or bytes to a gzipped file."""
    data = b"".join(line if isinstance(line, bytes) else line.encode() + b"\n" for line in lines)
    path.write_bytes(gzip.compress(data))
    return path


def refused(capsys, *arguments):
    """Run `tools/convert.py`, which must fail. Returns its one-line error message."""
    assert convert.main([*map(str, arguments)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("convert: ")
    assert err.count("\n") == 1
    assert not Path(arguments[-1]).exists()
    return err
