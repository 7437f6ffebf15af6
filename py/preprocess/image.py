"""Pictures: ink as grey pixels, checked, and taken along an affine map to another picture.

Public: ``check``, ``corners``, ``halve`` and ``resample``.
"""

import numpy as np

from preprocess import affine

# What is no brighter than this is ground, not ink.
FAINT = 0.02

HALVING = affine.after(affine.scaling(0.5), affine.moving(-0.5, -0.5))


def check(picture):
    """Take a picture as float32 (height, width), each pixel within 0 (ground) to 1 (ink).

    Raises ValueError for another number of dimensions, no pixels, or anything but numbers in 0..1.
    """
    try:
        pixels = np.asarray(picture)
    except (TypeError, ValueError) as error:
        raise ValueError(f"picture is no grid of numbers: {error}") from error
    if pixels.ndim != 2 or pixels.size == 0 or pixels.dtype.kind not in "biuf":
        raise ValueError(
            f"picture has shape {pixels.shape} of {pixels.dtype}, expected rows and columns of numbers"
        )
    wrong = np.argwhere(~((pixels >= 0) & (pixels <= 1)))
    if len(wrong):
        row, column = wrong[0]
        raise ValueError(
            f"picture's pixel in row {row}, column {column} is {pixels[row, column]}, expected 0 to 1"
        )
    return pixels.astype(np.float32)


def corners(pixels):
    """Give the corners of every inked pixel: float64 (4 n, 2), x and y, pixel centres whole."""
    y, x = np.nonzero(pixels > FAINT)
    centres = np.column_stack([x, y]).astype(np.float64)
    around = [(-0.5, -0.5), (-0.5, 0.5), (0.5, -0.5), (0.5, 0.5)]
    return np.concatenate([centres + corner for corner in around])


def halve(pixels):
    """Make a picture half as high and wide, each pixel the mean of four.

    ``HALVING`` is the map from the old picture's coordinates to the new one's.
    """
    height, width = pixels.shape
    even = np.pad(pixels, ((0, height % 2), (0, width % 2)))
    return even.reshape(even.shape[0] // 2, 2, even.shape[1] // 2, 2).mean(axis=(1, 3))


def resample(pictures, affines, size):
    """Take n pictures of one shape along a map each, to pictures of size × size.

    pictures: (n, height, width), float32; affines: (n, 2, 3), from coordinates of the old pictures to
    those of the new. Returns float32 (n, size, size). Values between pixel centres are bilinear, and
    outside of the old picture they are 0.
    """
    count, height, width = pictures.shape
    back = affine.inverse(np.asarray(affines, np.float64)).astype(np.float32)[..., None, None]
    row, column = np.mgrid[:size, :size].astype(np.float32)
    x = back[:, 0, 0] * column + back[:, 0, 1] * row + back[:, 0, 2]
    y = back[:, 1, 0] * column + back[:, 1, 1] * row + back[:, 1, 2]

    # A border of zeros makes every neighbour exist: two pixels, as far as anything is clipped to.
    ground = np.zeros((count, height + 4, width + 4), np.float32)
    ground[:, 2:-2, 2:-2] = pictures
    np.clip(x, -2, width, out=x)
    np.clip(y, -2, height, out=y)
    left, top = np.floor(x), np.floor(y)
    x -= left
    y -= top
    begins = np.arange(count).reshape(-1, 1, 1) * ((height + 4) * (width + 4))
    at = begins + ((top + 2) * (width + 4) + (left + 2)).astype(np.intp)
    ground = ground.ravel()
    upper = ground[at] * (1 - x) + ground[at + 1] * x
    below = at + (width + 4)
    lower = ground[below] * (1 - x) + ground[below + 1] * x
    return upper * (1 - y) + lower * y
