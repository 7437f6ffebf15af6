"""Ways: where many small pictures go at once, each as ``pixels.from_picture`` takes it alone.

Public: ``find`` and ``columns``.

One by one, a thousand test digits take NumPy a second, and ten times that in a browser.
"""

import numpy as np

from preprocess import affine, aspect, deslant, image
from preprocess.normalise import BOX, MIDDLE, SIZE


def columns(pictures):
    """Prepare pictures as the network sees them: float32 (784, n), a column each.

    pictures: uint8 (n, height, width). The numbers are those of ``from_picture(one / 255)``, to rounding.
    Raises what ``find`` does.
    """
    pixels = pictures.astype(np.float32) / 255
    return image.resample(pixels, find(pixels), SIZE).reshape(len(pixels), SIZE * SIZE).T


def find(pixels):
    """Find every picture's way to what the network sees of it: float64 (n, 2, 3), ``Seen.seen``.

    pixels: float32 (n, height, width), 0 ground to 1 ink. Raises ValueError for a blank one, which has no
    way, and for any larger than 28×28, of which ``resample`` would miss some.
    """
    if max(pixels.shape[1:]) > SIZE:
        raise ValueError(f"pictures are {pixels.shape[1:]}, expected {SIZE} a side at the most")
    points = _outline(pixels > image.FAINT)
    boxed = _box(points)
    masses = [deslant.Mass(*mass) for mass in zip(*_weigh(pixels, boxed), strict=True)]
    shears = [deslant.lean(mass) for mass in masses]
    stretches = [aspect.stretch(*pair) for pair in zip(masses, shears, strict=True)]
    shearing = [affine.shearing(shear, mass.y) for shear, mass in zip(shears, masses, strict=True)]
    sheared = affine.after(np.reshape(shearing, boxed.shape), boxed)
    sheared[:, 0] *= np.reshape(stretches, (len(points), 1))
    boxed = affine.after(_box(affine.apply(sheared, points)), sheared)
    mass = _weigh(pixels, boxed)
    boxed[:, 0, 2] += MIDDLE - mass.x
    boxed[:, 1, 2] += MIDDLE - mass.y
    return boxed


def _outline(ink):
    """Give corners of inked pixels, (n, 4 · height, 2), that no corner goes beyond under any map.

    Those are the outer ones of each row; a row without ink repeats those of the first that has some.
    """
    height, width = ink.shape[1:]
    inked = ink.any(axis=2)
    if not inked.any(axis=1).all():
        raise ValueError(f"picture {int(inked.any(axis=1).argmin())} is blank, expected some ink")
    rows = np.where(inked, np.arange(height), inked.argmax(axis=1)[:, None])
    left = np.take_along_axis(ink.argmax(axis=2), rows, axis=1) - 0.5
    right = np.take_along_axis(width - ink[:, :, ::-1].argmax(axis=2), rows, axis=1) - 0.5
    x = np.concatenate([left, left, right, right], axis=1)
    y = np.concatenate([rows - 0.5, rows + 0.5] * 2, axis=1)
    return np.stack([x, y], axis=2)


def _box(points):
    """Map each picture's points into the box, as ``pixels`` does: (n, 2, 3)."""
    low, high = points.min(axis=1), points.max(axis=1)
    factor = BOX / (high - low).max(axis=1)
    roads = np.zeros((len(points), 2, 3))
    roads[:, 0, 0] = roads[:, 1, 1] = factor
    roads[:, :, 2] = (SIZE - 1) / 2 - factor[:, None] * (low + high) / 2
    return roads


def _weigh(pixels, roads):
    return deslant.weigh(image.resample(pixels, roads, SIZE))
