"""Normalise many small images at once, each as ``normalise.from_image`` would alone.

Done one by one, a thousand test digits take NumPy a second, and ten times as long in a browser.
"""

import numpy as np

from preprocess import affine, aspect, deslant, image
from preprocess.normalise import BOX, CENTRE, SIZE


def columns(images):
    """Normalise images into the network's inputs: float32 (784, n), one column each.

    images: uint8 (n, height, width). The numbers equal those of ``from_image(one / 255)``, to rounding.
    Raises ValueError as ``transforms`` does.
    """
    pixels = images.astype(np.float32) / 255
    return image.resample(pixels, transforms(pixels), SIZE).reshape(len(pixels), SIZE * SIZE).T


def transforms(pixels):
    """Find the transform of every image: float64 (n, 2, 3), see ``Normalised.transform``.

    pixels: float32 (n, height, width), 0 (background) to 1 (ink). Raises ValueError for a blank image, and
    for images larger than 28×28, because ``resample`` would skip some of their pixels.
    """
    if max(pixels.shape[1:]) > SIZE:
        raise ValueError(f"images are {pixels.shape[1:]}, expected at most {SIZE} a side")
    points = _outline(pixels > image.FAINT)
    boxed = _box(points)
    moments = [deslant.Moments(*each) for each in zip(*_moments(pixels, boxed), strict=True)]
    shears = [deslant.slope(each) for each in moments]
    stretches = [aspect.stretch(*pair) for pair in zip(moments, shears, strict=True)]
    shearing = [affine.shearing(shear, each.y) for shear, each in zip(shears, moments, strict=True)]
    sheared = affine.compose(np.reshape(shearing, boxed.shape), boxed)
    sheared[:, 0] *= np.reshape(stretches, (len(points), 1))
    boxed = affine.compose(_box(affine.apply(sheared, points)), sheared)
    centre = _moments(pixels, boxed)
    boxed[:, 0, 2] += CENTRE - centre.x
    boxed[:, 1, 2] += CENTRE - centre.y
    return boxed


def _outline(ink):
    """List enough corners of ink pixels, (n, 4 · height, 2), to give the ink's extent under any transform.

    Those are the outermost corners of each row. A row without ink repeats the corners of the first row that
    has some.
    """
    height, width = ink.shape[1:]
    inked = ink.any(axis=2)
    if not inked.any(axis=1).all():
        raise ValueError(f"image {int(inked.any(axis=1).argmin())} is blank, expected some ink")
    rows = np.where(inked, np.arange(height), inked.argmax(axis=1)[:, None])
    left = np.take_along_axis(ink.argmax(axis=2), rows, axis=1) - 0.5
    right = np.take_along_axis(width - ink[:, :, ::-1].argmax(axis=2), rows, axis=1) - 0.5
    x = np.concatenate([left, left, right, right], axis=1)
    y = np.concatenate([rows - 0.5, rows + 0.5] * 2, axis=1)
    return np.stack([x, y], axis=2)


def _box(points):
    """Fit each image's points into the box, as ``normalise`` does: (n, 2, 3)."""
    low, high = points.min(axis=1), points.max(axis=1)
    factor = BOX / (high - low).max(axis=1)
    boxed = np.zeros((len(points), 2, 3))
    boxed[:, 0, 0] = boxed[:, 1, 1] = factor
    boxed[:, :, 2] = (SIZE - 1) / 2 - factor[:, None] * (low + high) / 2
    return boxed


def _moments(pixels, transforms):
    return deslant.moments(image.resample(pixels, transforms, SIZE))
